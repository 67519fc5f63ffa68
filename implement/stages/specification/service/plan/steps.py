"""The plan and its steps: begun from a template, moved with its start, changed, and reported on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, func, select

from implement.db import db
from implement.engine.planning import (
    PlanTemplate,
    Step,
    UnsoundPlan,
    WorkDays,
    copy_for_waves,
    lay_out_steps,
    load_plans,
)
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import lock_rollout
from implement.stages.specification.tables.plan import PlanStep, RolloutPlan
from implement.web.texts import lazy

PLANS = Path(__file__).parents[5] / "checklists/plans.yaml"
YEARS, MOST_WAVES = 4, 20


@dataclass(frozen=True)
class StepSaid:
    """A step as it was typed in."""

    title: str
    days: int
    after: tuple[str, ...]
    began_on: date | None
    ended_on: date | None
    done_percent: int


@lru_cache(maxsize=1)
def read_templates() -> tuple[PlanTemplate, ...]:
    """The plans that come with the product."""
    return load_plans(PLANS)


def get_template(key: str) -> PlanTemplate:
    """A plan that comes with the product."""
    for one in read_templates():
        if one.id == key:
            return one
    raise NotFound(lazy("There is no such plan."))


def find_plan(rollout_id: int) -> RolloutPlan | None:
    """The plan; None before there is one."""
    found: RolloutPlan | None = db.session.get(RolloutPlan, rollout_id)
    return found


def list_steps(rollout_id: int) -> list[PlanStep]:
    """The steps in their order."""
    asked = select(PlanStep).where(PlanStep.rollout_id == rollout_id).order_by(PlanStep.position, PlanStep.id)
    return list(db.session.scalars(asked))


def get_step(rollout_id: int, step_id: int) -> PlanStep:
    """A step of this rollout."""
    row: PlanStep | None = db.session.get(PlanStep, step_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such step."))
    return row


def read_work_days(rollout_id: int, start: date) -> WorkDays:
    """The working days of the firm's calendar from the start on."""
    off = read_days_off(rollout_id, range(start.year, start.year + YEARS))
    return WorkDays(off.closed | off.of_team(None))


def begin_plan(rollout_id: int, template_key: str, *, start: date, waves: int, by: Actor, now: datetime) -> RolloutPlan:
    """Make the plan from a template, its last steps once for each wave; one on which somebody reported stays."""
    template = get_template(template_key)
    if not 1 <= waves <= MOST_WAVES:
        raise RuleBroken(lazy("A plan has 1 to 20 waves."))
    lock_rollout(rollout_id)
    if any(step.began_on for step in list_steps(rollout_id)):
        raise RuleBroken(lazy("Work on this plan has begun: change its steps instead of replacing it."))
    db.session.execute(delete(PlanStep).where(PlanStep.rollout_id == rollout_id))
    steps = copy_for_waves(template.steps, waves)
    for position, one in enumerate(steps):
        row = PlanStep(rollout_id=rollout_id, step_key=one.id, position=position, stage=one.stage, side=one.side)
        row.wave, row.days, row.after = one.wave, one.days, list(one.after)
        db.session.add(row)
    plan = find_plan(rollout_id) or RolloutPlan(rollout_id=rollout_id)
    placed = lay_out_steps([Step(one.id, one.days, one.after) for one in steps])
    end = max(one.end for one in placed.values())
    plan.template_key, plan.start, plan.by_name, plan.at = template_key, start, by.name, now
    plan.promised = read_work_days(rollout_id, start).day_after(start, end - 1)
    db.session.add(plan)
    db.session.flush()
    log_write("begin_plan", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, template=template_key)
    return plan


def move_start(plan: RolloutPlan, start: date, *, by: Actor, now: datetime) -> None:
    """Begin on another day; every date follows, and what was promised moves by as many working days."""
    steps = list_steps(plan.rollout_id)
    if any(step.began_on for step in steps):
        raise RuleBroken(lazy("Work on this plan has begun: its start cannot be moved."))
    placed = lay_out_steps(to_engine(steps))
    end = max((one.end for one in placed.values()), default=1)
    plan.start, plan.promised = start, read_work_days(plan.rollout_id, start).day_after(start, end - 1)
    db.session.flush()
    log_write("move_start", f"rollout:{plan.rollout_id}", by=by, now=now, rollout_id=plan.rollout_id)


def change_step(row: PlanStep, said: StepSaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Change a step or report on it; a circle of steps that wait for each other is refused."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this step meanwhile."), theirs=row.title, mine=said.title)
    _refuse_faulty(row, said)
    row.title, row.days, row.after = said.title.strip(), said.days, list(said.after)
    row.began_on, row.ended_on = said.began_on, said.ended_on
    row.done_percent = 100 if said.ended_on else said.done_percent
    db.session.flush()
    log_write("change_step", f"step:{row.id}", by=by, now=now, rollout_id=row.rollout_id, step=row.step_key)


def add_step(rollout_id: int, said: StepSaid, stage: str, *, by: Actor, now: datetime) -> PlanStep:
    """Add a step of one's own at the end of the list."""
    if not said.title.strip():
        raise RuleBroken(lazy("A step needs its name."))
    lock_rollout(rollout_id)
    last = db.session.scalar(select(func.max(PlanStep.position)).where(PlanStep.rollout_id == rollout_id)) or 0
    row = PlanStep(rollout_id=rollout_id, step_key=f"own_{last + 1}", position=last + 1, stage=stage, side="both")
    _refuse_faulty(row, said)
    row.title, row.days, row.after, row.wave = said.title.strip(), said.days, list(said.after), 1
    row.began_on, row.ended_on, row.done_percent = said.began_on, said.ended_on, said.done_percent
    db.session.add(row)
    db.session.flush()
    log_write("add_step", f"step:{row.id}", by=by, now=now, rollout_id=rollout_id, step=row.step_key)
    return row


def to_engine(steps: Sequence[PlanStep]) -> list[Step]:
    """The steps as the engine lays them out."""
    return [Step(row.step_key, row.days, tuple(map(str, row.after))) for row in steps]


def _refuse_faulty(row: PlanStep, said: StepSaid) -> None:
    if said.ended_on is not None and (said.began_on is None or said.began_on > said.ended_on):
        raise RuleBroken(lazy("A step ends on or after the day it began."))
    others = [step for step in to_engine(list_steps(row.rollout_id)) if step.id != row.step_key]
    try:
        lay_out_steps([*others, Step(row.step_key, said.days, said.after)])
    except UnsoundPlan as unsound:
        raise RuleBroken(lazy("These steps would wait for each other in a circle.")) from unsound
