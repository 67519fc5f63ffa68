"""Evidence of resistance as an evaluation froze it: the score, what stands out, and the kinds it fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from implement.jobs import Plain
from implement.stages.adoption.tables import PersonScore


@dataclass(frozen=True)
class Standout:
    """A signal that stands out, as it was frozen: k of n, where the own level likely lies, the colleagues' level."""

    signal: str
    k: float
    n: float
    peer_level: float
    low: float
    high: float
    concern: float
    is_share: bool
    first_day: date
    last_day: date


@dataclass(frozen=True)
class EvidenceFigures:
    """The evidence of resistance as it was frozen, with the kinds it fits."""

    score: float
    low: float
    high: float
    is_flagged: bool
    first_kind: str | None
    second_kind: str | None
    is_unclear: bool
    standouts: tuple[Standout, ...]


def read_evidence(row: PersonScore) -> EvidenceFigures | None:
    """Open what was frozen; None where there was not enough to judge by."""
    kept = row.evidence
    if row.resistance_score is None or not kept:
        return None
    low, high = (float(str(kept[name])) for name in ("low", "high"))
    first, second = (None if kept[name] is None else str(kept[name]) for name in ("first", "second"))
    reasons = kept["reasons"] if isinstance(kept["reasons"], list) else []
    standouts = tuple(_standout(reason) for reason in reasons if isinstance(reason, dict))
    return EvidenceFigures(
        row.resistance_score, low, high, row.is_flagged, first, second, bool(kept["unclear"]), standouts
    )


def _standout(kept: Mapping[str, Plain]) -> Standout:
    k, n, peers, low, high, concern = (
        float(str(kept[name])) for name in ("k", "n", "peer_level", "low", "high", "concern")
    )
    days = [date.fromisoformat(str(kept[name])) for name in ("first_day", "last_day")]
    return Standout(str(kept["signal"]), k, n, peers, low, high, concern, bool(kept["is_share"]), days[0], days[1])
