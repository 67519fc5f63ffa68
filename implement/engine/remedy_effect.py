"""What a remedy changed: before and after, against comparable people or teams without it (difference in differences).

Each person brings counts: active among present days before and after. Whoever is helped was mostly chosen for a low
level, and low levels rise by themselves; so the change that goes with a level before is fitted on those without the
remedy and taken off. What is left over is compared. Intervals are those of a prediction by Student's t: the remedy's
people are one more draw from those without it. Where too few can be compared there is no figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
GRID = 40_001


@dataclass(frozen=True)
class BeforeAfter:
    """One person: active among present days before and after, and the team they belong to."""

    team: str
    active_before: int
    days_before: int
    active_after: int
    days_after: int

    @property
    def level(self) -> float:
        """Active among present days before."""
        return self.active_before / self.days_before if self.days_before else 0.0


@dataclass(frozen=True)
class EffectSettings:
    """How many days and people a figure needs at least, among how many of the nearest level a person is compared, and
    how sure the interval is.
    """

    least_days: int = 5
    least_people: int = 5
    least_others: int = 8
    least_teams: int = 3
    least_teams_for_levels: int = 6
    nearest_others: int = 40
    sureness: float = 0.90


DEFAULT_EFFECT = EffectSettings()


@dataclass(frozen=True)
class Effect:
    """The effect in shares of present days, with its interval; without one `lacks` says what is too few.

    `before` and `after` are pooled shares of those with the remedy, `others_before` and `others_after` of those
    without; `teams` counts the teams compared with, 0 where people are.
    """

    people: int
    others: int
    teams: int = 0
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    after: float | None = None
    others_before: float | None = None
    others_after: float | None = None
    lacks: str = ""


@dataclass(frozen=True)
class _Left:
    """What is left of each change once the usual change of that level is taken off; `variance` up to one factor."""

    mine: Values
    others: Values
    my_level: Values
    level: Values
    my_variance: Values
    variance: Values
    of_level: Values


def effect_on_person(
    mine: BeforeAfter, others: Sequence[BeforeAfter], settings: EffectSettings = DEFAULT_EFFECT
) -> Effect:
    """The effect on one person against people without the remedy."""
    told = _told([mine], settings)
    known = _told(others, settings)
    if not told:
        return Effect(0, len(known), lacks="days")
    if len(known) < settings.least_others:
        return Effect(1, len(known), lacks="others")
    known = sorted(known, key=lambda one: abs(one.level - told[0].level))[: settings.nearest_others]
    left = _take_off_usual_change(told, known)
    free = len(known) - 2
    factor = max(float((left.others**2 / left.variance).sum()) / free, 1.0)
    spread = sqrt(factor * float(left.my_variance[0] + left.of_level[0]))
    return _conclude(told, known, float(left.mine[0]), spread * student(settings.sureness, free))


def effect_on_team(
    mine: Sequence[BeforeAfter], others: Sequence[BeforeAfter], settings: EffectSettings = DEFAULT_EFFECT
) -> Effect:
    """The effect on a team against teams without the remedy: teams move together, so teams are what is compared."""
    told, known = _told(mine, settings), _told(others, settings)
    teams = sorted({one.team for one in known})
    large = [team for team in teams if sum(one.team == team for one in known) >= settings.least_people]
    known = [one for one in known if one.team in large]
    if len(told) < settings.least_people:
        return Effect(len(told), len(known), len(large), lacks="people")
    if len(large) < settings.least_teams:
        return Effect(len(told), len(known), len(large), lacks="teams")
    left = _take_off_usual_change(told, known)
    names = np.array([one.team for one in known])
    within = _factor_within(left, names)
    here = [names == team for team in large]
    means, sampling = zip(*[_mean(left.others[team], left.variance[team]) for team in here], strict=True)
    levels = np.array([left.level[team].mean() for team in here])
    usual, free, of_level = _usual_of_teams(np.array(means), levels, float(left.my_level.mean()), settings)
    estimate, own_sampling = _mean(left.mine, left.my_variance)
    apart = float(((np.array(means) - usual[:-1]) ** 2).sum()) / free
    noise = within * float(np.mean(sampling))
    of_team = max(apart - noise, 0.0) + within * own_sampling
    spread = sqrt(of_team + max(apart, noise) * of_level)
    return _conclude(told, known, estimate - usual[-1], spread * student(settings.sureness, free), teams=len(large))


def _usual_of_teams(
    means: Values, levels: Values, my_level: float, settings: EffectSettings
) -> tuple[Values, int, float]:
    """What the teams' levels let expect of each team and, last, of the one with the remedy; how many teams are free to
    vary, and how unsure the last is. Of few teams one middle is all that can be said.
    """
    there, mine = np.ones((len(means), 1)), np.ones((1, 1))
    if len(means) >= settings.least_teams_for_levels and float(np.ptp(levels)) > 0:
        there = np.column_stack([there, levels - levels.mean()])
        mine = np.array([[1.0, my_level - levels.mean()]])
    inverse = np.linalg.pinv(there.T @ there)
    fitted = inverse @ there.T @ means
    usual = np.concatenate([there @ fitted, mine @ fitted])
    return usual, len(means) - there.shape[1], (mine @ inverse @ mine.T).item()


def _told(people: Sequence[BeforeAfter], settings: EffectSettings) -> list[BeforeAfter]:
    """Those who were there long enough before and after."""
    return [one for one in people if min(one.days_before, one.days_after) >= settings.least_days]


def _take_off_usual_change(mine: Sequence[BeforeAfter], others: Sequence[BeforeAfter]) -> _Left:
    """Fit the change that goes with a level before on the others, by weighted least squares, and take it off."""
    level, change, variance = _lay_out(others)
    my_level, my_change, my_variance = _lay_out(mine)
    centre = float((level / variance).sum() / (1 / variance).sum())
    design = np.column_stack([np.ones(len(level)), level - centre])
    my_design = np.column_stack([np.ones(len(my_level)), my_level - centre])
    weighted = design / variance[:, None]
    inverse = np.linalg.pinv(weighted.T @ design)
    usual = inverse @ weighted.T @ change
    of_level = np.einsum("ij,jk,ik->i", my_design, inverse, my_design)
    expected = np.clip(my_level + my_design @ usual, 0.0, 1.0) - my_level  # no share lies beyond nought and one
    return _Left(
        my_change - expected, change - design @ usual, my_level, level, my_variance, variance, of_level
    )


def _lay_out(people: Sequence[BeforeAfter]) -> tuple[Values, Values, Values]:
    """Level before, change, and the variance that chance alone gives the change; half a day is lent to each side."""
    counts = np.array(
        [(one.active_before, one.days_before, one.active_after, one.days_after) for one in people], dtype=float
    )
    before, after = counts[:, 0] / counts[:, 1], counts[:, 2] / counts[:, 3]
    pooled = (counts[:, 0] + counts[:, 2] + 1) / (counts[:, 1] + counts[:, 3] + 2)
    variance = pooled * (1 - pooled) * (1 / counts[:, 1] + 1 / counts[:, 3])
    return before, after - before, variance


def _factor_within(left: _Left, names: npt.NDArray[np.str_]) -> float:
    """By how much changes of people in one team spread more than chance alone would let them; never less."""
    squares, free = 0.0, 0
    for team in np.unique(names):
        here = names == team
        mean, _ = _mean(left.others[here], left.variance[here])
        squares += float(((left.others[here] - mean) ** 2 / left.variance[here]).sum())
        free += int(here.sum()) - 1
    return max(squares / max(free - 1, 1), 1.0)


def _mean(values: Values, variance: Values) -> tuple[float, float]:
    """The plain mean of a team's people, and its variance up to the common factor."""
    return float(values.mean()), float(variance.sum()) / len(values) ** 2


def _conclude(
    mine: Sequence[BeforeAfter], others: Sequence[BeforeAfter], estimate: float, reach: float, teams: int = 0
) -> Effect:
    before, after = _pool(mine)
    others_before, others_after = _pool(others)
    return Effect(
        len(mine), len(others), teams, estimate, max(estimate - reach, -1.0), min(estimate + reach, 1.0), before, after,
        others_before, others_after,
    )  # fmt: skip


def _pool(people: Sequence[BeforeAfter]) -> tuple[float, float]:
    """Active among present days of everybody together, before and after."""
    before = sum(one.active_before for one in people) / sum(one.days_before for one in people)
    return before, sum(one.active_after for one in people) / sum(one.days_after for one in people)


@cache
def student(sureness: float, free: int) -> float:
    """How many standard errors an interval reaches to either side: the quantile of Student's t.

    With x = √free · tan θ the density becomes cos^(free − 1) θ, which is summed by trapezoids.
    """
    angles = np.linspace(-np.pi / 2, np.pi / 2, GRID)
    density = np.cos(angles).clip(0) ** (free - 1)
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    angle = float(np.interp((1 + sureness) / 2, below / below[-1], angles))
    return sqrt(free) * float(np.tan(angle))
