"""Workflows of the firm: write them down step by step, order the steps, mark what must be settled first (M6, M95)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.checklist import Pack
from implement.engine.workflow import WorkflowSums, WorkStep, sum_workflow
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.audits import lock_audit
from implement.stages.audit.service.workflow_findings import forget_disorder, note_disorder
from implement.stages.audit.tables import Audit, Workflow, WorkflowStep
from implement.web.texts import lazy

MOST_STEPS = 100


@dataclass(frozen=True)
class WorkflowText:
    """What is typed about a workflow: its name, how often it runs a month, what an hour of it costs."""

    name: str
    is_wanted: bool = False
    runs_per_month: int | None = None
    hour_cost_minor: int | None = None


@dataclass(frozen=True)
class StepText:
    """What is typed about a step; `place` is the program, paper or mailbox in which it is done."""

    title: str
    who: str
    place: str = ""
    work_minutes: int | None = None
    waiting_minutes: int | None = None
    is_unclear: bool = False


@dataclass(frozen=True)
class WorkflowRow:
    """A workflow with its steps in their order and what they add up to."""

    workflow: Workflow
    steps: tuple[WorkflowStep, ...]
    sums: WorkflowSums


def list_workflows(audit_id: int) -> list[WorkflowRow]:
    """The workflows that stand, by name, each as it runs before as it should run; in two queries."""
    here = (Workflow.audit_id == audit_id, Workflow.removed_at.is_(None))
    found = db.session.scalars(select(Workflow).where(*here).order_by(Workflow.name, Workflow.is_wanted, Workflow.id))
    steps = select(WorkflowStep).join(Workflow).where(*here, WorkflowStep.removed_at.is_(None))
    by_workflow: dict[int, list[WorkflowStep]] = {}
    for step in db.session.scalars(steps.order_by(WorkflowStep.position, WorkflowStep.id)):
        by_workflow.setdefault(step.workflow_id, []).append(step)
    return [_sum_up(row, by_workflow.get(row.id, [])) for row in found]


def get_workflow(audit: Audit, workflow_id: int) -> Workflow:
    """One workflow of this audit, also one taken away."""
    found: Workflow | None = db.session.get(Workflow, workflow_id)
    if found is None or found.audit_id != audit.id:
        raise NotFound(lazy("There is no such workflow."))
    return found


def read_workflow(row: Workflow) -> WorkflowRow:
    """The workflow with its steps and sums."""
    return _sum_up(row, _list_steps(row.id))


def get_step(row: Workflow, step_id: int) -> WorkflowStep:
    """One step of this workflow, also one taken away."""
    found: WorkflowStep | None = db.session.get(WorkflowStep, step_id)
    if found is None or found.workflow_id != row.id:
        raise NotFound(lazy("There is no such step."))
    return found


def add_workflow(audit: Audit, text: WorkflowText, *, by: Actor, now: datetime) -> Workflow:
    """Begin a workflow without any step."""
    row = Workflow(audit_id=audit.id)
    _write(row, text, by=by, now=now)
    db.session.add(row)
    db.session.flush()
    _log(audit, "add_workflow", row, by=by, now=now)
    return row


def change_workflow(
    audit: Audit, pack: Pack, row: Workflow, text: WorkflowText, *, version: int | None, by: Actor, now: datetime
) -> None:
    """Change the name, how often it runs and what an hour costs; nobody's change is overwritten unseen."""
    lock_audit(audit)
    db.session.refresh(row)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this workflow meanwhile."), theirs=row.name, mine=text.name)
    _write(row, text, by=by, now=now)
    _settle(audit, pack, row, "change_workflow", by=by, now=now)


def copy_as_wanted(audit: Audit, row: Workflow, *, by: Actor, now: datetime) -> Workflow:
    """Begin from today's workflow the one as it should run; copied before, it is that copy."""
    lock_audit(audit)
    known = (Workflow.copied_from_id == row.id, Workflow.removed_at.is_(None))
    copy: Workflow | None = db.session.scalar(select(Workflow).where(*known).limit(1))
    if copy is not None:
        return copy
    copy = Workflow(audit_id=audit.id, copied_from_id=row.id)
    _write(copy, WorkflowText(row.name, True, row.runs_per_month, row.hour_cost_minor), by=by, now=now)
    db.session.add(copy)
    db.session.flush()
    for step in _list_steps(row.id):
        kept = ("position", "title", "who", "place", "work_minutes", "waiting_minutes")
        db.session.add(WorkflowStep(workflow_id=copy.id, **{name: getattr(step, name) for name in kept}))
    _log(audit, "copy_workflow", copy, by=by, now=now)
    return copy


