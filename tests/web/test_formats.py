"""Numbers, days and money are written as the reader's language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from implement.web.texts import bytes_size, day, instant, minutes, money, month, number, share, shown
from tests.web.conftest import SpeaksLanguage

THIN = str.maketrans("\u00a0\u202f", "  ")


@pytest.mark.parametrize(
    ("language", "whole", "fraction", "part"),
    [
        ("en", "8,800", "-1,234.57", "12%"),
        ("de", "8.800", "-1.234,57", "12 %"),
        ("pl", "8 800", "-1 234,57", "12%"),
        ("ru", "8 800", "-1 234,57", "12 %"),
    ],
)
def test_numbers_in_four_languages(
    speaking: SpeaksLanguage, language: str, whole: str, fraction: str, part: str
) -> None:
    with speaking(language):
        written = [number(8800), number(-1234.567, 2), share(0.123)]
    assert [text.translate(THIN) for text in written] == [whole, fraction, part]


@pytest.mark.parametrize(
    ("language", "alone", "first"),
    [
        ("en", "May 2024", "May 2024"),
        ("de", "Mai 2024", "Mai 2024"),
        ("pl", "maj 2024", "Maj 2024"),
        ("ru", "май 2024", "Май 2024"),
    ],
)
def test_months_in_four_languages(speaking: SpeaksLanguage, language: str, alone: str, first: str) -> None:
    with speaking(language):
        assert [month(date(2024, 5, 1)), month(date(2024, 5, 1), begins=True)] == [alone, first]


@pytest.mark.parametrize(
    ("language", "amount", "when"),
    [
        ("en", "€790.00", "12 Mar 2024, 23:30"),
        ("de", "790,00 €", "12.03.2024, 23:30"),
        ("pl", "790,00 €", "12 mar 2024, 23:30"),
        ("ru", "790,00 €", "12 мар. 2024, 23:30"),
    ],
)
def test_money_and_instants_in_four_languages(speaking: SpeaksLanguage, language: str, amount: str, when: str) -> None:
    with speaking(language):
        written = [money(79000, "EUR"), instant(datetime(2024, 3, 12, 22, 30, tzinfo=UTC))]
    assert [text.translate(THIN) for text in written] == [amount, when]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0%"),
        (0.0004, "< 1%"),
        (0.005, "1%"),
        (0.994, "99%"),
        (0.9999, "> 99%"),
        (1, "100%"),
        (Fraction(2, 3), "67%"),
    ],
)
def test_a_share_says_all_and_nothing_only_when_true(english: None, value: float, written: str) -> None:
    assert share(value) == written


def test_rounding_is_half_up_as_people_do_it(english: None) -> None:
    assert [number(Decimal("0.5"), 0), number(2.5, 0), number(-2.5, 0)] == ["1", "3", "-3"]


def test_a_currency_without_small_parts_has_none(english: None) -> None:
    assert money(500, "JPY").endswith("500")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0 Min."), (0.5, "30 Sek."), (90, "1 Std. 30 Min."), (120, "2 Std."), (5000, "3 Tg. 11 Std.")],
)
def test_durations_in_the_two_largest_units(speaking: SpeaksLanguage, value: float, written: str) -> None:
    with speaking("de"):
        assert minutes(value).translate(THIN) == written


def test_an_instant_near_midnight_falls_on_the_firms_day(english: None) -> None:
    assert day(datetime(2024, 3, 12, 23, 30, tzinfo=UTC)) == "13 Mar 2024"


def test_what_is_not_there_is_a_dash_of_every_kind(english: None) -> None:
    kinds = ("text", "number", "share", "money", "day", "instant", "minutes", "bytes")
    assert {shown(None, kind) for kind in kinds} == {"–"}


def test_a_cell_is_written_by_its_kind(english: None) -> None:
    written = [shown(1234, "number"), shown(79000, "money", "PLN"), shown(date(2024, 3, 1), "day"), shown("x")]
    assert [text.translate(THIN) for text in written] == ["1,234", "PLN790.00", "1 Mar 2024", "x"]


def test_file_sizes_are_short(english: None) -> None:
    assert [bytes_size(512).translate(THIN), bytes_size(259_000).translate(THIN)] == ["512 byte", "259 kB"]
