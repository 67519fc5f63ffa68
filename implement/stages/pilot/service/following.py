"""The clocks of a chain on real orders: the CRM's events start and stop them as they come in (M76–M82)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from implement.db import change_rows, db
from implement.engine.rehearsal import EventKind, OrdersAsked, OrdersFound, StepClock, keep_told, run_clocks
from implement.jobs import Plain
from implement.rollout.order_logs import OrderLog
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot.service.chains import get_chain, list_steps, to_engine
from implement.stages.pilot.service.hours import freeze, read_hours
from implement.stages.pilot.service.rehearsals import EVENTS, get_rehearsal, keep_rehearsal, list_clocks, thaw_steps
from implement.stages.pilot.tables import OrderChain, OrderClock, OrderFollowing, Rehearsal
from implement.store import Store
from implement.web.texts import lazy

USUAL_LOOK_BACK, LONGEST_LOOK_BACK = timedelta(days=28), timedelta(days=120)


@dataclass(frozen=True)
class Due:
    """A following whose log has changed since it was read: what is asked of it, and the edition that is to be read."""

    rollout_id: int
    rehearsal_id: int
    edition: int
    asked: OrdersAsked


def usual_first_day(today: date) -> date:
    """From which day on orders are followed unless somebody says otherwise."""
    return today - USUAL_LOOK_BACK


def choose_kinds(
    chain: OrderChain, request: EventKind | None, ends: Mapping[int, EventKind | None], *, by: Actor, now: datetime
) -> None:
    """Say by which kind of event a request is told, and by which each step's end; `ends` are by the step's id."""
    kinds = [kind for kind in ends.values() if kind is not None]
    if request is None or not kinds:
        raise RuleBroken(lazy("Say which event is the request, and of at least one step which event ends it."))
    if len({request, *kinds}) < 1 + len(kinds):
        raise RuleBroken(lazy("The request and each step need an event of their own."))
    chain.told_by = _write(request)
    for step in list_steps(chain):
        kind = ends.get(step.id)
        step.told_by = _write(kind) if kind else []
    db.session.flush()
    log_write("choose_order_events", f"order_chain:{chain.id}", by=by, now=now, rollout_id=chain.rollout_id)


def follow(
    chain: OrderChain, first_day: date, log: OrderLog, store: Store, *, by: Actor, now: datetime
) -> Rehearsal:
    """Let the CRM's events move the clocks, of orders from a day on, until it is ended; one that goes on ends."""
    today = local_day(chain.rollout_id, now)
    if not today - LONGEST_LOOK_BACK <= first_day <= today:
        raise RuleBroken(lazy("Orders can be followed from at most %(days)s days ago on.", days=LONGEST_LOOK_BACK.days))
    request, steps = read_kind(chain.told_by), list_steps(chain)
    told = {place: kind for place, step in enumerate(steps) if (kind := read_kind(step.told_by))}
    if request is None or not told:
        raise RuleBroken(lazy("Say which event is the request, and of at least one step which event ends it."))
    kinds = [request, *told.values()]
    edition, asked = log.read_edition(chain.rollout_id), _ask(kinds, first_day)
    found = log.find_orders(chain.rollout_id, asked, store)
    for open_one in _list_open(chain_id=chain.id):
        _end(open_one.rehearsal_id, now)
    row = keep_rehearsal(
        chain, EVENTS, keep_told(to_engine(steps), told), read_hours(chain.rollout_id, today, chain.team_id), by=by,
        now=now,
    )  # fmt: skip
    said: list[Plain] = [_write(kind) for kind in kinds]
    db.session.add(OrderFollowing(rehearsal_id=row.id, first_day=first_day, kinds=said, edition=-1))
    db.session.flush()
    catch_up(Due(chain.rollout_id, row.id, edition, asked), found, now=now)
    return row


