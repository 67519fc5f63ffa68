"""Forget who tried scenarios and who did the steps of an order; how trials went and what was late stays (R10)."""

from datetime import date, datetime

from sqlalchemy import and_, delete, func, or_, select, update

from implement.db import change_rows, db
from implement.rollout.kept_classes import start_of
from implement.rollout.service.retention import Disposed, Held
from implement.stages.pilot.tables import Defect, OrderClock, Rehearsal, Scenario, Trial
from implement.store import Store


def hold_trials(rollout_id: int) -> Held:
    """Trials and closed defects that name whoever tried."""
    tried = select(func.min(Trial.at), func.count(Trial.id)).where(*_named_trials(rollout_id))
    told = select(func.min(Defect.closed_at), func.count(Defect.id)).where(*_named_defects(rollout_id))
    return _sum_up(db.session.execute(tried).one(), db.session.execute(told).one())


def dispose_trials(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete old trials with their files; of the newest of a scenario only the result stays, for it still counts.

    Of that one the number of the account stays in the row, for every row has one; no page shows it.
    """
    old = (*_named_trials(rollout_id), Trial.at < start_of(before))
    newest = list(db.session.scalars(select(func.max(Trial.id)).group_by(Trial.scenario_id)))
    files = frozenset(db.session.scalars(select(Trial.sha256).where(*old, Trial.sha256 != "")))
    gone = change_rows(delete(Trial).where(*old, Trial.id.not_in(newest)))
    nothing = {"by_name": "", "note": "", "file_name": "", "sha256": ""}
    gone += change_rows(update(Trial).where(*old).values(**nothing))
    closed = (*_named_defects(rollout_id), Defect.closed_at < start_of(before))
    return Disposed(gone + change_rows(update(Defect).where(*closed).values(by_name="", owner_id=None)), files)


def hold_clocks(rollout_id: int) -> Held:
    """Steps of orders that name who did them, and rehearsals that name who began them."""
    done = select(func.min(OrderClock.done_at), func.count(OrderClock.id)).where(*_named_clocks(rollout_id))
    begun = select(func.min(Rehearsal.at), func.count(Rehearsal.id)).where(*_named_rehearsals(rollout_id))
    return _sum_up(db.session.execute(done).one(), db.session.execute(begun).one())


def dispose_clocks(rollout_id: int, before: date, store: Store) -> Disposed:
    """Forget who did the steps and let go of the files they were read from; the clocks and their shares stay."""
    done = (*_named_clocks(rollout_id), OrderClock.done_at < start_of(before))
    begun = (*_named_rehearsals(rollout_id), Rehearsal.at < start_of(before))
    files = frozenset(db.session.scalars(select(Rehearsal.sha256).where(*begun, Rehearsal.sha256 != "")))
    gone = change_rows(update(OrderClock).where(*done).values(done_by=""))
    return Disposed(gone + change_rows(update(Rehearsal).where(*begun).values(by_name="", sha256="")), files)


def _named_trials(rollout_id: int):  # type: ignore[no-untyped-def]
    here = select(Scenario.id).where(Scenario.rollout_id == rollout_id)
    return Trial.scenario_id.in_(here), or_(Trial.by_name != "", Trial.sha256 != "")


def _named_defects(rollout_id: int):  # type: ignore[no-untyped-def]
    named = or_(Defect.by_name != "", Defect.owner_id.is_not(None))
    return Defect.rollout_id == rollout_id, and_(Defect.closed_at.is_not(None), named)


def _named_clocks(rollout_id: int):  # type: ignore[no-untyped-def]
    here = select(Rehearsal.id).where(Rehearsal.rollout_id == rollout_id)
    return OrderClock.rehearsal_id.in_(here), OrderClock.done_by != ""


def _named_rehearsals(rollout_id: int):  # type: ignore[no-untyped-def]
    return Rehearsal.rollout_id == rollout_id, or_(Rehearsal.by_name != "", Rehearsal.sha256 != "")


def _sum_up(*rows: tuple[datetime | None, int]) -> Held:
    oldest = min((at for at, _count in rows if at), default=None)
    return Held(oldest.date() if oldest else None, sum(count for _at, count in rows))
