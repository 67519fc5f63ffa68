"""Chains of an order: begun from one that comes with the product, from a drawn workflow, or from nothing (M76–M82)."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from implement.db import db
from implement.engine.checklist.chains import ChainTemplate, load_chains
from implement.engine.rehearsal import ChainStep
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.staff import get_team
from implement.stages.audit.service.audits import find_audit
from implement.stages.audit.service.workflows import list_workflows
from implement.stages.pilot.tables import OrderChain, OrderStep
from implement.web.texts import lazy

CHAINS = Path(__file__).parents[4] / "checklists/chains.yaml"
USUAL_CLOCK, LEAST_CLOCK, MOST_STEPS = 30, 15, 40


@dataclass(frozen=True)
class ChainStart:
    """What a chain can be begun from: `key` names it, `title` says it, with the steps it brings."""

    key: str
    title: str
    steps: tuple[ChainStep, ...]


@dataclass(frozen=True)
class ChainRow:
    """A chain as lists show it."""

    id: int
    name: str
    steps: int
    minutes: int


@cache
def read_templates() -> tuple[ChainTemplate, ...]:
    """The chains that come with the product."""
    return load_chains(CHAINS)


def list_starts(rollout_id: int, language: str) -> list[ChainStart]:
    """What a chain can be begun from: templates, and the workflows that the audit drew; an untimed step gets the usual
    clock.
    """
    shipped = [
        ChainStart(f"template:{one.id}", one.title.in_language(language), tuple(
            ChainStep(step.text.in_language(language), step.role.in_language(language), step.minutes)
            for step in one.steps
        ))
        for one in read_templates()
    ]  # fmt: skip
    audit = find_audit(rollout_id)
    drawn = [
        ChainStart(f"workflow:{row.workflow.id}", row.workflow.name, tuple(
            ChainStep(step.title, step.who, max(LEAST_CLOCK, (step.work_minutes or 0) + (step.waiting_minutes or 0)))
            if step.work_minutes else ChainStep(step.title, step.who, USUAL_CLOCK)
            for step in row.steps
        ))
        for row in (list_workflows(audit.id) if audit else [])
        if row.steps
    ]  # fmt: skip
    return shipped + drawn


def begin_chain(
    rollout_id: int, name: str, steps: tuple[ChainStep, ...], *, team_id: int | None, by: Actor, now: datetime
) -> OrderChain:
    """Begin a chain with these steps, to be changed at will."""
    if team_id is not None:
        get_team(rollout_id, team_id)
    row = OrderChain(rollout_id=rollout_id, name=name.strip(), team_id=team_id, by_name=by.name, at=now)
    db.session.add(row)
    db.session.flush()
    for position, step in enumerate(steps, start=1):
        db.session.add(OrderStep(chain_id=row.id, position=position, **vars(step)))
    _log("begin_chain", row, by=by, now=now)
    return row


def list_chains(rollout_id: int) -> list[ChainRow]:
    """Every chain with how many steps it has and how long their clocks are together."""
    rows = db.session.execute(
        select(OrderChain.id, OrderChain.name, func.count(OrderStep.id), func.coalesce(func.sum(OrderStep.minutes), 0))
        .join(OrderStep, OrderStep.chain_id == OrderChain.id, isouter=True)
        .where(OrderChain.rollout_id == rollout_id)
        .group_by(OrderChain.id, OrderChain.name)
        .order_by(OrderChain.name, OrderChain.id)
    )
    return [ChainRow(*row) for row in rows]


def get_chain(rollout_id: int, chain_id: int) -> OrderChain:
    """A chain of this rollout."""
    row: OrderChain | None = db.session.get(OrderChain, chain_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such chain."))
    return row


def list_steps(chain: OrderChain) -> list[OrderStep]:
    """The steps in their order."""
    asked = select(OrderStep).where(OrderStep.chain_id == chain.id).order_by(OrderStep.position, OrderStep.id)
    return list(db.session.scalars(asked))


def to_engine(steps: list[OrderStep]) -> tuple[ChainStep, ...]:
    """The steps as the engine runs them."""
    return tuple(ChainStep(step.title, step.role, step.minutes) for step in steps)


def add_step(chain: OrderChain, step: ChainStep, *, by: Actor, now: datetime) -> None:
    """Add a step at the end."""
    known = list_steps(chain)
    if len(known) >= MOST_STEPS:
        raise RuleBroken(lazy("A chain has at most %(most)s steps.", most=MOST_STEPS))
    if step.title.strip().casefold() in {one.title.casefold() for one in known}:
        raise RuleBroken(lazy("The chain has a step of this name already."))
    position = known[-1].position + 1 if known else 1
    row = OrderStep(chain_id=chain.id, position=position, title=step.title.strip(), role=step.role.strip())
    row.minutes = step.minutes
    db.session.add(row)
    _log("add_chain_step", chain, by=by, now=now)


def move_step(chain: OrderChain, step_id: int, *, by: Actor, now: datetime) -> None:
    """Let a step come before the one that stands before it; the first stays where it is."""
    steps = list_steps(chain)
    place = _find_place(steps, step_id)
    if place:
        one, other = steps[place], steps[place - 1]
        one.position, other.position = other.position, one.position
        _log("move_chain_step", chain, by=by, now=now)


def remove_step(chain: OrderChain, step_id: int, *, by: Actor, now: datetime) -> None:
    """Take a step out; runs that were made keep theirs."""
    steps = list_steps(chain)
    db.session.delete(steps[_find_place(steps, step_id)])
    _log("remove_chain_step", chain, by=by, now=now)


def _find_place(steps: list[OrderStep], step_id: int) -> int:
    place = next((place for place, step in enumerate(steps) if step.id == step_id), None)
    if place is None:
        raise NotFound(lazy("There is no such step."))
    return place


def _log(action: str, chain: OrderChain, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"order_chain:{chain.id}", by=by, now=now, rollout_id=chain.rollout_id)
