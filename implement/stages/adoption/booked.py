"""Orders that the CRM never knew, by team and week, as far as they may be shown (M25, R11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from implement.rollout.service.usage import StaffMember, match_users
from implement.stages.adoption.groups import GroupSize, withhold_groups
from implement.stages.adoption.pulse_groups import Asked, list_asked, teams_in
from implement.stages.adoption.summing import team_key

WEEKS, RECENT_WEEKS = 12, 4

Order = tuple[str, date, str]


@dataclass(frozen=True)
class Unknown:
    """Of `booked` orders the CRM never knew `unknown`; without figures `why` says why they are withheld."""

    unknown: int = 0
    booked: int = 0
    why: str = ""

    @property
    def share(self) -> float | None:
        """The share it never knew, 0–1; None where nothing was booked."""
        return self.unknown / self.booked if self.booked else None


Counts = Mapping[tuple[int, date], Unknown]
"""What is counted, by person and Monday."""
Staffs = Mapping[date, Sequence[StaffMember]]
NO_STAFFS: Staffs = {}
NOT_THEN = Unknown(why="protects")
"""A team that was not there yet when its week was first shown."""


@dataclass(frozen=True)
class BookedGroup:
    """A team, a wave or the whole with its orders by week; `why` says why they are withheld, `starts` when a group
    whose wave has not begun will.
    """

    key: str
    name: str
    parent: str | None
    weeks: tuple[Unknown, ...]
    why: str = ""
    starts: date | None = None

    @property
    def recent(self) -> Unknown:
        """The last four weeks together, of those that are shown: nothing beyond what the page shows goes into it."""
        return add_up(week for week in self.weeks[-RECENT_WEEKS:] if not week.why)


@dataclass(frozen=True)
class Booked:
    """All groups, the whole first, over the Mondays of the last weeks; `of_nobody` orders name nobody on the staff."""

    mondays: tuple[date, ...]
    groups: tuple[BookedGroup, ...]
    of_nobody: int

    @property
    def whole(self) -> BookedGroup:
        """Everybody."""
        return self.groups[0]


def sum_orders(orders: Sequence[Order], staff: Sequence[StaffMember], then: Staffs = NO_STAFFS) -> Booked | None:
    """Sum orders up by team and week; None without any. A team is shown from five people on.

    `then` is by Monday who counts in that week where that is not the staff of today. Before their wave began nobody's
    orders count: the CRM could not know of them.
    """
    if not orders:
        return None
    mondays = list_mondays(max(day for _user, day, _deal in orders))
    people, of_nobody = {monday: match_users(then.get(monday, staff)) for monday in mondays}, 0
    begun = Begun(staff, then)
    counts: dict[tuple[int, date], Unknown] = defaultdict(Unknown)
    for user, day, deal in orders:
        monday = day - timedelta(days=day.weekday())
        person_id = people.get(monday, {}).get(user.strip().casefold())
        of_nobody += person_id is None and day >= mondays[0]
        if person_id is not None and begun.has(person_id, day):
            place = person_id, monday
            counts[place] = Unknown(counts[place].unknown + (not deal), counts[place].booked + 1)
    return Booked(mondays, sum_groups(counts, mondays, staff, then), of_nobody)


class Begun:
    """From when on a person's orders and calls can stand in the CRM: the first day of the wave they were in, as it was
    known when the week was first shown.
    """

    def __init__(self, staff: Sequence[StaffMember], then: Staffs = NO_STAFFS) -> None:
        self._now = {one.person_id: one.go_live for one in staff}
        self._then = {monday: {one.person_id: one.go_live for one in people} for monday, people in then.items()}

    def has(self, person_id: int, day: date) -> bool:
        """True when the person's wave had begun on that day; a wave without a first day counts as begun."""
        first_day = self._then.get(day - timedelta(days=day.weekday()), self._now).get(person_id)
        return first_day is None or day >= first_day


def find_starts(staff: Sequence[StaffMember], last: date) -> dict[str, date]:
    """By wave and team the first day of those that begin after a day."""
    later = [one for one in staff if one.go_live is not None and one.go_live > last]
    return {key: one.go_live for one in later if one.go_live for key in (f"wave:{one.wave_id or 0}", team_key(one))}


def list_mondays(last: date) -> tuple[date, ...]:
    """The Mondays of the weeks up to this day."""
    monday = last - timedelta(days=last.weekday())
    return tuple(monday - timedelta(weeks=back) for back in reversed(range(WEEKS)))


def sum_groups(
    counts: Counts, mondays: Sequence[date], staff: Sequence[StaffMember], then: Staffs = NO_STAFFS
) -> tuple[BookedGroup, ...]:
    """What is counted by team and Monday, for the whole, its waves and their teams.

    Small teams are withheld, and so is a week in which fewer than five people of a group have anything to be counted:
    a large team's only order tells of one person. What would give them away goes with them, week by week.
    """
    asked = list_asked(staff)
    hidden = withhold_groups([GroupSize(one.key, one.people, one.parent) for one in asked])
    weeks = [_sum_week_then(counts, monday, then.get(monday, staff)) for monday in mondays]
    starts = find_starts(staff, mondays[-1] + timedelta(days=6))
    return tuple(
        BookedGroup(one.key, one.name, one.parent, (), hidden[one.key].reason, starts.get(one.key))
        if one.key in hidden
        else BookedGroup(
            one.key, one.name, one.parent, tuple(week.get(one.key, NOT_THEN) for week in weeks), _why(one.key, weeks),
            starts.get(one.key),
        )
        for one in asked
    )  # fmt: skip


def _sum_week_then(counts: Counts, monday: date, staff: Sequence[StaffMember]) -> dict[str, Unknown]:
    teams = {one.person_id: team_key(one) for one in staff}
    return _sum_week(list_asked(staff), _of_week(counts, monday, teams))


def add_up(parts: Iterable[Unknown]) -> Unknown:
    """All of them as one."""
    found = list(parts)
    return Unknown(sum(one.unknown for one in found), sum(one.booked for one in found))


def _of_week(counts: Counts, monday: date, teams: Mapping[int, str]) -> dict[str, list[Unknown]]:
    """By team what each person has in a week."""
    found = defaultdict[str, list[Unknown]](list)
    for (person_id, week), count in counts.items():
        if week == monday and count.booked and person_id in teams:
            found[teams[person_id]].append(count)
    return found


def _sum_week(asked: Sequence[Asked], by_team: Mapping[str, Sequence[Unknown]]) -> dict[str, Unknown]:
    """One week of every group, withheld where too few people have anything in it."""
    people = {one.key: [each for team in teams_in(one.key, asked) for each in by_team.get(team, ())] for one in asked}
    hidden = withhold_groups([GroupSize(one.key, len(people[one.key]), one.parent) for one in asked])
    return {
        key: Unknown(why=hidden[key].reason) if key in hidden else add_up(found) for key, found in people.items()
    }


def _why(key: str, weeks: Sequence[Mapping[str, Unknown]]) -> str:
    """Why nothing of a group's last weeks is shown; empty when something is, or nothing is there."""
    recent = [week.get(key, NOT_THEN) for week in weeks[-RECENT_WEEKS:]]
    withheld = [week.why for week in recent if week.why]
    return withheld[-1] if withheld and not any(week.booked for week in recent) else ""
