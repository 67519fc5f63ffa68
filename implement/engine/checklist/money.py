"""Money per year behind a finding: a product of answers and named assumptions, shown factor by factor."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from implement.engine.checklist.answers import AnswerValue
from implement.engine.checklist.text import Text


class FactorKind(StrEnum):
    """How an answer or assumption enters the product."""

    ANSWER = "answer"
    SHARE = "share"
    REMAINING_SHARE = "remaining_share"
    ASSUMPTION = "assumption"


@dataclass(frozen=True)
class Factor:
    """One factor: an answer, a percentage or what it leaves of 100 %, an assumption.

    `name` is the id of an item, or the name of an assumption. Of an answer only what exceeds `above` counts.
    """

    kind: FactorKind
    name: str
    above: Fraction = Fraction(0)


@dataclass(frozen=True)
class MoneyRule:
    """How much a finding costs a year: the product of its factors; `note` says what the figure is and is not."""

    factors: tuple[Factor, ...]
    note: Text


@dataclass(frozen=True)
class Assumption:
    """A figure that nobody was asked for, named so that it can be doubted."""

    name: str
    value: Fraction
    text: Text


@dataclass(frozen=True)
class MoneyStep:
    """One factor of a calculation as the page shows it: what it is, and the number it enters with."""

    factor: Factor
    label: Text
    value: Fraction

    @property
    def item_id(self) -> str | None:
        """The question whose answer this factor is; None for an assumption."""
        return None if self.factor.kind is FactorKind.ASSUMPTION else self.factor.name


@dataclass(frozen=True)
class MoneyEstimate:
    """Money per year in whole units of the rollout's currency; None, with the `missing` items, where answers lack."""

    amount_per_year: Fraction | None
    steps: tuple[MoneyStep, ...]
    missing: tuple[str, ...]
    note: Text


def estimate_money(
    rule: MoneyRule, settled: Mapping[str, AnswerValue], labels: Mapping[str, Text], assumptions: tuple[Assumption, ...]
) -> MoneyEstimate:
    """Multiply the factors of a rule; one missing answer leaves the amount open instead of guessing it."""
    named = {assumption.name: assumption for assumption in assumptions}
    steps, missing = [], []
    for factor in rule.factors:
        if factor.kind is FactorKind.ASSUMPTION:
            steps.append(MoneyStep(factor, named[factor.name].text, named[factor.name].value))
            continue
        answer = settled.get(factor.name)
        if isinstance(answer, int | Decimal):
            steps.append(MoneyStep(factor, labels[factor.name], _factor_value(factor, Fraction(answer))))
        else:
            missing.append(factor.name)
    return MoneyEstimate(None if missing else _product(steps), tuple(steps), tuple(missing), rule.note)


def _factor_value(factor: Factor, answer: Fraction) -> Fraction:
    if factor.kind is FactorKind.SHARE:
        return answer / 100
    if factor.kind is FactorKind.REMAINING_SHARE:
        return 1 - answer / 100
    return max(Fraction(0), answer - factor.above)


def _product(steps: list[MoneyStep]) -> Fraction:
    amount = Fraction(1)
    for step in steps:
        amount *= step.value
    return amount
