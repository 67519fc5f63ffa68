"""When a rule holds, and by which answers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from implement.engine.checklist import AnswerValue, Reply
from implement.engine.checklist.conditions import (
    AllOf,
    AnyOf,
    Chosen,
    Condition,
    NotChosen,
    NotKnown,
    Within,
    items_behind,
    items_surely_known,
)

SLOW = Within("a", above=Fraction(2))
WEAK = Within("b", at_most=Fraction(1))
NONE_GOOD = NotChosen("c", ("growth", "loss"))


@pytest.mark.parametrize(
    ("condition", "settled", "behind"),
    [
        (SLOW, {"a": Decimal("2.5")}, ("a",)),
        (SLOW, {"a": Decimal(2)}, ()),
        (Within("a", at_least=Fraction(2), below=Fraction(3)), {"a": 2}, ("a",)),
        (Within("a", at_least=Fraction(2), below=Fraction(3)), {"a": 3}, ()),
        (WEAK, {"b": 1}, ("b",)),
        (WEAK, {"b": Reply.NOT_KNOWN}, ()),
        (WEAK, {}, ()),
        (Chosen("c", ("fashion",)), {"c": "fashion"}, ("c",)),
        (Chosen("c", ("fashion",)), {"c": ("growth", "fashion")}, ("c",)),
        (NONE_GOOD, {"c": ("fashion",)}, ("c",)),
        (NONE_GOOD, {"c": ("fashion", "loss")}, ()),
        (NONE_GOOD, {"c": Reply.NOT_APPLICABLE}, ()),
        (NotKnown("a"), {"a": Reply.NOT_KNOWN}, ("a",)),
        (NotKnown("a"), {}, ()),
        (AllOf((SLOW, WEAK)), {"a": Decimal(3), "b": 0}, ("a", "b")),
        (AllOf((SLOW, WEAK)), {"a": Decimal(3), "b": 2}, ()),
        (AnyOf((SLOW, WEAK)), {"a": Decimal(3), "b": 2}, ("a",)),
        (AnyOf((AllOf((SLOW, WEAK)), NONE_GOOD)), {"a": Decimal(3), "c": ("fashion",)}, ("c",)),
    ],
)
def test_a_condition_names_the_answers_it_holds_by(
    condition: Condition, settled: dict[str, AnswerValue], behind: tuple[str, ...]
) -> None:
    assert items_behind(condition, settled) == behind


@pytest.mark.parametrize(
    ("condition", "known"),
    [
        (SLOW, {"a"}),
        (NotKnown("a"), set()),
        (AllOf((SLOW, WEAK)), {"a", "b"}),
        (AnyOf((SLOW, WEAK)), set()),
        (AnyOf((AllOf((SLOW, WEAK)), SLOW)), {"a"}),
    ],
)
def test_a_wording_may_quote_only_what_is_known_whenever_the_rule_holds(condition: Condition, known: set[str]) -> None:
    assert items_surely_known(condition) == known
