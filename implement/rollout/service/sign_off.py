"""Sign a stage off for a wave: by its criteria, as done before Implement, or against them.

Overrides and late entries need a name and a reason, are never edited and stay visible in every report.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.criteria import CriterionKind, CriterionVerdict, GateVerdict
from implement.jobs import Plain
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.gates import (
    decided_stages,
    judge_stage,
    list_documents,
    signed_content,
    signed_subject,
)
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.signatures import SignedBy, sign
from implement.rollout.stages import Stage
from implement.rollout.tables import Criterion, GateDecision, GateDocument, Wave
from implement.web.access import Role
from implement.web.texts import lazy


@dataclass(frozen=True)
class DecisionRow:
    """A sign-off as reports show it; overrides and late entries keep their reason for good."""

    stage: str
    wave: str
    kind: str
    role: str
    name: str
    reason: str
    at: datetime


def open_gate(rollout_id: int, wave: Wave, stage: Stage, *, role: Role, by: Actor, now: datetime) -> None:
    """Sign the stage off for the wave; refused while a criterion is unmet or an earlier sign-off is missing."""
    _refuse_when_locked(rollout_id, wave, stage)
    verdict = judge_stage(rollout_id, wave.id, stage, local_day(rollout_id, now))
    if not verdict.open:
        raise RuleBroken(lazy("The gate is not open: %(n)d criteria are not met.", n=len(verdict.unmet)))
    _decide(rollout_id, wave, stage, "opened", verdict=verdict, role=role, name=by.name, reason="", by=by, now=now)


def override_gate(
    rollout_id: int, wave: Wave, stage: Stage, *, role: Role, name: str, reason: str, by: Actor, now: datetime
) -> None:
    """Sign off against unmet criteria: needs role, name and reason, and stays visible in every report."""
    _refuse_when_locked(rollout_id, wave, stage)
    verdict = judge_stage(rollout_id, wave.id, stage, local_day(rollout_id, now))
    _decide(rollout_id, wave, stage, "override", verdict=verdict, role=role, name=name, reason=reason, by=by, now=now)


def mark_before(
    rollout_id: int, wave: Wave, stage: Stage, *, role: Role, name: str, reason: str, by: Actor, now: datetime
) -> None:
    """Mark a stage as done before Implement came: a rollout may be entered at any stage."""
    verdict = GateVerdict(open=False, criteria=())
    _decide(rollout_id, wave, stage, "before", verdict=verdict, role=role, name=name, reason=reason, by=by, now=now)


def hand_in_document(criterion: Criterion, wave: Wave, *, name: str, sha256: str, by: Actor, now: datetime) -> None:
    """Hand in a file for a document criterion."""
    if criterion.kind != CriterionKind.DOCUMENT:
        raise RuleBroken(lazy("This criterion is not decided by a document."))
    row = GateDocument(criterion_id=criterion.id, wave_id=wave.id, name=name[:255], sha256=sha256, by_id=by.id, at=now)
    db.session.add(row)
    subject = f"criterion:{criterion.id}"
    log_write("hand_in_document", subject, by=by, now=now, rollout_id=criterion.rollout_id, sha256=sha256)


def get_document(rollout_id: int, wave_id: int, stage: Stage, document_id: int) -> GateDocument:
    """One of the files handed in."""
    for document in list_documents(rollout_id, wave_id, stage):
        if document.id == document_id:
            return document
    raise NotFound(lazy("There is no such document."))


def sign_gate(
    rollout_id: int, wave_id: int, stage: Stage, *, role: Role, roles: frozenset[Role], by: Actor, now: datetime
) -> SignedBy:
    """Sign what the gate demands and the documents as they stand now."""
    content = signed_content(rollout_id, wave_id, stage)
    return sign(rollout_id, signed_subject(wave_id, stage), content, role=role, roles=roles, by=by, now=now)


def list_decisions(rollout_id: int) -> list[DecisionRow]:
    """Every sign-off with its kind and reason, for pages and reports."""
    rows = db.session.execute(
        select(
            GateDecision.stage,
            Wave.name,
            GateDecision.kind,
            GateDecision.role,
            GateDecision.name,
            GateDecision.reason,
            GateDecision.at,
        )
        .join(Wave, Wave.id == GateDecision.wave_id)
        .where(GateDecision.rollout_id == rollout_id)
        .order_by(Wave.position, GateDecision.id)
    )
    return [DecisionRow(*row) for row in rows]


def _refuse_when_locked(rollout_id: int, wave: Wave, stage: Stage) -> None:
    decided = decided_stages(rollout_id)
    if any(earlier not in decided.get(wave.id, {}) for earlier in stage.earlier):
        raise RuleBroken(lazy("An earlier stage is not signed off for this wave yet."))
    before = db.session.scalar(
        select(Wave.id)
        .where(Wave.rollout_id == rollout_id, Wave.position < wave.position)
        .order_by(Wave.position.desc())
    )
    if before is not None and stage not in decided.get(before, {}):
        raise RuleBroken(lazy("The wave before has not been signed off at this stage yet."))


def _decide(
    rollout_id: int,
    wave: Wave,
    stage: Stage,
    kind: str,
    *,
    verdict: GateVerdict,
    role: Role,
    name: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> None:
    if stage in decided_stages(rollout_id).get(wave.id, {}):
        raise RuleBroken(lazy("This stage is signed off for this wave already."))
    if kind != "opened" and not (reason.strip() and name.strip()):
        raise RuleBroken(lazy("Please give a name and a reason; both stay visible in every report."))
    if kind == "override" and role not in (Role.LEAD, Role.CONSULTANT):
        raise NotAllowed(lazy("Only the project lead or a consultant can override a gate."))
    decision = GateDecision(
        rollout_id=rollout_id,
        wave_id=wave.id,
        stage=stage,
        kind=kind,
        role=role,
        name=name.strip(),
        reason=reason.strip(),
        verdict=_keep(verdict),
        by_id=by.id,
        at=now,
    )
    db.session.add(decision)
    log_write(
        f"gate_{kind}", f"wave:{wave.id}", by=by, now=now, rollout_id=rollout_id, stage=stage, reason=reason.strip()
    )


def _keep(verdict: GateVerdict) -> dict[str, Plain]:
    """The verdict as it is kept with the decision."""
    return {"open": verdict.open, "criteria": [_keep_criterion(one) for one in verdict.criteria]}


def _keep_criterion(one: CriterionVerdict) -> Plain:
    measured: Plain = None if one.measured is None else {"value": str(one.measured.value), "n": one.measured.n}
    return {"key": one.key, "met": one.met, "reason": one.reason.value, "measured": measured}
