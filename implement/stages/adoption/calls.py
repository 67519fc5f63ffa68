"""Calls and mails of which nothing stands in the CRM, by team and week, as far as they may be shown (M25, R11)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from implement.rollout.service.usage import StaffMember
from implement.stages.adoption.booked import NO_STAFFS, Begun, Booked, Staffs, Unknown, list_mondays, sum_groups


@dataclass(frozen=True)
class DayCounts:
    """How many of something one person has on one day."""

    person_id: int
    day: date
    count: int


def sum_calls(
    listed: Sequence[DayCounts], recorded: Sequence[DayCounts], staff: Sequence[StaffMember],
    then: Staffs = NO_STAFFS,
) -> Booked | None:  # fmt: skip
    """Hold calls and mails against what each person recorded in the same week; None without any.

    Nobody knows which record stands for which call; so of eight calls and five records at least three are not there.
    """
    if not listed:
        return None
    mondays = list_mondays(max(one.day for one in listed))
    begun = Begun(staff, then)
    calls = _by_week([one for one in listed if begun.has(one.person_id, one.day)])
    records = _by_week(recorded)
    counts = {place: Unknown(max(0, count - records[place]), count) for place, count in calls.items()}
    return Booked(mondays, sum_groups(counts, mondays, staff, then), 0)


def _by_week(counts: Sequence[DayCounts]) -> Counter[tuple[int, date]]:
    found = Counter[tuple[int, date]]()
    for one in counts:
        found[one.person_id, _monday(one.day)] += one.count
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
