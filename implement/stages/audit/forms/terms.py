"""What questions say about files and findings without a form of their own: kinds, limit, severities."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from implement.stages.audit.forms.answers import EVIDENCE_KINDS, EVIDENCE_LIMIT_MB
from implement.stages.audit.words import SEVERITY_LABELS
from implement.web.forms.fields import MEGABYTE


@dataclass(frozen=True)
class QuestionTerms:
    """Which files are taken, how large they may be, how grave a finding can be."""

    accept: str
    limit_bytes: int
    severities: Sequence[tuple[int, LazyString]]


TERMS = QuestionTerms(
    accept=",".join(EVIDENCE_KINDS),
    limit_bytes=EVIDENCE_LIMIT_MB * MEGABYTE,
    severities=tuple((severity.value, label) for severity, label in SEVERITY_LABELS.items()),
)
