"""The usage score U, 0 to 100: five parts against what peers do, each with its figures and an interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from implement.engine.usage.days import UserDays
from implement.engine.usage.evidence import Evidence, gather_evidence, window_days
from implement.engine.usage.exposure import Exposure
from implement.engine.usage.posteriors import (
    Reach,
    beta_quantile,
    gamma_quantile,
    reach_by_beta,
    reach_by_gamma,
    share_of_days_ahead,
)
from implement.engine.usage.settings import DEFAULT_SETTINGS, UsageSettings

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

PART_SIGNALS = {"use": "use", "rhythm": "rhythm", "complete": "complete", "timely": "late", "tasks": "tasks"}
LEAST_VARIANCE, LEAST_CHANCE, LEAST_STRENGTH = 1e-9, 1e-6, 1e-3


@dataclass(frozen=True)
class Part:
    """One part of a usage score: `value` is the share of the peers' level reached, at most 1.

    k of n are the plain counts, `own_level` the posterior mean, `low`…`high` where the own level will lie in the next
    weeks with 90 % probability; for the rhythm that is the share of active among present working days of the next 20.
    """

    name: str
    value: float
    weight: float
    k: float
    n: float
    own_level: float
    peer_level: float
    low: float
    high: float
    first_day: date
    last_day: date


@dataclass(frozen=True)
class UsageScore:
    """One person's usage: the score with its interval, and its parts; None with too little to say."""

    user: str
    usage: float | None
    usage_low: float | None
    usage_high: float | None
    present_days: int
    row: int = 0
    measured: "Measured | None" = field(default=None, compare=False, repr=False)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the score is made of; worked out when somebody asks."""
        return () if self.usage is None or self.measured is None else self.measured.parts_of(self.row)


def score_usage(
    user_days: UserDays,
    exposure: Exposure,
    settings: UsageSettings = DEFAULT_SETTINGS,
    silence: Values | None = None,
) -> list[UsageScore]:
    """Score everybody in the exposure, in its order; below the least present days nobody is scored.

    `silence` is each person's chance of no active day ahead; it only widens the interval of the rhythm downward.
    """
    evidence = gather_evidence(user_days, exposure, settings)
    present = exposure.present[:, exposure.window(settings.window_days)].sum(axis=1)
    measured = Measured(
        {name: Posterior.take(name, evidence[signal], settings) for name, signal in PART_SIGNALS.items()
         if signal in evidence},
        np.zeros(len(exposure.people)) if silence is None else silence, settings,
        *window_days(exposure, settings.window_days),
    )  # fmt: skip
    usage, low, high = (each.tolist() for each in measured.scores)
    return [
        UsageScore(person.user, usage[row], low[row], high[row], days, row, measured)
        if days >= settings.least_present_days
        else UsageScore(person.user, None, None, None, days)
        for row, (person, days) in enumerate(zip(exposure.people, present.tolist(), strict=True))
    ]


@dataclass(frozen=True)
class Posterior:
    """What is believed of everybody in one part: the own level, and a and b of the level in the weeks to come.

    Late records are turned round: the part counts those that are timely.
    """

    is_pace: bool
    k: Values
    n: Values
    own_level: Values
    peer_level: Values
    a: Values
    b: Values

    @classmethod
    def take(cls, part: str, evidence: Evidence, settings: UsageSettings) -> "Posterior":
        """Take the posterior of a part, past evidence discounted because people change."""
        a, b = evidence.posterior(settings.discount, settings.count_prior)
        own, is_pace = evidence.means(settings.count_prior), evidence.signal.is_pace
        if part == "timely":
            return cls(is_pace, evidence.n - evidence.k, evidence.n, 1 - own, 1 - evidence.level, b, a)
        return cls(is_pace, evidence.k, evidence.n, own, evidence.level, a, b)

    @cached_property
    def value(self) -> Values:
        """The share of the peers' level reached, at most 1."""
        return np.where(self.peer_level > 0, np.minimum(1.0, self.own_level / self._peers), 1.0)

    @cached_property
    def reach(self) -> Reach:
        """How much of the peers' level will be reached in the weeks to come."""
        found = (reach_by_gamma if self.is_pace else reach_by_beta)(self._peers, self.a, self.b)
        columns = (found.mean, 1.0), (found.variance, 0.0), (found.all, 1.0)
        return Reach(*(np.where(self.peer_level > 0, values, otherwise) for values, otherwise in columns))

    def end(self, share: float) -> Values:
        """Below which level the own one will lie so likely."""
        return (gamma_quantile if self.is_pace else beta_quantile)(share, self.a, self.b)

    @property
    def _peers(self) -> Values:
        return np.where(self.peer_level > 0, self.peer_level, 0.5)


