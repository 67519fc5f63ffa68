"""How each person works with the system, and how resistance of each type bends that."""

from dataclasses import dataclass, replace

import numpy as np

from tests.evaluators.usage.staff import (
    BACK_OFFICE,
    DATA_ALLERGY,
    GAMING,
    HEAD,
    KEY_ACCOUNT,
    LOG_DAYS,
    MEETING_EVE,
    MONTH_END,
    OVERWHELMED,
    SCEPTIC,
    SPREADSHEETS,
    TASK_CONFLICT,
    Random,
    Real,
    Staff,
    Whole,
)

RECORDS_PER_DAY = np.array([2.6, 2.0, 3.4, 1.6, 0.5, 0.9, 1.2])  # by role
VIEWS_PER_DAY = np.array([3.2, 3.0, 4.2, 3.6, 1.2, 3.0, 2.0])
ACTIVE_SHARE = np.array([0.93, 0.92, 0.95, 0.88, 0.5, 0.9, 0.8])
DEALS_PER_DAY = np.array([0.14, 0.11, 0.16, 0.02, 0.0, 0.03, 0.08])
ORDERS_PER_DAY = np.array([0.14, 0.12, 0.12, 0.0, 0.0, 0.0, 0.05])
PERSONAL_SPREAD = 0.3
HABIT_SPREAD = 0.35


@dataclass(frozen=True)
class Habits:
    """Rates per exposure day and shares, one per person."""

    records: Real
    views: Real
    active: Real
    deals: Real
    late: Real
    complete: Real
    copy: Real
    jump: Real
    known_orders: Real
    done: Real
    handed_on: Real
    struggle: Real
    non_deal: Real
    steer: Real
    no_change: Real
    month_end: Real  # weight of the last four days of a month against other days
    meeting_eve: Real  # share of records in the three hours before the team's meeting
    falls_at: Whole  # day of the change point of those whose records were lost


def _personal(random: Random, level: Real | float, size: int) -> Real:
    return np.asarray(level * np.exp(random.normal(0, PERSONAL_SPREAD, size)))


def _share(random: Random, level: Real | float, size: int) -> Real:
    odds = np.asarray(level) / (1 - np.asarray(level)) * np.exp(random.normal(0, HABIT_SPREAD, size))
    return np.asarray(odds / (1 + odds))


def build_habits(staff: Staff, random: Random) -> Habits:
    """Habits of people who work with the system as their role does, then bent by resistance."""
    size, role = staff.size, staff.role
    pace = _personal(random, 1.0, size)
    willing = Habits(
        records=RECORDS_PER_DAY[role] * pace, views=_personal(random, VIEWS_PER_DAY[role], size) * pace**0.5,
        active=_share(random, ACTIVE_SHARE[role], size), deals=DEALS_PER_DAY[role] * pace,
        late=_share(random, 0.06, size),
        complete=_share(random, 0.86, size), copy=_share(random, 0.06, size),
        jump=_share(random, 0.05, size), known_orders=_share(random, 0.9, size), done=_share(random, 0.85, size),
        handed_on=_share(random, 0.05, size), struggle=_personal(random, 0.14, size),
        non_deal=_share(random, np.where(role == BACK_OFFICE, 0.9, 0.72), size),
        steer=np.where(role == HEAD, _personal(random, 1.4, size), 0.0), no_change=_personal(random, 0.1, size),
        month_end=np.where(role == KEY_ACCOUNT, 1.6, 1.0), meeting_eve=_share(random, 0.04, size),
        falls_at=np.full(size, LOG_DAYS + 999))  # fmt: skip
    return _bend(willing, staff, random)


def _bend(habits: Habits, staff: Staff, random: Random) -> Habits:
    """Apply each resister's type; strength 1 is the full effect."""

    def times(level: Real, factors: dict[int, float]) -> Real:
        bent = level.copy()
        for kind, factor in factors.items():
            who = staff.resists == kind
            bent[who] *= factor ** staff.strength[who]
        return bent

    def towards(level: Real, goals: dict[int, float]) -> Real:
        bent = level.copy()
        for kind, goal in goals.items():
            who = staff.resists == kind
            bent[who] = np.clip(bent[who] + (goal - bent[who]) * staff.strength[who], 0.01, 0.99)
        return bent

    fallen = np.where(staff.resists == DATA_ALLERGY, random.integers(LOG_DAYS - 50, LOG_DAYS - 24, staff.size), 0)
    return replace(
        habits,
        records=times(
            habits.records,
            {
                SPREADSHEETS: 0.36,
                SCEPTIC: 0.36,
                OVERWHELMED: 0.75,
                TASK_CONFLICT: 0.8,
                MONTH_END: 0.8,
                MEETING_EVE: 0.8,
                GAMING: 1.1,
            },
        ),
        views=times(habits.views, {SPREADSHEETS: 0.6, SCEPTIC: 0.33}),
        active=times(habits.active, {SPREADSHEETS: 0.72, SCEPTIC: 0.72, MONTH_END: 0.8}),
        late=towards(habits.late, {SPREADSHEETS: 0.5, MONTH_END: 0.45}),
        complete=towards(habits.complete, {OVERWHELMED: 0.52, GAMING: 0.6}),
        copy=towards(habits.copy, {MONTH_END: 0.35, MEETING_EVE: 0.35, GAMING: 0.6}),
        jump=towards(habits.jump, {MONTH_END: 0.5, MEETING_EVE: 0.45}),
        known_orders=towards(habits.known_orders, {SPREADSHEETS: 0.4}),
        done=towards(habits.done, {TASK_CONFLICT: 0.4}),
        handed_on=towards(habits.handed_on, {TASK_CONFLICT: 0.4}),
        struggle=times(habits.struggle, {OVERWHELMED: 4.5}),
        non_deal=towards(habits.non_deal, {SCEPTIC: 0.35}),
        steer=times(habits.steer, {SCEPTIC: 0.25}),
        no_change=times(habits.no_change, {GAMING: 15.0}),
        month_end=times(habits.month_end, {MONTH_END: 9.0}),
        meeting_eve=towards(habits.meeting_eve, {MEETING_EVE: 0.6}),
        falls_at=np.where(staff.resists == DATA_ALLERGY, fallen, habits.falls_at),
    )
