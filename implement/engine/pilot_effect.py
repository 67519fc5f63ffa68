"""What the pilot changed against teams that had not started: the difference of the two differences, with its interval.

Each person brings a level before and after; the change of the pilot's people is held against that of the others over
the same days, so that what moved everybody (a season, a campaign) falls out. Where enough teams can be compared, teams
are what is compared, for people of a team move together; else people are, and the result says so. Intervals are
Student's. Where too few people stand on a side there is no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from implement.engine.remedy_effect import student


@dataclass(frozen=True)
class Levels:
    """One person: the team they belong to, and the level of a figure before and after."""

    team: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """After against before."""
        return self.after - self.before


@dataclass(frozen=True)
class PilotSettings:
    """How many people each side needs at least, how many teams there must be to compare teams, and how sure the
    interval is.
    """

    least_people: int = 5
    least_in_team: int = 3
    least_other_teams: int = 3
    sureness: float = 0.90


DEFAULT_PILOT = PilotSettings()


@dataclass(frozen=True)
class PilotEffect:
    """The estimate with its interval and the middle levels behind it; without one `lacks` says on which side too few
    people stand (people, others). `teams` and `other_teams` are 0 where people were compared.
    """

    people: int
    others: int
    teams: int = 0
    other_teams: int = 0
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    after: float | None = None
    others_before: float | None = None
    others_after: float | None = None
    lacks: str = ""

    @property
    def is_sure(self) -> bool:
        """True when the interval leaves no change out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def compare_with_others(
    mine: Sequence[Levels], others: Sequence[Levels], settings: PilotSettings = DEFAULT_PILOT
) -> PilotEffect:
    """The change of the pilot's people beyond that of the others."""
    for side, name in ((mine, "people"), (others, "others")):
        if len(side) < settings.least_people:
            return PilotEffect(len(mine), len(others), lacks=name)
    my_teams, other_teams = (_mean_changes(side, settings) for side in (mine, others))
    if my_teams and len(other_teams) >= settings.least_other_teams:
        estimate, reach = _pooled(my_teams, other_teams, settings)
        return _conclude(mine, others, estimate, reach, len(my_teams), len(other_teams))
    estimate, reach = _welch([one.change for one in mine], [one.change for one in others], settings)
    return _conclude(mine, others, estimate, reach, 0, 0)


def _mean_changes(people: Sequence[Levels], settings: PilotSettings) -> list[float]:
    """The mean change of each team that is large enough."""
    teams: dict[str, list[float]] = {}
    for one in people:
        teams.setdefault(one.team, []).append(one.change)
    return [fmean(changes) for _team, changes in sorted(teams.items()) if len(changes) >= settings.least_in_team]


def _pooled(mine: Sequence[float], others: Sequence[float], settings: PilotSettings) -> tuple[float, float]:
    """Teams against teams with one variance for both, for there are few of each."""
    free = len(mine) + len(others) - 2
    squares = sum((one - fmean(side)) ** 2 for side in (mine, others) for one in side)
    spread = sqrt(squares / free * (1 / len(mine) + 1 / len(others)))
    return fmean(mine) - fmean(others), spread * student(settings.sureness, free)


def _welch(mine: Sequence[float], others: Sequence[float], settings: PilotSettings) -> tuple[float, float]:
    """People against people, each side with its own variance."""
    parts = [_variance(side) / len(side) for side in (mine, others)]
    estimate, whole = fmean(mine) - fmean(others), sum(parts)
    if not whole:
        return estimate, 0.0
    squares = sum(part**2 / (len(side) - 1) for part, side in zip(parts, (mine, others), strict=True))
    return estimate, sqrt(whole) * student(settings.sureness, max(1, int(whole**2 / squares)))


def _variance(values: Sequence[float]) -> float:
    middle = fmean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)


def _conclude(
    mine: Sequence[Levels], others: Sequence[Levels], estimate: float, reach: float, teams: int, other_teams: int
) -> PilotEffect:
    middles = [(fmean(one.before for one in side), fmean(one.after for one in side)) for side in (mine, others)]
    ends = estimate - reach, estimate + reach
    return PilotEffect(len(mine), len(others), teams, other_teams, estimate, *ends, *middles[0], *middles[1])
