"""Wordings in four languages and numbers as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.checklist import LANGUAGES, Text, UnknownLanguage, show_number

GREETING = Text("{n} calls", "{n} Anrufe", "{n} telefonów", "звонков: {n}")


def test_each_language_has_its_own_wording() -> None:
    assert [GREETING.filled(language, {"n": "3"}) for language in LANGUAGES] == [
        "3 calls", "3 Anrufe", "3 telefonów", "звонков: 3",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "EN", "", "de-DE"])
def test_no_language_falls_back_to_another(language: str) -> None:
    with pytest.raises(UnknownLanguage):
        GREETING.in_language(language)
    with pytest.raises(UnknownLanguage):
        show_number(1, language)


def test_an_unfilled_blank_is_an_error() -> None:
    with pytest.raises(KeyError):
        GREETING.filled("en", {})


def test_a_value_that_looks_like_a_blank_is_not_filled_again() -> None:
    assert GREETING.filled("en", {"n": "{secret}"}) == "{secret} calls"


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        (Fraction(1, 3), "en", "0.33"),
        (Fraction(5, 2), "de", "2,5"),
        (Fraction(1234), "en", "1234"),
        (Fraction(12345), "en", "12,345"),
        (Fraction(12345), "de", "12.345"),
        (Fraction(1234567, 2), "pl", "617\u00a0283,5"),
        (Fraction(1, 200), "ru", "0,01"),
        (Fraction(-7, 2), "en", "−3.5"),
        (Fraction(-1, 1000), "en", "0"),
        (Fraction(0), "en", "0"),
    ],
)
def test_numbers_are_written_as_people_of_the_language_do(number: Fraction, language: str, shown: str) -> None:
    assert show_number(number, language) == shown


@given(st.integers(-(10**18), 10**18), st.sampled_from(LANGUAGES))
def test_whole_numbers_keep_all_their_digits(number: int, language: str) -> None:
    shown = show_number(number, language)
    assert int("".join(sign for sign in shown.replace("−", "-") if sign in "-0123456789")) == number
