"""Orders that the CRM never knew, by team and week, as far as they may be shown (M25, R11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from implement.engine.suppression import Withheld
from implement.rollout.service.usage import StaffMember, match_users
from implement.stages.adoption.groups import GroupSize, withhold_groups
from implement.stages.adoption.pulse_groups import Asked, list_asked, teams_in
from implement.stages.adoption.summing import team_key

WEEKS, RECENT_WEEKS = 12, 4

Order = tuple[str, date, str]


@dataclass(frozen=True)
class Unknown:
    """Of `booked` orders the CRM never knew `unknown`."""

    unknown: int = 0
    booked: int = 0

    @property
    def share(self) -> float | None:
        """The share it never knew, 0–1; None where nothing was booked."""
        return self.unknown / self.booked if self.booked else None


@dataclass(frozen=True)
class BookedGroup:
    """A team, a wave or the whole with its orders by week; `why` says why they are withheld."""

    key: str
    name: str
    parent: str | None
    weeks: tuple[Unknown, ...]
    why: str = ""

    @property
    def recent(self) -> Unknown:
        """The last four weeks together."""
        return add_up(self.weeks[-RECENT_WEEKS:])


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


def sum_orders(orders: Sequence[Order], staff: Sequence[StaffMember]) -> Booked | None:
    """Sum orders up by team and week; None without any. A team is shown from five people on."""
    if not orders:
        return None
    last = max(day for _user, day, _deal in orders)
    monday = last - timedelta(days=last.weekday())
    mondays = tuple(monday - timedelta(weeks=back) for back in reversed(range(WEEKS)))
    people, teams = match_users(staff), {one.person_id: team_key(one) for one in staff}
    counts: dict[tuple[str, date], Unknown] = defaultdict(Unknown)
    of_nobody = 0
    for user, day, deal in orders:
        person_id = people.get(user.strip().casefold())
        of_nobody += person_id is None and day >= mondays[0]
        if person_id is not None:
            place = teams[person_id], day - timedelta(days=day.weekday())
            counts[place] = Unknown(counts[place].unknown + (not deal), counts[place].booked + 1)
    return Booked(mondays, sum_groups(counts, mondays, staff), of_nobody)


def sum_groups(
    counts: Mapping[tuple[str, date], Unknown], mondays: Sequence[date], staff: Sequence[StaffMember]
) -> tuple[BookedGroup, ...]:
    """What is counted by team and Monday, for the whole, its waves and their teams; small ones are withheld."""
    asked = list_asked(staff)
    hidden = withhold_groups([GroupSize(one.key, one.people, one.parent) for one in asked])
    return tuple(_sum_group(one, asked, counts, mondays, hidden.get(one.key)) for one in asked)


def add_up(parts: Iterable[Unknown]) -> Unknown:
    """All of them as one."""
    found = list(parts)
    return Unknown(sum(one.unknown for one in found), sum(one.booked for one in found))


def _sum_group(
    group: Asked, asked: Sequence[Asked], counts: Mapping[tuple[str, date], Unknown], mondays: Sequence[date],
    hidden: Withheld | None,
) -> BookedGroup:  # fmt: skip
    if hidden is not None:
        return BookedGroup(group.key, group.name, group.parent, (), hidden.reason)
    teams = teams_in(group.key, asked)
    weeks = tuple(add_up(counts.get((team, monday), Unknown()) for team in teams) for monday in mondays)
    return BookedGroup(group.key, group.name, group.parent, weeks)
