"""Answers as they are typed, kept and shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.checklist import (
    AnswerKind,
    AnswerValue,
    Item,
    Reply,
    UnusableAnswer,
    read_answer,
    show_answer,
    write_answer,
)
from tests.engine.checklist.builders import item

SCALE = item("order", AnswerKind.SCALE)
NUMBER = item("hours", AnswerKind.NUMBER, limits=(0, 24))
CHOICE = item("owner", AnswerKind.CHOICE, options={"head": "1", "nobody": "0"})
SEVERAL = item("places", AnswerKind.CHOICE, options={"crm": "1", "phone": "0", "head": "0"}, multiple=True)
WORDS = item("market", AnswerKind.TEXT)


@pytest.mark.parametrize(
    ("asked", "typed", "value"),
    [
        (SCALE, "3", 3),
        (NUMBER, "1,5", Decimal("1.5")),
        (NUMBER, " 2.25 ", Decimal("2.25")),
        (CHOICE, "nobody", "nobody"),
        (CHOICE, ["head"], "head"),
        (SEVERAL, ["phone", "crm"], ("crm", "phone")),
        (SEVERAL, "phone|crm", ("crm", "phone")),
        (WORDS, " Doors and windows ", "Doors and windows"),
        (NUMBER, "not_known", Reply.NOT_KNOWN),
        (SCALE, ["not_applicable"], Reply.NOT_APPLICABLE),
    ],
)
def test_what_was_typed_becomes_an_answer(asked: Item, typed: str | list[str], value: AnswerValue) -> None:
    assert read_answer(asked, typed) == value


@pytest.mark.parametrize(
    ("asked", "typed", "code"),
    [
        (SCALE, "5", "not_a_level"),
        (SCALE, "2.5", "not_a_level"),
        (NUMBER, "25", "above_maximum"),
        (NUMBER, "-1", "below_minimum"),
        (NUMBER, "about three", "not_a_number"),
        (NUMBER, "1e3", "not_a_number"),
        (NUMBER, "NaN", "not_a_number"),
        (CHOICE, "vendor", "unknown_option"),
        (CHOICE, ["head", "nobody"], "one_option_only"),
        (SEVERAL, ["crm", "vendor"], "unknown_option"),
        (WORDS, "   ", "empty"),
        (SEVERAL, [], "empty"),
    ],
)
def test_what_does_not_answer_the_question_is_refused_with_its_reason(
    asked: Item, typed: str | list[str], code: str
) -> None:
    with pytest.raises(UnusableAnswer) as refusal:
        read_answer(asked, typed)
    assert refusal.value.code == code


def test_a_number_may_be_typed_with_grouping_spaces() -> None:
    assert read_answer(item("orders", AnswerKind.NUMBER), "12\u00a0500,50") == Decimal("12500.50")


@given(st.decimals(0, 24, places=3))
def test_a_kept_number_reads_back_as_it_was(number: Decimal) -> None:
    assert read_answer(NUMBER, write_answer(number)) == number


@given(st.sets(st.sampled_from(["crm", "phone", "head"]), min_size=1))
def test_kept_options_read_back_as_they_were(chosen: set[str]) -> None:
    value = read_answer(SEVERAL, sorted(chosen))
    assert read_answer(SEVERAL, write_answer(value)) == value


@pytest.mark.parametrize(
    ("asked", "value", "shown"),
    [
        (SCALE, 2, "level 2 (de)"),
        (NUMBER, Decimal("1.50"), "1,5"),
        (CHOICE, "head", "head (de)"),
        (SEVERAL, ("crm", "phone"), "crm (de); phone (de)"),
        (WORDS, "Fenster", "Fenster"),
        (NUMBER, Reply.NOT_KNOWN, ""),
    ],
)
def test_an_answer_is_shown_in_words(asked: Item, value: AnswerValue, shown: str) -> None:
    assert show_answer(asked, value, "de") == shown
