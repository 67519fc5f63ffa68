"""Rehearsals of a chain with the clocks of every step: simulated from a seed, read from a file, or live (M76–M82)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from pyarrow import parquet
from sqlalchemy import func, insert, select, update

from implement.db import change_rows, db
from implement.engine.business_time import BusinessHours
from implement.engine.intake import ROW, Fault
from implement.engine.intake.child import read_tables_in_child
from implement.engine.rehearsal import (
    ChainStep,
    OnTime,
    OrderRun,
    RunFault,
    SimulationSettings,
    StepClock,
    read_runs,
    run_clocks,
    share_by_role,
    share_by_step,
    share_of_all,
    simulate_orders,
)
from implement.engine.rehearsal.clocks import start_clock
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout, local_day, lock_rollout
from implement.stages.pilot.service.chains import get_chain, list_steps, to_engine
from implement.stages.pilot.service.hours import freeze, read_hours, thaw
from implement.stages.pilot.tables import OrderChain, OrderClock, Rehearsal
from implement.web.texts import lazy

SIMULATED, IMPORTED, LIVE, EVENTS = "simulated", "imported", "live", "events"
AFTERWARDS = timedelta(days=400)
NOBODY: Mapping[tuple[str, int], str] = {}


@dataclass(frozen=True)
class RehearsalRow:
    """A rehearsal as lists show it."""

    id: int
    chain: str
    number: int
    kind: str
    seed: int | None
    orders: int
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """What a rehearsal came to as of an instant: shares in time of all, by step and by role, and the late steps."""

    steps: tuple[ChainStep, ...]
    as_of: datetime
    whole: OnTime
    by_step: tuple[OnTime, ...]
    by_role: tuple[OnTime, ...]
    late: tuple[OrderClock, ...]
    orders: int


@dataclass(frozen=True)
class RunsFile:
    """A file of runs as it was found: the orders in it, or everything that keeps it from being taken."""

    runs: tuple[OrderRun, ...]
    faults: tuple[RunFault, ...] = ()
    unreadable: tuple[Fault, ...] = ()


def simulate(chain: OrderChain, seed: int, orders: int, first_day: date, *, by: Actor, now: datetime) -> Rehearsal:
    """Rehearse with orders drawn from the seed; the same seed, chain, hours and day give the same clocks."""
    steps, hours = _demand_steps(chain), read_hours(chain.rollout_id, first_day, chain.team_id)
    runs = simulate_orders(steps, hours, first_day, seed, SimulationSettings(orders=orders))
    row = keep_rehearsal(chain, SIMULATED, steps, hours, by=by, now=now, seed=seed)
    _keep_clocks(row, run_clocks(steps, runs, hours))
    row.judged_at = max(at for run in runs for at in run.done.values())
    return row


def read_file(chain: OrderChain, path: Path, name: str, folder: Path) -> RunsFile:
    """Read a file of runs; nothing is kept."""
    manifest = read_tables_in_child(path, folder, name=name)
    if manifest.faults or not manifest.tables:
        return RunsFile((), unreadable=manifest.faults or (Fault(name, None, None, "no_tables"),))
    table = parquet.read_table(folder / max(manifest.tables, key=lambda one: one.row_count).part)
    kept = [column for column in table.column_names if column != ROW]
    zone = get_rollout(chain.rollout_id).timezone
    runs, faults = read_runs(table.select(kept).to_pylist(), _demand_steps(chain), zone)
    return RunsFile(tuple(runs), tuple(faults))


def take_runs(chain: OrderChain, found: RunsFile, *, name: str, sha256: str, by: Actor, now: datetime) -> Rehearsal:
    """Keep what really happened, as a file told it; refused while there is a single fault."""
    if found.faults or found.unreadable or not found.runs:
        raise RuleBroken(lazy("The file has faults; nothing was taken over."))
    first = min(run.begun_at for run in found.runs)
    steps, hours = _demand_steps(chain), read_hours(chain.rollout_id, local_day(chain.rollout_id, first), chain.team_id)
    row = keep_rehearsal(chain, IMPORTED, steps, hours, by=by, now=now)
    row.file_name, row.sha256, row.judged_at = name[:255], sha256, now
    users = {(run.number, place): user for run in found.runs for place, user in run.users.items()}
    _keep_clocks(row, run_clocks(steps, found.runs, hours), users)
    return row


def start_live(chain: OrderChain, *, by: Actor, now: datetime) -> Rehearsal:
    """Let the clocks run with people from now on."""
    hours = read_hours(chain.rollout_id, local_day(chain.rollout_id, now), chain.team_id)
    return keep_rehearsal(chain, LIVE, _demand_steps(chain), hours, by=by, now=now)


def begin_order(row: Rehearsal, number: str, *, by: Actor, now: datetime) -> OrderClock:
    """A request has come: the clock of the first step starts."""
    _demand_live(row)
    known = select(OrderClock.id).where(OrderClock.rehearsal_id == row.id, OrderClock.order_number == number.strip())
    if db.session.scalar(known.limit(1)) is not None:
        raise RuleBroken(lazy("There is an order of this number already."))
    return _start(row, number.strip(), 0, by=by, now=now)


def finish_step(row: Rehearsal, clock_id: int, *, by: Actor, now: datetime) -> None:
    """A step is done: its clock stops, and the next one's starts; twice is once."""
    _demand_live(row)
    clock: OrderClock | None = db.session.get(OrderClock, clock_id)
    if clock is None or clock.rehearsal_id != row.id:
        raise NotFound(lazy("There is no such step."))
    mine = update(OrderClock).where(OrderClock.id == clock_id, OrderClock.done_at.is_(None))
    if not change_rows(mine.values(done_at=now, done_by=by.name)):
        return
    db.session.refresh(clock)
    _log("finish_order_step", row, by=by, now=now, order=clock.order_number)
    if clock.place + 1 < len(row.steps):
        _start(row, clock.order_number, clock.place + 1, by=by, now=now)


