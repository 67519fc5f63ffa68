"""How many steps were done in time, by step and by role, with Wilson's 95 % interval."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from implement.engine.business_time import BusinessHours, count_open
from implement.engine.promises import interval_of_share
from implement.engine.rehearsal.clocks import ChainStep, StepClock


@dataclass(frozen=True)
class OnTime:
    """Of `n` judged steps so many were in time; `share` lies likely between `low` and `high`, None where n is 0.

    `middle_minutes` is the median of open minutes a step took that was done; `hanging` steps nobody has done yet.
    """

    name: str
    in_time: int
    n: int
    hanging: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    middle_minutes: float | None = None


def share_by_step(
    steps: Sequence[ChainStep], clocks: Sequence[StepClock], hours: BusinessHours, now: datetime
) -> list[OnTime]:
    """One row for each step of the chain, in its order."""
    keys: list[tuple[Hashable, str]] = [(place, step.title) for place, step in enumerate(steps)]
    return _share(keys, clocks, lambda clock: clock.place, hours, now)


def share_by_role(
    steps: Sequence[ChainStep], clocks: Sequence[StepClock], hours: BusinessHours, now: datetime
) -> list[OnTime]:
    """One row for each role, in the order in which the chain meets them."""
    keys: list[tuple[Hashable, str]] = [(role, role) for role in dict.fromkeys(step.role for step in steps)]
    return _share(keys, clocks, lambda clock: steps[clock.place].role, hours, now)


def share_of_all(clocks: Sequence[StepClock], hours: BusinessHours, now: datetime) -> OnTime:
    """All steps together."""
    return _share([("", "")], clocks, lambda clock: "", hours, now)[0]


def _share(
    keys: Sequence[tuple[Hashable, str]],
    clocks: Sequence[StepClock],
    key_of: Callable[[StepClock], Hashable],
    hours: BusinessHours,
    now: datetime,
) -> list[OnTime]:
    judged: dict[Hashable, list[StepClock]] = {key: [] for key, _name in keys}
    for clock in clocks:
        if clock.is_judged(now):
            judged[key_of(clock)].append(clock)
    return [_sum_up(name, judged[key], hours, now) for key, name in keys]


def _sum_up(name: str, clocks: Sequence[StepClock], hours: BusinessHours, now: datetime) -> OnTime:
    hanging = sum(clock.hangs(now) for clock in clocks)
    if not clocks:
        return OnTime(name, 0, 0, 0)
    in_time, n = sum(not clock.is_late(now) for clock in clocks), len(clocks)
    took = [count_open(clock.begins_at, clock.done_at, hours).total_seconds() / 60 for clock in clocks if clock.done_at]
    low, high = interval_of_share(in_time, n)
    return OnTime(name, in_time, n, hanging, in_time / n, low, high, median(took) if took else None)
