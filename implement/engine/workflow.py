"""What a workflow costs: time of each person, waiting, hand-overs, and what of it is unclear (M6, M95)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MINUTES_OF_AN_HOUR = 60
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class WorkStep:
    """One step: what is done, by whom, minutes of work and of waiting before it; None where nobody knows.

    `is_unclear`: people do it differently, or nobody can say how it is done.
    """

    title: str
    who: str
    work_minutes: int | None
    waiting_minutes: int | None = None
    is_unclear: bool = False


@dataclass(frozen=True)
class PersonSum:
    """What one person or role does in a workflow: steps and minutes each time; `untimed` steps are not in them."""

    who: str
    steps: int
    work_minutes: int
    untimed: int


@dataclass(frozen=True)
class WorkflowSums:
    """A workflow in figures, each time it runs; `hand_overs` are steps whose person is another than the step before."""

    steps: int
    work_minutes: int
    waiting_minutes: int
    hand_overs: int
    untimed: int
    unclear: int
    unclear_minutes: int
    people: tuple[PersonSum, ...]

    @property
    def lead_minutes(self) -> int:
        """From the first step to the last: work and waiting."""
        return self.work_minutes + self.waiting_minutes


def sum_workflow(steps: Sequence[WorkStep]) -> WorkflowSums:
    """Add up the steps; people stand in the order in which they first appear."""
    pairs = pairwise(steps)
    return WorkflowSums(
        steps=len(steps),
        work_minutes=sum(step.work_minutes or 0 for step in steps),
        waiting_minutes=sum(step.waiting_minutes or 0 for step in steps),
        hand_overs=sum(first.who != second.who for first, second in pairs),
        untimed=sum(step.work_minutes is None for step in steps),
        unclear=sum(step.is_unclear for step in steps),
        unclear_minutes=sum(step.work_minutes or 0 for step in steps if step.is_unclear),
        people=tuple(_sum_person(who, steps) for who in dict.fromkeys(step.who for step in steps)),
    )


def hours_a_month(minutes: int, runs_per_month: int) -> Fraction:
    """Minutes each time as hours in a month."""
    return Fraction(minutes * runs_per_month, MINUTES_OF_AN_HOUR)


def _sum_person(who: str, steps: Sequence[WorkStep]) -> PersonSum:
    own = [step for step in steps if step.who == who]
    untimed = sum(step.work_minutes is None for step in own)
    return PersonSum(who, len(own), sum(step.work_minutes or 0 for step in own), untimed)