def list_rehearsals(rollout_id: int, chain_id: int | None = None) -> list[RehearsalRow]:
    """Every rehearsal, the newest first, with how many orders went through it."""
    orders = func.count(OrderClock.order_number.distinct())
    asked = (
        select(
            Rehearsal.id, OrderChain.name, Rehearsal.number, Rehearsal.kind, Rehearsal.seed, orders,
            Rehearsal.by_name, Rehearsal.at,
        )
        .join(OrderChain, OrderChain.id == Rehearsal.chain_id)
        .join(OrderClock, OrderClock.rehearsal_id == Rehearsal.id, isouter=True)
        .where(Rehearsal.rollout_id == rollout_id)
        .group_by(Rehearsal.id, OrderChain.name)
        .order_by(Rehearsal.at.desc(), Rehearsal.id.desc())
    )  # fmt: skip
    if chain_id is not None:
        asked = asked.where(Rehearsal.chain_id == chain_id)
    return [RehearsalRow(*row) for row in db.session.execute(asked)]


def get_rehearsal(rollout_id: int, rehearsal_id: int) -> Rehearsal:
    """A rehearsal of this rollout."""
    row: Rehearsal | None = db.session.get(Rehearsal, rehearsal_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such rehearsal."))
    return row


def find_newest(rollout_id: int) -> Rehearsal | None:
    """The newest rehearsal through which an order went."""
    asked = select(Rehearsal).join(OrderClock, OrderClock.rehearsal_id == Rehearsal.id)
    here = asked.where(Rehearsal.rollout_id == rollout_id).order_by(Rehearsal.at.desc(), Rehearsal.id.desc())
    found: Rehearsal | None = db.session.scalar(here.limit(1))
    return found


def list_clocks(row: Rehearsal) -> list[OrderClock]:
    """The clocks of all steps, in the order in which they started."""
    asked = select(OrderClock).where(OrderClock.rehearsal_id == row.id)
    return list(db.session.scalars(asked.order_by(OrderClock.begins_at, OrderClock.id)))


def sum_up(row: Rehearsal, now: datetime) -> Outcome:
    """What the rehearsal came to; a live one as of now, one with events as far as they are known, others as of their
    end.
    """
    steps, hours, as_of = thaw_steps(row), thaw(row.hours), row.judged_at or now
    kept = list_clocks(row)
    clocks = [StepClock(one.order_number, one.place, one.begins_at, one.due_at, one.done_at) for one in kept]
    late = tuple(one for one, clock in zip(kept, clocks, strict=True) if clock.is_late(as_of))
    return Outcome(
        steps, as_of, share_of_all(clocks, hours, as_of), tuple(share_by_step(steps, clocks, hours, as_of)),
        tuple(share_by_role(steps, clocks, hours, as_of)), late, len({one.order_number for one in kept}),
    )  # fmt: skip


def thaw_steps(row: Rehearsal) -> tuple[ChainStep, ...]:
    """The steps the rehearsal was made with."""
    kept = [one for one in row.steps if isinstance(one, dict)]
    return tuple(ChainStep(str(one["title"]), str(one["role"]), int(str(one["minutes"]))) for one in kept)


def _start(row: Rehearsal, number: str, place: int, *, by: Actor, now: datetime) -> OrderClock:
    chain = get_chain(row.rollout_id, row.chain_id)
    hours = read_hours(row.rollout_id, local_day(row.rollout_id, now), chain.team_id)
    clock = start_clock(thaw_steps(row), number, place, now, hours)
    kept = OrderClock(rehearsal_id=row.id, order_number=number, place=place, begins_at=now, due_at=clock.due_at)
    db.session.add(kept)
    _log("start_order_step", row, by=by, now=now, order=number)
    return kept


def keep_rehearsal(
    chain: OrderChain, kind: str, steps: Sequence[ChainStep], hours: BusinessHours, *, by: Actor, now: datetime,
    seed: int | None = None,
) -> Rehearsal:  # fmt: skip
    """Keep that a chain is rehearsed, with its steps and hours as they are now."""
    lock_rollout(chain.rollout_id)
    last = db.session.scalar(select(func.max(Rehearsal.number)).where(Rehearsal.chain_id == chain.id)) or 0
    row = Rehearsal(rollout_id=chain.rollout_id, chain_id=chain.id, number=last + 1, kind=kind, seed=seed)
    frozen: list[Plain] = [{"title": one.title, "role": one.role, "minutes": one.minutes} for one in steps]
    row.steps, row.hours, row.by_name, row.at = frozen, freeze(hours), by.name, now
    db.session.add(row)
    _log(f"rehearse_{kind}", row, by=by, now=now)
    return row


def _keep_clocks(row: Rehearsal, clocks: Sequence[StepClock], users: Mapping[tuple[str, int], str] = NOBODY) -> None:
    """Keep the clocks; in these runs the head was told the moment a clock ran out."""
    rows = [
        {
            "rehearsal_id": row.id, "order_number": one.number, "place": one.place, "begins_at": one.begins_at,
            "due_at": one.due_at, "done_at": one.done_at, "done_by": users.get((one.number, one.place), "")[:200],
            "told_at": one.due_at if one.is_late(one.due_at + AFTERWARDS) else None,
        }
        for one in clocks
    ]  # fmt: skip
    db.session.execute(insert(OrderClock), rows)


def _demand_steps(chain: OrderChain) -> tuple[ChainStep, ...]:
    steps = to_engine(list_steps(chain))
    if not steps:
        raise RuleBroken(lazy("The chain has no step yet."))
    return steps


def _demand_live(row: Rehearsal) -> None:
    if row.kind != LIVE:
        raise RuleBroken(lazy("Only in a live rehearsal do people begin orders and finish steps."))


def _log(action: str, row: Rehearsal, *, by: Actor, now: datetime, **said: Plain) -> None:
    db.session.flush()
    log_write(action, f"rehearsal:{row.id}", by=by, now=now, rollout_id=row.rollout_id, **said)
