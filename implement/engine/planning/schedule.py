"""Steps that wait for each other, laid out in working days from the start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class UnsoundPlan(ValueError):
    """Steps wait for each other in a circle, or for a step that does not exist; `steps` names them."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(", ".join(steps))
        self.steps = tuple(steps)


@dataclass(frozen=True)
class Step:
    """One step: how many working days it takes (0: a milestone) and which steps must be over before."""

    id: str
    days: int
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class LaidOut:
    """A step in working days from the start: `first` is the offset of its first day, `end` of the day after it."""

    step: Step
    first: int
    end: int


def lay_out_steps(steps: Sequence[Step]) -> dict[str, LaidOut]:
    """The earliest place of each step; raises UnsoundPlan."""
    placed: dict[str, LaidOut] = {}
    for step in sort_steps(steps):
        first = max((placed[before].end for before in step.after), default=0)
        placed[step.id] = LaidOut(step, first, first + step.days)
    return placed


def sort_steps(steps: Sequence[Step]) -> list[Step]:
    """The steps so that each stands after those it waits for, else in the order given; raises UnsoundPlan."""
    waiting, known, ordered = list(steps), {step.id for step in steps}, list[Step]()
    strays = [step.id for step in steps if not set(step.after) <= known]
    if strays or len(known) < len(waiting):
        raise UnsoundPlan(strays or sorted(known))
    over: set[str] = set()
    while waiting:
        ready = [step for step in waiting if set(step.after) <= over]
        if not ready:
            raise UnsoundPlan([step.id for step in waiting])
        ordered += ready
        over |= {step.id for step in ready}
        waiting = [step for step in waiting if step.id not in over]
    return ordered


def find_critical(placed: Mapping[str, LaidOut]) -> frozenset[str]:
    """The steps that move the end when they take longer."""
    end = max((one.end for one in placed.values()), default=0)
    latest = dict.fromkeys(placed, end)
    for one in sorted(placed.values(), key=lambda one: (-one.end, -one.first)):
        for before in one.step.after:
            latest[before] = min(latest[before], latest[one.step.id] - one.step.days)
    return frozenset(name for name, one in placed.items() if latest[name] == one.end)
