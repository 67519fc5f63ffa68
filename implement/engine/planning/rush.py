"""Everything starts everywhere at once: the classic way to drown a rollout (M23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True)
class RushSettings:
    """Launches within so many days count as one; together they may hold at most this share of the people."""

    within_days: int = 14
    largest_share: Fraction = Fraction(1, 2)
    least_teams: int = 2


@dataclass(frozen=True)
class Launch:
    """A wave that starts: its teams and people, and the day (None: not said yet)."""

    name: str
    teams: int
    people: int
    day: date | None


@dataclass(frozen=True)
class Rush:
    """Launches that come too close together: `people` of `of` start between the two days."""

    names: tuple[str, ...]
    people: int
    of: int
    first_day: date
    last_day: date

    @property
    def share(self) -> Fraction:
        """The share of all people who start together."""
        return Fraction(self.people, self.of)


def find_rush(launches: Sequence[Launch], settings: RushSettings) -> Rush | None:
    """The largest group of launches close together that holds too many people in several teams; None where all is
    well.
    """
    planned = sorted(((one.day, one) for one in launches if one.day is not None), key=lambda pair: pair[0])
    everybody = sum(one.people for one in launches)
    groups = []
    for begin, _first in planned:
        near = [one for day, one in planned if begin <= day <= begin + timedelta(days=settings.within_days)]
        groups.append((sum(one.people for one in near), sum(one.teams for one in near), begin, near))
    crowded = [
        group
        for group in groups
        if everybody and group[1] >= settings.least_teams and group[0] > settings.largest_share * everybody
    ]
    if not crowded:
        return None
    people, _teams, begin, near = max(crowded, key=lambda group: group[0])
    last_day = max(one.day for one in near if one.day is not None)
    return Rush(tuple(one.name for one in near), people, everybody, begin, last_day)
