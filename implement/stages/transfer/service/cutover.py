"""The cutover: steps prepared from the checklist, done by somebody, the decision to go, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from implement.db import db
from implement.engine.checklist.cutover import load_cutover
from implement.engine.checklist.text import Text
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.case_list import count_unexplained
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.service.totals import count_differing
from implement.stages.transfer.tables import CutoverDecision, CutoverStep
from implement.web.texts import lazy

CUTOVER = Path(__file__).parents[4] / "checklists/cutover.yaml"
GO, NO_GO, WAY_BACK = "go", "no_go", "way_back"


@dataclass(frozen=True)
class StepTerms:
    """What is said of a step: its text, owner, planned time, and whether it belongs to the way back."""

    title: str
    owner_name: str
    planned_at: datetime | None
    is_way_back: bool


@dataclass(frozen=True)
class DecisionTerms:
    """Who decides, as what, and why; `ends_at` for the way back only."""

    kind: str
    name: str
    role: str
    reason: str
    ends_at: datetime | None = None


@cache
def proposed_texts() -> dict[str, Text]:
    """The wordings of the proposed steps by their ids."""
    return {step.id: step.text for step in load_cutover(CUTOVER)}


def prepare_cutover(rollout_id: int, *, by: Actor, now: datetime) -> None:
    """Take over the proposed steps that are not there yet."""
    known = {step.key for step in list_steps(rollout_id)}
    position = _next_position(rollout_id)
    steps = [step for step in load_cutover(CUTOVER) if step.id not in known]
    for place, step in enumerate(steps, start=position):
        db.session.add(
            CutoverStep(rollout_id=rollout_id, position=place, key=step.id, is_way_back=step.is_way_back)
        )  # fmt: skip
    db.session.flush()
    log_write("prepare_cutover", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, steps=len(steps))


def list_steps(rollout_id: int) -> list[CutoverStep]:
    """All steps, in the order in which they are to be done: by planned time where there is one."""
    asked = select(CutoverStep).where(CutoverStep.rollout_id == rollout_id)
    order = (CutoverStep.is_way_back, CutoverStep.planned_at.asc().nulls_last(), CutoverStep.position)
    return list(db.session.scalars(asked.order_by(*order)))


def add_step(rollout_id: int, terms: StepTerms, *, by: Actor, now: datetime) -> CutoverStep:
    """Add a step of one's own."""
    if not terms.title:
        raise RuleBroken(lazy("A step needs a text."))
    step = CutoverStep(rollout_id=rollout_id, position=_next_position(rollout_id))
    _fill(step, terms)
    db.session.add(step)
    db.session.flush()
    _log("add_cutover_step", step, by=by, now=now)
    return step


def change_step(step: CutoverStep, terms: StepTerms, *, by: Actor, now: datetime) -> None:
    """Correct a step; without a text of its own a proposed step shows the proposed one."""
    if not (terms.title or step.key):
        raise RuleBroken(lazy("A step needs a text."))
    _fill(step, terms)
    _log("change_cutover_step", step, by=by, now=now)


def mark_done(step: CutoverStep, *, by: Actor, now: datetime) -> None:
    """Say that a step is done; the first to say so stands."""
    if step.done_at is None:
        step.done_at, step.done_by = now, by.name
        _log("finish_cutover_step", step, by=by, now=now)


def mark_undone(step: CutoverStep, *, by: Actor, now: datetime) -> None:
    """Take back that a step is done."""
    step.done_at, step.done_by = None, ""
    _log("reopen_cutover_step", step, by=by, now=now)


def remove_step(step: CutoverStep, *, by: Actor, now: datetime) -> None:
    """Leave out a step that this cutover does not need."""
    _log("remove_cutover_step", step, by=by, now=now)
    db.session.delete(step)
    db.session.flush()


def get_step(rollout_id: int, step_id: int) -> CutoverStep:
    """A step of this rollout."""
    here = (CutoverStep.rollout_id == rollout_id, CutoverStep.id == step_id)
    step: CutoverStep | None = db.session.scalar(select(CutoverStep).where(*here))
    if step is None:
        raise NotFound(lazy("There is no such step."))
    return step


def decide(rollout_id: int, terms: DecisionTerms, *, by: Actor, now: datetime) -> CutoverDecision:
    """Decide by name, role and reason; the newest run's figures are frozen as they stand."""
    run, found, totals = find_newest_run(rollout_id), count_unexplained(rollout_id), count_differing(rollout_id)
    if run is None and terms.kind == GO:
        raise RuleBroken(lazy("Nothing has been compared yet; there is nothing to go by."))
    decision = CutoverDecision(rollout_id=rollout_id, by_id=by.id, at=now, **vars(terms))
    if run is not None:
        decision.run_number, decision.source_rows, decision.arrived = run.number, run.source_rows, run.arrived
        decision.unexplained = found.findings if found else 0
        decision.differing = totals.differing if totals else 0
    db.session.add(decision)
    db.session.flush()
    said = {"kind": terms.kind, "name": terms.name, "reason": terms.reason, "run": decision.run_number}
    log_write("decide_cutover", f"cutover_decision:{decision.id}", by=by, now=now, rollout_id=rollout_id, **said)
    return decision


def list_decisions(rollout_id: int) -> list[CutoverDecision]:
    """All decisions, the newest first."""
    asked = select(CutoverDecision).where(CutoverDecision.rollout_id == rollout_id)
    return list(db.session.scalars(asked.order_by(CutoverDecision.id.desc())))


def _next_position(rollout_id: int) -> int:
    newest = select(func.max(CutoverStep.position)).where(CutoverStep.rollout_id == rollout_id)
    return (db.session.scalar(newest) or 0) + 1


def _fill(step: CutoverStep, terms: StepTerms) -> None:
    step.title, step.owner_name = terms.title, terms.owner_name
    step.planned_at, step.is_way_back = terms.planned_at, terms.is_way_back


def _log(action: str, step: CutoverStep, *, by: Actor, now: datetime) -> None:
    said = {"step": step.title or step.key, "owner": step.owner_name}
    log_write(action, f"cutover_step:{step.id}", by=by, now=now, rollout_id=step.rollout_id, **said)
