"""What a remedy was meant to move besides days in the CRM: how records are made, before and after, as k of n by person.

Which figure it is follows from the kind of evidence the remedy was started on, as its signals do.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from implement.engine.remedy_effect import BeforeAfter
from implement.rollout.service.usage import StaffMember, UsageDayRow, match_users, read_usage_days

FIELDS_AS_ONE = 3
"""Fields of one record are filled or left together; so three count as one."""
LAST_DAYS = 4

Counts = Callable[[UsageDayRow], tuple[int, int]]


@dataclass(frozen=True)
class Days:
    """The days compared: from `first` to the day before `start`, and from `start` to `last`."""

    first: date
    start: date
    last: date


def _in_time(row: UsageDayRow) -> tuple[int, int]:
    dated = row.counts.get("dated", 0)
    return dated - row.counts.get("late", 0), dated


def _beyond_deals(row: UsageDayRow) -> tuple[int, int]:
    return row.records - row.counts.get("deal_records", 0), row.records


def _filled(row: UsageDayRow) -> tuple[int, int]:
    return row.counts.get("filled", 0), row.counts.get("total", 0)


def _tasks_done(row: UsageDayRow) -> tuple[int, int]:
    return row.counts.get("tasks_done", 0), row.counts.get("tasks_assigned", 0)


def _before_month_end(row: UsageDayRow) -> tuple[int, int]:
    is_last = (row.day + timedelta(days=LAST_DAYS)).month != row.day.month
    return (0 if is_last else row.records), row.records


FIGURES: Mapping[str, Counts] = {
    "in_time": _in_time, "beyond_deals": _beyond_deals, "filled": _filled, "tasks_done": _tasks_done,
    "before_month_end": _before_month_end,
}  # fmt: skip
FIGURE_OF_KIND = {
    "spreadsheet_keeper": "in_time", "sceptic": "beyond_deals", "overwhelmed": "filled", "task_conflict": "tasks_done",
    "month_end_entry": "before_month_end", "meeting_eve_entry": "in_time", "incentive_gaming": "filled",
}  # fmt: skip
"""Data allergy has none: what it loses are days, and those are judged anyway."""


def count_quality(
    rollout_id: int, figure: str, staff: Mapping[int, StaffMember], days: Days
) -> dict[int, BeforeAfter]:
    """The figure of each person before and after."""
    return add_up(read_usage_days(rollout_id, days.first), figure, staff, days)


def add_up(
    rows: Iterable[UsageDayRow], figure: str, staff: Mapping[int, StaffMember], days: Days
) -> dict[int, BeforeAfter]:
    """Sum k and n up by person; of tasks no more can be done than were given."""
    people, counts = match_users(list(staff.values())), FIGURES[figure]
    sums: dict[int, Counter[str]] = {person_id: Counter() for person_id in staff}
    for row in rows:
        person_id = people.get(row.crm_user.strip().casefold())
        if person_id is not None and days.first <= row.day <= days.last:
            k, n = counts(row)
            side = "before" if row.day < days.start else "after"
            sums[person_id].update({f"k_{side}": k, f"n_{side}": n})
    divided = FIELDS_AS_ONE if figure == "filled" else 1
    return {person_id: _before_after(staff[person_id], found, divided) for person_id, found in sums.items()}


def _before_after(one: StaffMember, found: Mapping[str, int], divided: int) -> BeforeAfter:
    k_before, n_before, k_after, n_after = (
        round(found.get(name, 0) / divided) for name in ("k_before", "n_before", "k_after", "n_after")
    )
    return BeforeAfter(str(one.team_id or 0), min(k_before, n_before), n_before, min(k_after, n_after), n_after)
