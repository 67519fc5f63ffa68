"""Calls and mails of which nothing stands in the CRM, by team and week, as far as they may be shown (M25, R11)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from implement.rollout.service.usage import StaffMember
from implement.stages.adoption.booked import WEEKS, Booked, Unknown, sum_groups
from implement.stages.adoption.summing import team_key


@dataclass(frozen=True)
class DayCounts:
    """How many of something one person has on one day."""

    person_id: int
    day: date
    count: int


def sum_calls(
    listed: Sequence[DayCounts], recorded: Sequence[DayCounts], staff: Sequence[StaffMember]
) -> Booked | None:
    """Hold calls and mails against what each person recorded in the same week; None without any.

    Nobody knows which record stands for which call; so of eight calls and five records at least three are not there.
    """
    if not listed:
        return None
    last = max(one.day for one in listed)
    mondays = tuple(_monday(last) - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    calls, records = _by_week(listed), _by_week(recorded)
    teams = {one.person_id: team_key(one) for one in staff}
    counts: dict[tuple[str, date], Unknown] = defaultdict(Unknown)
    for (person_id, monday), count in calls.items():
        if person_id in teams:
            place, missing = (teams[person_id], monday), max(0, count - records[person_id, monday])
            counts[place] = Unknown(counts[place].unknown + missing, counts[place].booked + count)
    return Booked(mondays, sum_groups(counts, mondays, staff), 0)


def _by_week(counts: Sequence[DayCounts]) -> Counter[tuple[int, date]]:
    found = Counter[tuple[int, date]]()
    for one in counts:
        found[one.person_id, _monday(one.day)] += one.count
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
