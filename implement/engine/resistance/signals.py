"""The signals of resistance: what each counts, which side of the peers is worse and by how much."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.habits import HABIT_COUNTERS, Habits
from implement.engine.resistance.settings import ResistanceSettings
from implement.engine.usage.days import UserDays
from implement.engine.usage.evidence import sum_window
from implement.engine.usage.exposure import Exposure, count_by_day

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Signal:
    """One habit: a share (k of n) or a pace (k per day of n), worse low or high; counts that cluster are divided."""

    name: str
    is_pace: bool
    is_worse_low: bool
    margin: float = 0.0
    divisor: float = 1.0
    is_long: bool = False


SIGNALS = (
    Signal("use", True, True, divisor=3.0),
    Signal("read", True, True, divisor=3.0),
    Signal("rhythm", False, True, 0.25),
    Signal("late", False, False, 0.20),
    Signal("month_end", False, False, 0.25),
    Signal("meeting_eve", False, False, 0.20),
    Signal("complete", False, True, 0.15, 3.0),
    Signal("copy", False, False, 0.20),
    Signal("jump", False, False, 0.25, is_long=True),
    Signal("off_system", False, True, 0.30, is_long=True),
    Signal("tasks", False, True, 0.30),
    Signal("reassign", False, False, 0.20),
    Signal("struggle", True, False, divisor=3.0),
    Signal("narrow", False, True, 0.15),
    Signal("steer", True, True, divisor=3.0),
    Signal("idle", True, False, divisor=3.0),
)
"""Shares and paces; the trend (`drop`) and `lost_data` are found apart. `idle` tells a type only, never resistance."""

FROM_HABITS = frozenset(("meeting_eve", "copy", "jump", "off_system", "idle"))
NEEDS_SOME = frozenset(("off_system", "tasks", "complete", "narrow"))
"""Shares that are worse low: where nobody has any, the log does not tell of them."""


@dataclass(frozen=True)
class Counted:
    """One signal for everybody: k of n, and which share their days alone would explain where that differs."""

    signal: Signal
    k: Values
    n: Values
    first_day: date
    share_of_days: Values | None = None


@dataclass(frozen=True)
class Weeks:
    """The last weeks of everybody: counters of the roll-up, habits, and the days that count."""

    sums: Mapping[str, Values]
    habits: Mapping[str, Values]
    records_by_day: Values
    there: Marks
    expected: Values
    active: Marks
    is_month_end: Marks
    capacity: Values
    is_head: Marks

    def pairs(self) -> dict[str, tuple[Values, Values]]:
        """k and n of every signal."""
        sums, own, records, expected = self.sums, self.habits, self.sums["records"], self.expected.sum(axis=1)
        could = self.there.sum(axis=1) * np.minimum(1.0, self.capacity)
        assigned = sums["tasks_assigned"]
        return {
            "use": (records, expected), "read": (sums["views"], expected),
            "rhythm": ((self.active & self.there).sum(axis=1), could),
            "late": (sums["late"], sums["dated"]),
            "month_end": (self.records_by_day[:, self.is_month_end].sum(axis=1), records),
            "meeting_eve": (own["eve"], records),
            "complete": (sums["filled"], sums["total"]),
            "copy": (own["repeated"], own["notes"]), "jump": (own["jumped"], own["staged"]),
            "off_system": (own["known_orders"], own["orders"]),
            "tasks": (sums["tasks_done"], assigned), "reassign": (sums["tasks_handed_on"], assigned),
            "struggle": (sums["struggles"], self.there.sum(axis=1).astype(np.float64)),
            "narrow": (records - sums["deal_records"], records),
            "steer": (sums["reports_read"] + sums["tasks_given"], np.where(self.is_head, expected, 0.0)),
            "idle": (own["idle"], expected),
        }  # fmt: skip

    def month_end_share(self) -> Values:
        """The share of the month's end in what was expected: those who were there only then enter more then."""
        whole = self.expected.sum(axis=1)
        share = self.expected[:, self.is_month_end].sum(axis=1) / np.maximum(whole, 1e-9)
        return np.where(whole > 0, share, np.nan)


def count_signals(
    user_days: UserDays, exposure: Exposure, habits: Habits, settings: ResistanceSettings
) -> dict[str, Counted]:
    """Count every signal the log allows; what it does not show is left out.

    A share is of its whole at most, though a task done was assigned earlier, or days were handed in anew.
    """
    weeks = lay_out_weeks(user_days, exposure, habits, settings)
    shares, pairs = weeks.month_end_share(), weeks.pairs()
    found = {}
    for signal in SIGNALS:
        k, n = (np.asarray(each, np.float64) for each in pairs[signal.name])
        k = k if signal.is_pace else np.clip(k, 0.0, n)
        if _is_told(signal, k, n, user_days, habits, settings):
            days = settings.habits.long_window_days if signal.is_long else settings.habits.window_days
            first = exposure.day_of(exposure.window(days).start)
            found[signal.name] = Counted(signal, k, n, first, shares if signal.name == "month_end" else None)
    return found


def lay_out_weeks(user_days: UserDays, exposure: Exposure, habits: Habits, settings: ResistanceSettings) -> Weeks:
    """Gather the last weeks."""
    span = exposure.window(settings.habits.window_days)
    there, active = exposure.present[:, span], exposure.active[:, span]
    size = exposure.present.shape[1]
    own = habits.of_all([person.user for person in exposure.people], HABIT_COUNTERS)
    days = [exposure.day_of(column) for column in range(span.start, size)]
    return Weeks(
        sum_window(user_days, exposure, settings.habits.window_days), own,
        count_by_day(user_days, "records", exposure.people, exposure.first_day, size)[:, span],
        there, exposure.expected[:, span] * there, active,
        np.array([is_month_end(day, settings.habits.month_end_days) for day in days], bool),
        exposure.capacity, find_heads(exposure),
    )  # fmt: skip


def is_month_end(day: date, days: int) -> bool:
    """True on the last days of a month."""
    return day.day > calendar.monthrange(day.year, day.month)[1] - days


def find_heads(exposure: Exposure) -> Marks:
    """Who leads others, as the list of users says."""
    heads = {person.head for person in exposure.people if person.head is not None}
    return np.array([person.user in heads for person in exposure.people], bool)


def _is_told(
    signal: Signal, k: Values, n: Values, user_days: UserDays, habits: Habits, settings: ResistanceSettings
) -> bool:
    """True when the log can tell of a signal at all; nobody's views in a log without views mean nothing."""
    if signal.name == "rhythm":
        return True
    if user_days.is_sessions_only or (signal.name in FROM_HABITS and signal.name not in habits.told):
        return False
    if signal.name == "steer" and (n > 0).sum() < settings.least_heads:
        return False
    is_counted = k.sum() > 0 or not (signal.is_pace or signal.name in NEEDS_SOME)
    return bool(n.sum() > 0 and is_counted)
