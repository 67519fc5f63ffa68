"""Gates per wave: what a stage demands, what of it is met, and the three ways past it.

A stage can be signed off for a wave when the earlier stages are, and the same stage for the wave before; looking and
uploading are never locked.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from implement.db import db
from implement.engine.criteria import (
    CriterionKind,
    CriterionTerms,
    Facts,
    GateVerdict,
    MeasuredFact,
    judge_gate,
)
from implement.jobs import Plain
from implement.rollout.registries import Measure, Withheld, registries
from implement.rollout.service.defaults import default_criteria, write_terms
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import log_write
from implement.rollout.service.signatures import hash_bytes, list_signatures
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.stages import Stage
from implement.rollout.tables import Criterion, GateDecision, GateDocument, Rollout, Wave
from implement.web.texts import lazy

PASSED = ("done", "before")


@dataclass(frozen=True)
class StageState:
    """How a stage stands for a wave: done, before, open, blocked (by so many criteria) or locked."""

    stage: Stage
    wave_id: int
    state: str
    open_criteria: int = 0
    overridden: bool = False


def lay_out_criteria(rollout_id: int) -> None:
    """Give a new rollout the default criteria of every stage."""
    for position, one in enumerate(default_criteria()):
        kept = {"key": one.terms.key, "kind": one.terms.kind, "terms": write_terms(one)}
        db.session.add(Criterion(rollout_id=rollout_id, stage=one.stage, position=position, **kept))


def complete_criteria(*, now: datetime) -> int:
    """Give older rollouts the default criteria that came after them, at stages some wave has still to pass.

    Returns how many were added; what a rollout changed or passed stays as it is.
    """
    added = 0
    for rollout_id, known in _list_known().items():
        missing = [
            (position, one)
            for position, one in enumerate(default_criteria())
            if (one.stage, one.terms.key) not in known and _is_still_to_pass(rollout_id, one.stage)
        ]
        for position, one in missing:
            kept = {"key": one.terms.key, "kind": one.terms.kind, "terms": write_terms(one)}
            db.session.add(Criterion(rollout_id=rollout_id, stage=one.stage, position=position, **kept))
        if missing:
            keys: list[Plain] = [one.terms.key for _position, one in missing]
            subject = f"rollout:{rollout_id}"
            log_write("complete_criteria", subject, by=None, now=now, rollout_id=rollout_id, keys=keys)
        added += len(missing)
    return added


def _list_known() -> dict[int, set[tuple[str, str]]]:
    """The criteria of each rollout by stage and key."""
    found: dict[int, set[tuple[str, str]]] = {one: set() for one in db.session.scalars(select(Rollout.id))}
    for rollout_id, stage, key in db.session.execute(select(Criterion.rollout_id, Criterion.stage, Criterion.key)):
        found[rollout_id].add((stage, key))
    return found


def _is_still_to_pass(rollout_id: int, stage: str) -> bool:
    waves = db.session.scalars(select(Wave.id).where(Wave.rollout_id == rollout_id))
    decided = decided_stages(rollout_id)
    return any(stage not in decided.get(wave_id, {}) for wave_id in waves)


def list_criteria(rollout_id: int, stage: Stage) -> list[Criterion]:
    """What the gate of the stage demands, in order."""
    here = (Criterion.rollout_id == rollout_id, Criterion.stage == stage)
    return list(db.session.scalars(select(Criterion).where(*here).order_by(Criterion.position, Criterion.id)))


def judge_stage(rollout_id: int, wave_id: int, stage: Stage, today: date) -> GateVerdict:
    """Compute the gate: documents handed in, roles that signed what stands now, measures asked of the rooms."""
    criteria = list_criteria(rollout_id, stage)
    terms = [read_terms(criterion) for criterion in criteria]
    documents = _list_documents(wave_id, criteria)
    handed_in = {document.criterion_id for document in documents}
    content = _write_sheet(rollout_id, wave_id, stage, criteria, documents)
    signed = list_signatures(rollout_id, signed_subject(wave_id, stage), hash_bytes(content))
    facts = replace(
        _measure_facts(rollout_id, wave_id, terms, today),
        documents=frozenset(c.key for c in criteria if c.id in handed_in),
        signed_roles=frozenset(row.role for row in signed),
    )
    return judge_gate(terms, facts)


def judge_measures(rollout_id: int, wave_id: int, terms: Sequence[CriterionTerms], today: date) -> GateVerdict:
    """Judge criteria that rest on measures alone, as a room holds them against a wave."""
    return judge_gate(terms, _measure_facts(rollout_id, wave_id, terms, today))


def judge_rail(rollout_id: int, today: date, wave_id: int | None = None) -> list[StageState]:
    """The state of the five stages for the wave, else for the first wave that has not passed them all.

    Only the stage whose turn it is gets computed; the ones behind it, and those that the wave before has not passed,
    are locked.
    """
    return while_unchanged(("rail", rollout_id, today, wave_id), lambda: _judge_rail(rollout_id, today, wave_id))


def _judge_rail(rollout_id: int, today: date, wave_id: int | None) -> list[StageState]:
    decided = decided_stages(rollout_id)
    waves = list(db.session.scalars(select(Wave.id).where(Wave.rollout_id == rollout_id).order_by(Wave.position)))
    current = wave_id or next((w for w in waves if len(decided.get(w, {})) < len(Stage)), waves[-1])
    place = waves.index(current)
    passed_before = decided.get(waves[place - 1], {}) if place else dict.fromkeys(Stage, "")
    states: list[StageState] = []
    for stage in Stage:
        kind = decided.get(current, {}).get(stage)
        may_pass = stage in passed_before and all(row.state in PASSED for row in states)
        states.append(_stand(rollout_id, current, stage, kind, may_pass=may_pass, today=today))
    return states


def _stand(rollout_id: int, wave_id: int, stage: Stage, kind: str | None, *, may_pass: bool, today: date) -> StageState:
    if kind is not None:
        state = "before" if kind == "before" else "done"
        return StageState(stage, wave_id, state, overridden=kind == "override")
    if not may_pass:
        return StageState(stage, wave_id, "locked")
    unmet = len(judge_stage(rollout_id, wave_id, stage, today).unmet)
    return StageState(stage, wave_id, "blocked" if unmet else "open", unmet)


def get_criterion(rollout_id: int, criterion_id: int) -> Criterion:
    """A criterion of this rollout."""
    here = (Criterion.id == criterion_id, Criterion.rollout_id == rollout_id)
    criterion: Criterion | None = db.session.scalar(select(Criterion).where(*here))
    if criterion is None:
        raise NotFound(lazy("There is no such criterion."))
    return criterion


def list_documents(rollout_id: int, wave_id: int, stage: Stage) -> list[GateDocument]:
    """The files handed in for the wave at this stage."""
    return _list_documents(wave_id, list_criteria(rollout_id, stage))


def signed_subject(wave_id: int, stage: Stage) -> str:
    """What a signature at a gate refers to."""
    return f"gate:{wave_id}:{stage}"


def signed_content(rollout_id: int, wave_id: int, stage: Stage) -> bytes:
    """The exact bytes signed at a gate: canonical JSON of its criteria and the hashes of the documents handed in.

    A criterion or document that changes later makes earlier signatures void.
    """
    criteria = list_criteria(rollout_id, stage)
    return _write_sheet(rollout_id, wave_id, stage, criteria, _list_documents(wave_id, criteria))


def _write_sheet(
    rollout_id: int, wave_id: int, stage: Stage, criteria: Sequence[Criterion], documents: Sequence[GateDocument]
) -> bytes:
    demanded = [{"key": c.key, "kind": c.kind, "terms": c.terms} for c in criteria]
    hashes = sorted(document.sha256 for document in documents)
    sheet = {"rollout": rollout_id, "wave": wave_id, "stage": stage.value, "criteria": demanded, "documents": hashes}
    return json.dumps(sheet, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def read_terms(criterion: Criterion) -> CriterionTerms:
    """A stored criterion as the engine judges it."""
    terms = criterion.terms
    roles = terms.get("roles") or []
    return CriterionTerms(
        key=criterion.key,
        kind=CriterionKind(criterion.kind),
        roles=tuple(str(role) for role in roles) if isinstance(roles, list) else (),
        measure=str(terms.get("measure") or ""),
        comparison=str(terms.get("comparison") or "="),
        threshold=Fraction(str(terms.get("threshold") or "0")),
        least_n=int(str(terms.get("least_n") or 1)),
    )


def _measure_facts(rollout_id: int, wave_id: int, terms: Sequence[CriterionTerms], today: date) -> Facts:
    """What the rooms say to the measures that the criteria name."""
    known, names = registries().measures, {one.measure for one in terms if one.measure}
    asked = [(name, known[name].compute(rollout_id, wave_id, today)) for name in sorted(names) if name in known]
    return Facts(
        measures={name: MeasuredFact(found.value, found.n) for name, found in asked if isinstance(found, Measure)},
        withheld=frozenset(name for name, found in asked if isinstance(found, Withheld)),
    )


def _list_documents(wave_id: int, criteria: Sequence[Criterion]) -> list[GateDocument]:
    here = (GateDocument.wave_id == wave_id, GateDocument.criterion_id.in_([criterion.id for criterion in criteria]))
    return list(db.session.scalars(select(GateDocument).where(*here).order_by(GateDocument.id)))


def decided_stages(rollout_id: int) -> dict[int, dict[str, str]]:
    """How each stage of each wave was signed off: wave id → stage → kind."""
    rows = db.session.execute(
        select(GateDecision.wave_id, GateDecision.stage, GateDecision.kind).where(GateDecision.rollout_id == rollout_id)
    )
    decided: dict[int, dict[str, str]] = {}
    for wave_id, stage, kind in rows:
        decided.setdefault(wave_id, {})[stage] = kind
    return decided
