"""Gate criteria: what a stage demands, what is known, and the verdict with every reason; ignorance meets nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from operator import ge, gt, le, lt


class CriterionKind(StrEnum):
    """How a criterion is decided."""

    DOCUMENT = "document"
    SIGNATURE = "signature"
    CHECKLIST = "checklist"
    MEASURE = "measure"


class Reason(StrEnum):
    """Why a criterion is met or not; pages turn it into a sentence with the values."""

    MET = "met"
    DOCUMENT_MISSING = "document_missing"
    SIGNATURES_MISSING = "signatures_missing"
    NOT_MEASURED = "not_measured"
    WITHHELD = "withheld"
    TOO_FEW = "too_few"
    THRESHOLD_MISSED = "threshold_missed"


COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda value, threshold: value == threshold,
    ">=": ge,
    ">": gt,
    "<=": le,
    "<": lt,
}


@dataclass(frozen=True)
class CriterionTerms:
    """What a criterion demands: signing roles, or a measure held against a threshold over at least `least_n` rows.

    A checklist criterion is a measure of answers, so both are compared in the same way.
    """

    key: str
    kind: CriterionKind
    roles: tuple[str, ...] = ()
    measure: str = ""
    comparison: str = "="
    threshold: Fraction = Fraction(0)
    least_n: int = 1


@dataclass(frozen=True)
class MeasuredFact:
    """What a room measured: the value, a count or a share, over n rows."""

    value: Fraction
    n: int


@dataclass(frozen=True)
class Facts:
    """What is known when a gate is judged; `withheld` names measures behind which too few people stand to say them."""

    documents: frozenset[str] = frozenset()
    signed_roles: frozenset[str] = frozenset()
    measures: Mapping[str, MeasuredFact] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CriterionVerdict:
    """Whether a criterion is met, why, and the measured value behind it."""

    key: str
    met: bool
    reason: Reason
    missing_roles: tuple[str, ...] = ()
    measured: MeasuredFact | None = None


@dataclass(frozen=True)
class GateVerdict:
    """Whether the gate is open, with the verdict on every criterion."""

    open: bool
    criteria: tuple[CriterionVerdict, ...]

    @property
    def unmet(self) -> tuple[CriterionVerdict, ...]:
        """What stands against opening."""
        return tuple(verdict for verdict in self.criteria if not verdict.met)


def judge_gate(criteria: Sequence[CriterionTerms], facts: Facts) -> GateVerdict:
    """Judge every criterion; the gate is open when all are met, and a gate that demands nothing is open."""
    verdicts = tuple(judge(terms, facts) for terms in criteria)
    return GateVerdict(all(verdict.met for verdict in verdicts), verdicts)


def judge(terms: CriterionTerms, facts: Facts) -> CriterionVerdict:
    """Judge one criterion against what is known."""
    if terms.kind is CriterionKind.DOCUMENT:
        there = terms.key in facts.documents
        return CriterionVerdict(terms.key, there, Reason.MET if there else Reason.DOCUMENT_MISSING)
    if terms.kind is CriterionKind.SIGNATURE:
        missing = tuple(role for role in terms.roles if role not in facts.signed_roles)
        return CriterionVerdict(terms.key, not missing, Reason.SIGNATURES_MISSING if missing else Reason.MET, missing)
    if terms.measure in facts.withheld:
        return CriterionVerdict(terms.key, False, Reason.WITHHELD)
    return _judge_measure(terms, facts.measures.get(terms.measure))


def _judge_measure(terms: CriterionTerms, measured: MeasuredFact | None) -> CriterionVerdict:
    if measured is None:
        return CriterionVerdict(terms.key, False, Reason.NOT_MEASURED)
    if measured.n < terms.least_n:
        return CriterionVerdict(terms.key, False, Reason.TOO_FEW, measured=measured)
    holds = COMPARISONS[terms.comparison](measured.value, terms.threshold)
    return CriterionVerdict(terms.key, holds, Reason.MET if holds else Reason.THRESHOLD_MISSED, measured=measured)
