"""The clocks of a chain: a step's clock starts when the step before it is done and runs in open minutes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from implement.engine.business_time import BusinessHours, add_minutes


@dataclass(frozen=True)
class ChainStep:
    """One step of a chain: what is done, in which role, within how many open minutes."""

    title: str
    role: str
    minutes: int


@dataclass(frozen=True)
class OrderRun:
    """One order on its way through the chain: when it came, when which step (counted from 0) was done, and by whom."""

    number: str
    begun_at: datetime
    done: Mapping[int, datetime]
    users: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StepClock:
    """The clock of one step of one order; `done_at` is None while nobody has done it."""

    number: str
    place: int
    begins_at: datetime
    due_at: datetime
    done_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """True when it was done after its time, or is not done and its time is over: then the head is told at once."""
        return self.due_at < (now if self.done_at is None else self.done_at)

    def hangs(self, now: datetime) -> bool:
        """True when its time is over and nobody has done it."""
        return self.done_at is None and self.due_at < now

    def is_judged(self, now: datetime) -> bool:
        """True when it is known whether it was in time; a clock that still runs says nothing."""
        return self.done_at is not None or self.due_at < now


def run_clocks(steps: Sequence[ChainStep], runs: Sequence[OrderRun], hours: BusinessHours) -> list[StepClock]:
    """The clocks of every order, in order; behind a step that is not done none has started.

    A step that was done before its turn counts as done when its turn came.
    """
    return [clock for run in runs for clock in _run_order(steps, run, hours)]


def start_clock(steps: Sequence[ChainStep], number: str, place: int, at: datetime, hours: BusinessHours) -> StepClock:
    """The clock of a step whose turn has come."""
    return StepClock(number, place, at, add_minutes(at, steps[place].minutes, hours), None)


def _run_order(steps: Sequence[ChainStep], run: OrderRun, hours: BusinessHours) -> list[StepClock]:
    clocks, at = [], run.begun_at
    for place, _step in enumerate(steps):
        clock = start_clock(steps, run.number, place, at, hours)
        said = run.done.get(place)
        done_at = None if said is None else max(said, at)
        clocks.append(StepClock(clock.number, place, clock.begins_at, clock.due_at, done_at))
        if done_at is None:
            break
        at = done_at
    return clocks