def end_following(row: Rehearsal, *, by: Actor, now: datetime) -> None:
    """Let events move these clocks no more; what they told stays."""
    if _end(row.id, now):
        log_write("end_order_following", f"rehearsal:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def find_following(row: Rehearsal) -> OrderFollowing | None:
    """What a rehearsal with events asks of them; None for another one."""
    found: OrderFollowing | None = db.session.get(OrderFollowing, row.id)
    return found


def list_due(log: OrderLog) -> list[Due]:
    """Followings whose log changed since it was read, of all rollouts."""
    found = []
    for one in _list_open():
        rollout_id = db.session.scalar(select(Rehearsal.rollout_id).where(Rehearsal.id == one.rehearsal_id)) or 0
        edition = log.read_edition(rollout_id)
        if edition != one.edition:
            kinds = [kind for said in one.kinds if (kind := read_kind(said))]
            found.append(Due(rollout_id, one.rehearsal_id, edition, _ask(kinds, one.first_day)))
    return found


def catch_up(due: Due, found: OrdersFound | None, *, now: datetime) -> bool:
    """Move the clocks as the events say; False when it was ended, or another did the same, meanwhile.

    A clock that is known keeps the hours it was started with. What was late before following began is shown, and nobody
    is told of it any more.
    """
    mine = (OrderFollowing.rehearsal_id == due.rehearsal_id, OrderFollowing.ended_at.is_(None))
    claim = update(OrderFollowing).where(*mine, OrderFollowing.edition != due.edition).values(edition=due.edition)
    if not change_rows(claim):
        return False
    row = get_rehearsal(due.rollout_id, due.rehearsal_id)
    if found is None:
        return True
    chain = get_chain(row.rollout_id, row.chain_id)
    hours = read_hours(row.rollout_id, local_day(row.rollout_id, now), chain.team_id)
    row.hours, row.judged_at = freeze(hours), found.known_until
    users = {(run.number, place): user for run in found.runs for place, user in run.users.items()}
    _move_clocks(row, run_clocks(thaw_steps(row), found.runs, hours), users)
    log_write("read_order_events", f"rehearsal:{row.id}", by=None, now=now, rollout_id=row.rollout_id)
    return True


def read_kind(said: Plain) -> EventKind | None:
    """A kind of event as it is kept; None where none was chosen."""
    return EventKind(*map(str, said)) if isinstance(said, list) and said else None


def _write(kind: EventKind) -> list[Plain]:
    return [kind.thing, kind.deed, kind.stage]


def _ask(kinds: Sequence[EventKind], first_day: date) -> OrdersAsked:
    return OrdersAsked(kinds[0], dict(enumerate(kinds[1:])), first_day)


def _list_open(chain_id: int | None = None) -> list[OrderFollowing]:
    asked = select(OrderFollowing).join(Rehearsal, Rehearsal.id == OrderFollowing.rehearsal_id)
    asked = asked.where(OrderFollowing.ended_at.is_(None))
    here = asked if chain_id is None else asked.where(Rehearsal.chain_id == chain_id)
    return list(db.session.scalars(here.order_by(OrderFollowing.rehearsal_id)))


def _end(rehearsal_id: int, now: datetime) -> bool:
    mine = (OrderFollowing.rehearsal_id == rehearsal_id, OrderFollowing.ended_at.is_(None))
    return bool(change_rows(update(OrderFollowing).where(*mine).values(ended_at=now)))


def _move_clocks(row: Rehearsal, clocks: Sequence[StepClock], users: Mapping[tuple[str, int], str]) -> None:
    known = {(one.order_number, one.place): one for one in list_clocks(row)}
    said, orders = {(one.number, one.place) for one in clocks}, {one.number for one in clocks}
    for one in clocks:
        kept = known.get((one.number, one.place)) or OrderClock(
            rehearsal_id=row.id, order_number=one.number, place=one.place, done_by=""
        )
        _move(kept, one, row.at, users.get((one.number, one.place), "")[:200])
        db.session.add(kept)
    for order, place in known.keys() - said:
        if order in orders:
            db.session.delete(known[order, place])
    db.session.flush()


def _move(kept: OrderClock, said: StepClock, followed_from: datetime, user: str) -> None:
    if kept.begins_at != said.begins_at:
        kept.begins_at, kept.due_at = said.begins_at, said.due_at
    if kept.done_at != said.done_at:
        kept.done_at, kept.done_by = said.done_at, user
    if kept.told_at is None and kept.due_at < followed_from and said.is_late(followed_from):
        kept.told_at = kept.due_at
