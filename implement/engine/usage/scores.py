"""The usage score U, 0 to 100: five parts against what peers do, each with its figures and an interval."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.usage.days import UserDays
from implement.engine.usage.evidence import Evidence, gather_evidence, notable, window_days
from implement.engine.usage.exposure import Exposure
from implement.engine.usage.posteriors import seed_of
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
class Reason:
    """One signal that stands out: k of n against the peers' level, and how likely it is worse than theirs."""

    signal: str
    k: float
    n: float
    peer_level: float
    concern: float
    notability: float
    first_day: date
    last_day: date


@dataclass(frozen=True)
class UsageScore:
    """One person's usage: the score with its interval, its parts and what stands out; None with too little to say."""

    user: str
    usage: float | None
    usage_low: float | None
    usage_high: float | None
    present_days: int
    parts: tuple[Part, ...] = ()
    reasons: tuple[Reason, ...] = ()


def score_usage(
    user_days: UserDays, exposure: Exposure, settings: UsageSettings = DEFAULT_SETTINGS
) -> list[UsageScore]:
    """Score everybody in the exposure, in its order; below the least present days nobody is scored."""
    evidence = gather_evidence(user_days, exposure, settings)
    present = exposure.present[:, exposure.window(settings.window_days)].sum(axis=1)
    judged = present >= settings.least_present_days
    reasons = _find_reasons(evidence, exposure, judged, settings)
    found = []
    for row, person in enumerate(exposure.people):
        if not judged[row]:
            found.append(UsageScore(person.user, None, None, None, int(present[row])))
            continue
        parts, draws = _measure_parts(evidence, row, exposure, settings)
        usage = 100 * sum(part.weight * part.value for part in parts)
        low, high = (100 * float(np.quantile(draws, q)) for q in (settings.low_quantile, settings.high_quantile))
        found.append(
            UsageScore(
                person.user, usage, min(low, usage), max(high, usage), int(present[row]), parts, tuple(reasons[row])
            )
        )
    return found


def _measure_parts(
    evidence: dict[str, Evidence], row: int, exposure: Exposure, settings: UsageSettings
) -> tuple[tuple[Part, ...], Values]:
    """The parts a person's evidence allows, and draws of the whole score."""
    usable = [part for part, signal in PART_SIGNALS.items() if signal in evidence and evidence[signal].n[row] > 0]
    whole = sum(settings.weights.of(part) for part in usable)
    if whole == 0:
        usable, whole = ["rhythm"], 1.0
    seed = seed_of(*(each for part in usable for each in _figures(evidence[PART_SIGNALS[part]], row)))
    chance = np.random.default_rng(seed)
    parts, total = [], np.zeros(settings.draws)
    for name in usable:
        weight = settings.weights.of(name) / whole if len(usable) > 1 else 1.0
        part, draws = _measure_part(name, weight, evidence[PART_SIGNALS[name]], row, exposure, settings, chance)
        parts.append(part)
        total += weight * draws
    return tuple(parts), total


def _measure_part(
    name: str,
    weight: float,
    evidence: Evidence,
    row: int,
    exposure: Exposure,
    settings: UsageSettings,
    chance: np.random.Generator,
) -> tuple[Part, Values]:
    a, b = (float(each[row]) for each in evidence.posterior(settings.discount, settings.count_prior))
    draws = chance.gamma(a, 1 / b, settings.draws) if evidence.signal.is_pace else chance.beta(a, b, settings.draws)
    own, peers = float(evidence.means(settings.count_prior)[row]), float(evidence.level[row])
    if name == "timely":
        own, peers, draws = 1 - own, 1 - peers, 1 - draws
    seen = (
        chance.binomial(settings.ahead_days, np.clip(draws, 0, 1)) / settings.ahead_days if name == "rhythm" else draws
    )
    low, high = (float(np.quantile(seen, q)) for q in (settings.low_quantile, settings.high_quantile))
    k = evidence.n[row] - evidence.k[row] if name == "timely" else evidence.k[row]
    first, last = window_days(exposure, settings.window_days)
    value = min(1.0, own / peers) if peers > 0 else 1.0
    part = Part(name, value, weight, float(k), float(evidence.n[row]), own, peers, low, high, first, last)
    return part, np.minimum(1.0, draws / peers) if peers > 0 else np.ones(settings.draws)


def _find_reasons(
    evidence: dict[str, Evidence], exposure: Exposure, judged: npt.NDArray[np.bool_], settings: UsageSettings
) -> list[list[Reason]]:
    """Per person every signal that stands out among the firm's people."""
    first, last = window_days(exposure, settings.window_days)
    found: list[list[Reason]] = [[] for _ in exposure.people]
    for name, each in evidence.items():
        concerns = each.concerns(settings)
        z = notable(concerns, judged & (each.n > 0), settings)
        for row in np.flatnonzero(judged & (each.n > 0) & (z >= settings.least_notable)):
            level = float(each.level[row])
            found[row].append(
                Reason(
                    name,
                    float(each.k[row]),
                    float(each.n[row]),
                    level,
                    float(concerns[row]),
                    float(z[row]),
                    first,
                    last,
                )
            )
    return found


def _figures(evidence: Evidence, row: int) -> tuple[float, float, float, float]:
    return float(evidence.k[row]), float(evidence.n[row]), float(evidence.level[row]), evidence.strength
