"""Who was there on which day: working days, holidays, absences, employment, go-live, capacity, learning."""

from dataclasses import dataclass

import numpy as np

from tests.evaluators.usage.staff import FIRST_DAY, FUTURE_DAYS, LOG_DAYS, Mix, Random, Real, Staff, Whole, Yes

ALL_DAYS = LOG_DAYS + FUTURE_DAYS
HOLIDAYS = ("2025-01-01", "2025-01-06", "2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29", "2025-06-09")
LEARNING_LOSS, LEARNING_DAYS = 0.6, 16.0
ABSENCE_KINDS = ("vacation", "sick", "parental", "training")


@dataclass(frozen=True)
class Absences:
    """Stretches of absence, first and last day inclusive."""

    person: Whole
    first: Whole
    last: Whole
    kind: Whole


@dataclass(frozen=True)
class Presence:
    """Person × day, the log's days and the unseen days after them."""

    absences: Absences
    present: Yes
    exposure: Real
    long_absent: Yes  # per person: away for at least four weeks in the last 56 days


def dates_of(days: Whole) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    """Day numbers as dates."""
    return FIRST_DAY + days.astype("timedelta64[D]")


def weekday_of(days: Whole) -> Whole:
    """0 for Monday."""
    return (dates_of(days).astype(np.int64) + 3) % 7


def is_month_end(days: Whole) -> Yes:
    """Whether a day is one of the last four calendar days of its month."""
    dates = dates_of(days)
    next_month = (dates.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return (next_month - dates).astype(np.int64) <= 4


def build_presence(staff: Staff, mix: Mix, random: Random) -> Presence:
    """Presence and exposure of every person on every day."""
    days = np.arange(ALL_DAYS)
    absences = _absences(staff, mix, random)
    away = np.zeros((staff.size, ALL_DAYS), dtype=bool)
    for person, first, last in zip(absences.person, absences.first, absences.last, strict=True):
        away[person, max(0, first) : last + 1] = True
    holiday = np.isin(dates_of(days), np.array(HOLIDAYS, dtype="datetime64[D]"))
    start = np.maximum(staff.go_live, staff.hired)
    employed = (days >= start[:, None]) & (days < staff.left[:, None])
    present = staff.works_on[:, weekday_of(days)] & ~holiday & ~away & employed
    tenure = np.maximum(0, days - start[:, None])
    learning = 1 - LEARNING_LOSS * np.exp(-tenure / LEARNING_DAYS)
    capacity = staff.fte * 5 / staff.works_on.sum(axis=1)
    lately = away[:, LOG_DAYS - 56 : LOG_DAYS].sum(axis=1)
    return Presence(absences, present, present * capacity[:, None] * learning, lately >= 28)


def _absences(staff: Staff, mix: Mix, random: Random) -> Absences:
    """Holidays of ten days for all, short illness, and long absence for some that reaches into the last weeks."""
    everyone = np.arange(staff.size)
    vacation = random.integers(0, ALL_DAYS - 14, staff.size)
    ill = random.permutation(everyone)[: staff.size // 2]
    fell_ill = random.integers(0, ALL_DAYS - 3, len(ill))
    long_away = np.flatnonzero(random.random(staff.size) < mix.absent)
    left_at = random.integers(LOG_DAYS - 80, LOG_DAYS - 34, len(long_away))
    stretches = [
        (everyone, vacation, vacation + random.integers(4, 14, staff.size), np.zeros(staff.size)),
        (ill, fell_ill, fell_ill + random.integers(0, 5, len(ill)), np.ones(len(ill))),
        (long_away, left_at, left_at + random.integers(34, 50, len(long_away)), np.full(len(long_away), 2)),
    ]
    person, first, last, kind = (np.concatenate(parts).astype(np.int64) for parts in zip(*stretches, strict=True))
    return Absences(person, first, last, kind)