@dataclass(frozen=True)
class Measured:
    """Everybody's posteriors by part; parts without evidence leave their weight to the others."""

    posteriors: Mapping[str, Posterior]
    silence: Values
    settings: UsageSettings
    first_day: date
    last_day: date

    @cached_property
    def weights(self) -> Mapping[str, Values]:
        """What each part counts for everybody; with no evidence at all the rhythm counts alone."""
        usable = {name: each.n > 0 for name, each in self.posteriors.items()}
        usable["rhythm"] = usable["rhythm"] | ~np.any(list(usable.values()), axis=0)
        said = {name: self.settings.weights.of(name) * marks for name, marks in usable.items()}
        whole = np.sum(list(said.values()), axis=0)
        count = np.sum(list(usable.values()), axis=0)
        return {
            name: np.where(whole > 0, weight / np.where(whole > 0, whole, 1.0), usable[name] / count)
            for name, weight in said.items()
        }

    @property
    def scores(self) -> tuple[Values, Values, Values]:
        """Everybody's score with its interval: the chance that all parts reach all, and else the weighted sum read as
        Beta of its mean and variance.
        """
        each = [(self.weights[name], posterior) for name, posterior in self.posteriors.items()]
        usage = np.sum([weight * posterior.value for weight, posterior in each], axis=0)
        mean = np.sum([weight * posterior.reach.mean for weight, posterior in each], axis=0)
        variance = np.sum([weight**2 * posterior.reach.variance for weight, posterior in each], axis=0)
        whole = np.prod([np.where(weight > 0, posterior.reach.all, 1.0) for weight, posterior in each], axis=0)
        ends = self.settings.low_quantile, self.settings.high_quantile
        low, high = (_quantile_of_sum(share, mean, variance, whole) for share in ends)
        return 100 * usage, 100 * np.minimum(low, usage), 100 * np.maximum(high, usage)

    @cached_property
    def ranges(self) -> Mapping[str, tuple[Values, Values]]:
        """Where everybody's own level will lie in the weeks to come, by part."""
        ends = self.settings.low_quantile, self.settings.high_quantile
        found = {name: (each.end(ends[0]), each.end(ends[1])) for name, each in self.posteriors.items()}
        return found | {"rhythm": self._foresee_rhythm(self.posteriors["rhythm"])}

    def parts_of(self, row: int) -> tuple[Part, ...]:
        """The parts of one person's score."""
        return tuple(self._part(name, row) for name in self.posteriors if self._is_usable(name, row))

    def _part(self, name: str, row: int) -> Part:
        each, (low, high) = self.posteriors[name], self.ranges[name]
        columns = (each.value, self.weights[name], each.k, each.n, each.own_level, each.peer_level, low, high)
        value, weight, k, n, own, peers, lowest, highest = (float(column[row]) for column in columns)
        return Part(name, value, weight, k, n, own, peers, lowest, highest, self.first_day, self.last_day)

    def _is_usable(self, name: str, row: int) -> bool:
        return bool(self.posteriors[name].n[row] > 0) or (
            name == "rhythm" and not any(each.n[row] > 0 for each in self.posteriors.values())
        )

    def _foresee_rhythm(self, rhythm: Posterior) -> tuple[Values, Values]:
        """Where the share of active days will lie: chance decides single days, and some people fall silent.

        Where the lower end is nought nothing can lie below it, so all that may be missed is missed above.
        """
        days = self.settings.ahead_days
        active = share_of_days_ahead(days, rhythm.a, rhythm.b).cumsum(axis=1)
        silent = self.silence[:, None]
        low = _reaches(silent + (1 - silent) * active, self.settings.low_quantile)
        high = _reaches(active, self.settings.high_quantile)
        above = _reaches(active, self.settings.high_quantile - self.settings.low_quantile)
        return low / days, np.where(low == 0, above, high) / days


def _quantile_of_sum(share: float, mean: Values, variance: Values, whole: Values) -> Values:
    """Where a sum between 0 and 1 lies so likely; `whole` is how likely it is 1."""
    rest = np.maximum(1 - whole, LEAST_CHANCE)
    below = np.clip((mean - whole) / rest, LEAST_CHANCE, 1 - LEAST_CHANCE)
    spread = np.maximum((variance + mean**2 - whole) / rest - below**2, LEAST_VARIANCE)
    strength = np.maximum(below * (1 - below) / spread - 1, LEAST_STRENGTH)
    found = beta_quantile(np.minimum(share / rest, 1 - LEAST_CHANCE), below * strength, (1 - below) * strength)
    return np.where(share >= rest, 1.0, found)


def _reaches(cumulative: Values, share: float) -> Values:
    """The first place of each row at which so much is reached."""
    places: Values = (cumulative < share - 1e-12).sum(axis=1).astype(np.float64)
    return places
