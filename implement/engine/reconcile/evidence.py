"""What speaks for a link: field by field in bits, the way it was made, and how sure that makes it."""

from dataclasses import dataclass

from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS

BY_KEY, BY_LOOSE_KEY, BY_CONTENT = "key", "loose_key", "content"
AGREES, NEARLY, DIFFERS = "agrees", "nearly", "differs"
SURE, LIKELY, DOUBTFUL = "sure", "likely", "doubtful"


@dataclass(frozen=True)
class EvidenceSettings:
    """When a link counts as sure."""

    sure_share: float = 0.75
    likely_share: float = DEFAULT_RECONCILE_SETTINGS.same_share
    lead: float = 2.0
    """The next best candidate agrees in at most one part in so many of what the partner agrees in."""


DEFAULT_EVIDENCE_SETTINGS = EvidenceSettings()


@dataclass(frozen=True)
class FieldEvidence:
    """What one filled field says: agrees, nearly (recognisable though damaged) or differs; `bits` is its weight."""

    field: str
    verdict: str
    bits: float


@dataclass(frozen=True)
class LinkEvidence:
    """Why two rows count as one record; `fields` are those filled on both sides, the most telling first.

    Linked by key, the key's own columns are no further evidence and left out.
    """

    way: str
    source_key: str
    target_key: str
    fields: tuple[FieldEvidence, ...]
    near_share: float = DEFAULT_RECONCILE_SETTINGS.near_share
    """What a damaged but recognisable cell counts for."""

    def named(self, verdict: str) -> tuple[str, ...]:
        """The fields with this verdict."""
        return tuple(one.field for one in self.fields if one.verdict == verdict)

    @property
    def agreed(self) -> float:
        """Bits that speak for the link; what is recognisable though damaged counts in part."""
        return sum({AGREES: 1.0, NEARLY: self.near_share, DIFFERS: 0.0}[one.verdict] * one.bits for one in self.fields)

    @property
    def share(self) -> float:
        """Agreeing bits among all that can be compared."""
        total = self.agreed + sum(one.bits for one in self.fields if one.verdict == DIFFERS)
        return self.agreed / total if total else 0.0


def judge_sureness(
    link: LinkEvidence, rival: LinkEvidence | None, settings: EvidenceSettings = DEFAULT_EVIDENCE_SETTINGS
) -> str:
    """Say how sure a link is: by what agrees beside the key, or by how far the next best candidate stays behind."""
    if link.way != BY_CONTENT:
        sure, likely = settings.likely_share, DEFAULT_RECONCILE_SETTINGS.foreign_share
        return SURE if link.share >= sure or not link.fields else LIKELY if link.share >= likely else DOUBTFUL
    if rival is not None and rival.agreed * settings.lead > link.agreed:
        return LIKELY if link.share >= settings.sure_share and rival.agreed < link.agreed else DOUBTFUL
    return SURE if link.share >= settings.sure_share else LIKELY if link.share >= settings.likely_share else DOUBTFUL
