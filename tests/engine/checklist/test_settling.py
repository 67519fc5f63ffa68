"""Several people, one question."""

from decimal import Decimal

import pytest

from implement.engine.checklist import AnswerKind, AnswerValue, Comparison, Item, Reply
from implement.engine.checklist.settling import contradict, settle
from tests.engine.checklist.builders import item

SCALE = item("order", AnswerKind.SCALE)
NUMBER = item("hours", AnswerKind.NUMBER)
OWNER = item("owner", AnswerKind.CHOICE, options={"head": "1", "it": "0.25", "nobody": "0"})
PLACES = item("places", AnswerKind.CHOICE, options={"crm": "1", "phone": "0"}, multiple=True)
WORDS = item("market", AnswerKind.TEXT)


@pytest.mark.parametrize(
    ("asked", "values", "settled"),
    [
        (SCALE, [1, 3], 1),
        (SCALE, [1, 3, 4], 3),
        (NUMBER, [Decimal(1), Decimal(4)], Decimal("2.5")),
        (NUMBER, [Reply.NOT_KNOWN, Decimal(4)], Decimal(4)),
        (OWNER, ["head", "head", "nobody"], "head"),
        (OWNER, ["head", "nobody"], "nobody"),
        (PLACES, [("phone",), ("crm",)], ("crm", "phone")),
        (WORDS, ["doors", "windows"], "doors"),
        (SCALE, [Reply.NOT_APPLICABLE, Reply.NOT_KNOWN], Reply.NOT_KNOWN),
        (SCALE, [], None),
    ],
)
def test_one_answer_counts(asked: Item, values: list[AnswerValue], settled: AnswerValue | None) -> None:
    assert settle(asked, values) == settled


@pytest.mark.parametrize(
    ("asked", "values", "claim"),
    [
        (SCALE, [1, 2], False),
        (SCALE, [1, 3], True),
        (SCALE, [1], False),
        (NUMBER, [Decimal(3), Decimal(4)], False),
        (NUMBER, [Decimal("2.9"), Decimal(4)], True),
        (NUMBER, [Decimal(0), Decimal(0)], False),
        (NUMBER, [Decimal(0), Decimal(1)], True),
        (OWNER, ["head", "it"], True),
        (OWNER, ["head", Reply.NOT_KNOWN], False),
        (PLACES, [("phone",), ("crm",)], False),
        (WORDS, ["doors", "windows"], False),
    ],
)
def test_people_contradict_each_other_from_a_named_distance_on(
    asked: Item, values: list[AnswerValue], claim: bool
) -> None:
    assert contradict(asked, values) is claim


def test_the_distance_is_a_setting() -> None:
    assert contradict(SCALE, [1, 2], Comparison(levels_apart=1))
