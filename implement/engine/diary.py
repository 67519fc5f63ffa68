"""Routine hours from a diary: a minute a day for a week, told only of five people or more (M36)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from implement.engine.promises import STUDENT
from implement.engine.suppression import LEAST_PEOPLE, withhold_small_groups

KINDS = ("search", "copying", "reports", "asking", "chasing", "other")
"""Looking for what is known, typing it in again, reports, asking colleagues, reminding others, any other routine."""

WHOLE = ""
MINUTES_AN_HOUR = 60
Z = 1.959964


@dataclass(frozen=True)
class DiarySettings:
    """How many days make a week's sample of one person, and how many days a week has."""

    least_days: int = 2
    days_a_week: int = 5


DEFAULT_DIARY = DiarySettings()


@dataclass(frozen=True)
class SeatWeek:
    """What one person wrote: minutes by kind of each day that they worked."""

    group: str
    days: tuple[Mapping[str, int], ...]


@dataclass(frozen=True)
class GroupHours:
    """Routine hours a week of a group, with the range in which the mean of such people likely lies."""

    group: str
    people: int
    days: int
    hours: float
    low: float
    high: float
    kinds: tuple[tuple[str, float], ...]


def sum_diary(weeks: Sequence[SeatWeek], settings: DiarySettings = DEFAULT_DIARY) -> tuple[GroupHours, ...]:
    """Hours a week of everybody and of each group that may be told; nothing of fewer than five people.

    A week is the mean of a person's days times the days a week has, so that a forgotten day is no day without routine.
    """
    told = [one for one in weeks if len(one.days) >= settings.least_days]
    if len(told) < LEAST_PEOPLE:
        return ()
    sizes = {group: sum(one.group == group for one in told) for group in sorted({one.group for one in told})}
    hidden = withhold_small_groups(sizes)
    shown = [group for group in sizes if group not in hidden and len(sizes) > 1]
    groups = [_sum_group(group, [one for one in told if one.group == group], settings) for group in shown]
    return (_sum_group(WHOLE, told, settings), *groups)


def _sum_group(group: str, weeks: Sequence[SeatWeek], settings: DiarySettings) -> GroupHours:
    by_kind = {kind: fmean(_hours(one, kind, settings) for one in weeks) for kind in KINDS}
    hours = [sum(_hours(one, kind, settings) for kind in KINDS) for one in weeks]
    middle = fmean(hours)
    factor = STUDENT[len(hours) - 2] if len(hours) - 2 < len(STUDENT) else Z
    half = factor * stdev(hours) / sqrt(len(hours))
    days = sum(len(one.days) for one in weeks)
    return GroupHours(
        group, len(weeks), days, middle, max(0.0, middle - half), middle + half, tuple(sorted(by_kind.items()))
    )


def _hours(week: SeatWeek, kind: str, settings: DiarySettings) -> float:
    return fmean(day.get(kind, 0) for day in week.days) * settings.days_a_week / MINUTES_AN_HOUR
