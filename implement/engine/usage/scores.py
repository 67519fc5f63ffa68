"""The usage score U, 0 to 100: five parts against what peers do, each with its figures and an interval."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.usage.days import UserDays
from implement.engine.usage.evidence import Evidence, gather_evidence, window_days
from implement.engine.usage.exposure import Exposure
from implement.engine.usage.posteriors import ends_of, seed_of
from implement.engine.usage.settings import DEFAULT_SETTINGS, UsageSettings

Values = npt.NDArray[np.float64]

PART_SIGNALS = {"use": "use", "rhythm": "rhythm", "complete": "complete", "timely": "late", "tasks": "tasks"}


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
    parts: tuple[Part, ...] = ()


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
    judged = present >= settings.least_present_days
    yardstick = _Yardstick(
        {name: _Posterior.take(each, settings) for name, each in evidence.items()},
        settings,
        *window_days(exposure, settings.window_days),
    )
    unknown = np.zeros(len(exposure.people))
    silent = unknown if silence is None else silence
    return [
        yardstick.score(person.user, row, int(present[row]), float(silent[row]))
        if judged[row]
        else UsageScore(person.user, None, None, None, int(present[row]))
        for row, person in enumerate(exposure.people)
    ]


@dataclass(frozen=True)
class _Posterior:
    """What is believed of everybody in one signal: the own level, and the discounted posterior for weeks to come."""

    evidence: Evidence
    own_level: Values
    a: Values
    b: Values

    @classmethod
    def take(cls, evidence: Evidence, settings: UsageSettings) -> "_Posterior":
        """Take the posterior of a signal, past evidence discounted because people change."""
        a, b = evidence.posterior(settings.discount, settings.count_prior)
        return cls(evidence, evidence.means(settings.count_prior), a, b)

    def draw(self, row: int, size: int, chance: np.random.Generator) -> Values:
        """Draw a person's level in the weeks to come."""
        a, b = float(self.a[row]), float(self.b[row])
        return chance.gamma(a, 1 / b, size) if self.evidence.signal.is_pace else chance.beta(a, b, size)

    def figures(self, row: int) -> tuple[float, float, float, float]:
        """The figures a person's draws are seeded from."""
        each = self.evidence
        return float(each.k[row]), float(each.n[row]), float(each.level[row]), each.strength


@dataclass(frozen=True)
class _Yardstick:
    """Everybody's posteriors, against which one person is measured."""

    posteriors: Mapping[str, _Posterior]
    settings: UsageSettings
    first_day: date
    last_day: date

    def score(self, user: str, row: int, present_days: int, silence: float) -> UsageScore:
        """Score one person by the parts their evidence allows; the weights of the others are shared out."""
        usable = [
            (name, self.posteriors[signal])
            for name, signal in PART_SIGNALS.items()
            if signal in self.posteriors and self.posteriors[signal].evidence.n[row] > 0
        ] or [("rhythm", self.posteriors["rhythm"])]
        whole = sum(self.settings.weights.of(name) for name, _ in usable)
        chance = np.random.default_rng(seed_of(*(f for _, posterior in usable for f in posterior.figures(row))))
        parts, total = [], np.zeros(self.settings.draws)
        for name, posterior in usable:
            weight = self.settings.weights.of(name) / whole if whole > 0 else 1 / len(usable)
            draws = posterior.draw(row, self.settings.draws, chance)
            part = self._part(name, weight, posterior, row, draws)
            if name == "rhythm":
                part = self._foresee_rhythm(part, draws, silence, chance)
            parts.append(part)
            total += weight * self._reached(name, posterior, row, draws)
        usage = 100 * sum(part.weight * part.value for part in parts)
        low, high = (100 * each for each in self._interval(total))
        return UsageScore(user, usage, min(low, usage), max(high, usage), present_days, tuple(parts))

    def _part(self, name: str, weight: float, posterior: _Posterior, row: int, draws: Values) -> Part:
        evidence, own = posterior.evidence, float(posterior.own_level[row])
        k, n, peers = float(evidence.k[row]), float(evidence.n[row]), float(evidence.level[row])
        if name == "timely":
            k, own, peers, draws = n - k, 1 - own, 1 - peers, 1 - draws
        value = min(1.0, own / peers) if peers > 0 else 1.0
        return Part(name, value, weight, k, n, own, peers, *self._interval(draws), self.first_day, self.last_day)

    def _foresee_rhythm(self, part: Part, draws: Values, silence: float, chance: np.random.Generator) -> Part:
        """Where the share of active days will lie: chance decides single days, and some people fall silent.

        Where the lower end is nought nothing can lie below it, so all that may be missed is missed above.
        """
        days = self.settings.ahead_days
        shares = chance.binomial(days, np.clip(draws, 0, 1)) / days
        high = self._interval(shares)[1]
        low = self._interval(np.where(chance.random(len(shares)) < silence, 0.0, shares))[0]
        if low == 0:
            high = ends_of(shares, 0.0, self.settings.high_quantile - self.settings.low_quantile)[1]
        return replace(part, low=low, high=high)

    def _reached(self, name: str, posterior: _Posterior, row: int, draws: Values) -> Values:
        """The share of the peers' level reached in each draw, at most 1."""
        peers = float(posterior.evidence.level[row])
        if name == "timely":
            peers, draws = 1 - peers, 1 - draws
        return np.minimum(1.0, draws / peers) if peers > 0 else np.ones(len(draws))

    def _interval(self, draws: Values) -> tuple[float, float]:
        return ends_of(draws, self.settings.low_quantile, self.settings.high_quantile)