def remove_workflow(audit: Audit, pack: Pack, row: Workflow, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a workflow away with the finding made of it, or with `is_back` put it back."""
    row.removed_at = None if is_back else now
    _settle(audit, pack, row, "restore_workflow" if is_back else "remove_workflow", by=by, now=now)


def mark_unclear(audit: Audit, pack: Pack, row: Workflow, because: str, *, by: Actor, now: datetime) -> None:
    """Say why the workflow has to be put in order before it is automated, or with an empty reason that it is clear."""
    row.unclear_because = because.strip()
    _settle(audit, pack, row, "mark_workflow", by=by, now=now)


def add_step(audit: Audit, pack: Pack, row: Workflow, text: StepText, *, by: Actor, now: datetime) -> WorkflowStep:
    """Add a step at the end."""
    lock_audit(audit)
    last, count = db.session.execute(
        select(func.max(WorkflowStep.position), func.count()).where(WorkflowStep.workflow_id == row.id)
    ).one()
    if count >= MOST_STEPS:
        raise RuleBroken(lazy("A workflow has at most 100 steps; cut it into two."))
    step = WorkflowStep(workflow_id=row.id, position=(last or 0) + 1)
    _write_step(step, text)
    db.session.add(step)
    _settle(audit, pack, row, "add_step", by=by, now=now)
    return step


def change_step(
    audit: Audit, pack: Pack, row: Workflow, step: WorkflowStep, text: StepText, *, by: Actor, now: datetime
) -> None:
    """Change what a step says."""
    _write_step(step, text)
    _settle(audit, pack, row, "change_step", by=by, now=now)


def move_step(audit: Audit, row: Workflow, step: WorkflowStep, *, is_up: bool, by: Actor, now: datetime) -> None:
    """Let a step change places with the one before, or after; the first stays first, the last last."""
    lock_audit(audit)
    steps = _list_steps(row.id)
    here = next((place for place, one in enumerate(steps) if one.id == step.id), 0)
    there = here - 1 if is_up else here + 1
    if 0 <= there < len(steps):
        steps[here], steps[there] = steps[there], steps[here]
    for position, one in enumerate(steps, 1):
        one.position = position
    _log(audit, "move_step", row, by=by, now=now)


def remove_step(
    audit: Audit, pack: Pack, row: Workflow, step: WorkflowStep, *, is_back: bool, by: Actor, now: datetime
) -> None:
    """Take a step away, or with `is_back` put it back where it stood."""
    step.removed_at = None if is_back else now
    _settle(audit, pack, row, "restore_step" if is_back else "remove_step", by=by, now=now)


def _list_steps(workflow_id: int) -> list[WorkflowStep]:
    steps = select(WorkflowStep).where(WorkflowStep.workflow_id == workflow_id, WorkflowStep.removed_at.is_(None))
    return list(db.session.scalars(steps.order_by(WorkflowStep.position, WorkflowStep.id)))


def _sum_up(row: Workflow, steps: Sequence[WorkflowStep]) -> WorkflowRow:
    plain = [WorkStep(one.title, one.who, one.work_minutes, one.waiting_minutes, one.is_unclear) for one in steps]
    return WorkflowRow(row, tuple(steps), sum_workflow(plain))


def _write(row: Workflow, text: WorkflowText, *, by: Actor, now: datetime) -> None:
    row.name, row.is_wanted = " ".join(text.name.split()), text.is_wanted
    row.runs_per_month, row.hour_cost_minor = text.runs_per_month, text.hour_cost_minor
    row.by_name, row.at = by.name, now


def _write_step(step: WorkflowStep, text: StepText) -> None:
    step.title, step.who, step.place = (" ".join(one.split()) for one in (text.title, text.who, text.place))
    step.work_minutes, step.waiting_minutes = text.work_minutes, text.waiting_minutes
    step.is_unclear = text.is_unclear


def _settle(audit: Audit, pack: Pack, row: Workflow, action: str, *, by: Actor, now: datetime) -> None:
    """Keep the finding on the disorder in step with the workflow, then log."""
    db.session.flush()
    if row.unclear_because and row.removed_at is None:
        note_disorder(audit, pack, row, read_workflow(row).sums, by=by, now=now)
    else:
        forget_disorder(audit, pack, row, by=by, now=now)
    _log(audit, action, row, by=by, now=now)


def _log(audit: Audit, action: str, row: Workflow, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"workflow:{row.id}", by=by, now=now, rollout_id=audit.rollout_id, name=row.name)
