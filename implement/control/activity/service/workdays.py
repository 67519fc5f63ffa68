"""The days people work in a period: their weekdays without holidays, closed days, absences, time before and after."""

from collections.abc import Collection
from datetime import date, timedelta

from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.usage import StaffMember, list_absences

NO_ABSENCE: frozenset[date] = frozenset()


def list_work_days(
    rollout_id: int, people: Collection[StaffMember], first_day: date, last_day: date
) -> dict[int, list[date]]:
    """The working days of each person between two days, both inclusive, in a handful of queries."""
    every = [first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)]
    off = read_days_off(rollout_id, {day.year for day in every})
    wanted = {one.person_id for one in people}
    away: dict[int, set[date]] = {}
    for span in list_absences(rollout_id):
        if span.person_id in wanted and span.last_day >= first_day and span.first_day <= last_day:
            days = {day for day in every if span.first_day <= day <= span.last_day}
            away.setdefault(span.person_id, set()).update(days)
    open_days = {team: [d for d in every if d not in off.closed | off.of_team(team)] for team in _teams(people)}
    return {
        one.person_id: [
            day
            for day in open_days[one.team_id]
            if str(day.isoweekday()) in one.work_days
            and day not in away.get(one.person_id, NO_ABSENCE)
            and (one.hired is None or day >= one.hired)
            and (one.left is None or day <= one.left)
        ]
        for one in people
    }


def _teams(people: Collection[StaffMember]) -> set[int | None]:
    return {one.team_id for one in people}
