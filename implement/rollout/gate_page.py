"""A gate in sentences: each criterion with what is demanded, what is known and what is missing."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flask import url_for

from implement.engine.criteria import CriterionVerdict, Reason
from implement.rollout.registries import MeasureKind, registries
from implement.rollout.service import gates as service
from implement.rollout.service.defaults import default_criterion
from implement.rollout.stages import Stage
from implement.rollout.tables import Criterion
from implement.web.access import Role, may_open
from implement.web.roles import ROLE_LABELS
from implement.web.texts import _, language, number, share


@dataclass(frozen=True)
class CriterionLine:
    """A criterion as the gate's page shows it; `url` leads to the rows behind a measure."""

    id: int
    kind: str
    text: str
    met: bool
    why: str
    roles: tuple[str, ...]
    url: str | None


def write_lines(rollout_id: int, wave_id: int, stage: Stage, today: date) -> list[CriterionLine]:
    """Every criterion of the gate with its verdict in words."""
    verdicts = {one.key: one for one in service.judge_stage(rollout_id, wave_id, stage, today).criteria}
    return [_write_line(rollout_id, c, verdicts[c.key]) for c in service.list_criteria(rollout_id, stage)]


def _write_line(rollout_id: int, criterion: Criterion, verdict: CriterionVerdict) -> CriterionLine:
    default = default_criterion(criterion.key)
    text = criterion.text or (default.text.in_language(language()) if default else criterion.key)
    terms = service.read_terms(criterion)
    kind = registries().measures.get(terms.measure)
    url = url_for(kind.endpoint, rollout_id=rollout_id) if kind and kind.endpoint and may_open(kind.endpoint) else None
    why = say_why(verdict, kind, terms.threshold)
    return CriterionLine(criterion.id, criterion.kind, text, verdict.met, why, terms.roles, url)


def say_why(verdict: CriterionVerdict, kind: MeasureKind | None, threshold: Fraction) -> str:
    """Why a criterion is met or not, with the measured value."""
    if verdict.measured is not None and kind is not None:
        known = {"n": number(verdict.measured.n), "value": _say_value(verdict.measured.value, kind)}
        if verdict.reason is Reason.TOO_FEW:
            return _("Measured %(value)s on %(n)s rows; that is too few to decide.", **known)
        wanted = _say_value(threshold, kind)
        return _("Measured %(value)s (n = %(n)s), demanded %(wanted)s.", **known, wanted=wanted)
    if verdict.reason is Reason.SIGNATURES_MISSING:
        roles = ", ".join(str(ROLE_LABELS[Role(role)]) for role in verdict.missing_roles)
        return _("Signature missing: %(roles)s.", roles=roles)
    sentences = {
        Reason.DOCUMENT_MISSING: _("No document has been handed in."),
        Reason.NOT_MEASURED: _("Not measured yet."),
        Reason.WITHHELD: _(
            "Withheld: this figure would tell of fewer than five people. The gate can be passed with a stated reason."
        ),
    }
    return sentences.get(verdict.reason, _("Met."))


def _say_value(value: Fraction, kind: MeasureKind) -> str:
    return share(float(value)) if kind.unit == "share" else number(int(value))
