"""Pay documents by statute: from the end of the year they belong to, in Poland not before people have left (R10)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select

from implement.control.incentives.service.forgetting import forget_runs
from implement.control.incentives.tables import PayReduction, PayRun, PayStatement, PayStep
from implement.control.incentives.tables.runs import GONE
from implement.db import change_rows, db
from implement.rollout.service.retention import Disposed, Held
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.usage import list_staff
from implement.store import Store

UNTIL_PEOPLE_LEFT = frozenset({"PL"})
"""Laws whose period begins only with the end of the employment."""


@dataclass(frozen=True)
class Kept:
    """Documents that go together; `since` is the last day of the year from which the period counts, None: not yet."""

    since: date | None
    ids: tuple[int, ...]
    count: int


def hold_statements(rollout_id: int) -> Held:
    """Statements of runs, and from when the period of the oldest counts."""
    return _hold(_list_months(rollout_id))


def dispose_statements(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete statements, lines, objections and frozen files; a month goes together with all its adjustments."""
    return forget_runs(_list_old(_list_months(rollout_id), before))


def hold_reductions(rollout_id: int) -> Held:
    """Reductions, whatever became of them."""
    return _hold(_list_reductions(rollout_id))


def dispose_reductions(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete what happened long ago, with what the person said of it."""
    old = _list_old(_list_reductions(rollout_id), before)
    return Disposed(change_rows(delete(PayReduction).where(PayReduction.id.in_(old))))


def _list_months(rollout_id: int) -> list[Kept]:
    acted = select(PayStep.run_id, func.max(PayStep.at).label("at")).group_by(PayStep.run_id).subquery()
    here = (PayRun.rollout_id == rollout_id, PayRun.kind != "simulation", PayRun.pay_sha256.not_in(("", GONE)))
    asked = select(PayRun.id, PayRun.last_day, acted.c.at, PayStatement.person_id).where(*here)
    asked = asked.join(acted, acted.c.run_id == PayRun.id).outerjoin(PayStatement, PayStatement.run_id == PayRun.id)
    months = defaultdict(list)
    for run_id, last_day, at, person_id in db.session.execute(asked):
        months[last_day].append((run_id, max(last_day, at.date()), person_id))
    lefts = _read_lefts(rollout_id)
    return [
        Kept(
            _count_from((day for _id, day, _who in rows), [who for _id, _day, who in rows if who], lefts),
            tuple({run_id for run_id, _day, _who in rows}), len(rows),
        )
        for rows in months.values()
    ]  # fmt: skip


def _list_reductions(rollout_id: int) -> list[Kept]:
    asked = select(PayReduction.id, PayReduction.at, PayReduction.person_id)
    rows = db.session.execute(asked.where(PayReduction.rollout_id == rollout_id)).all()
    lefts = _read_lefts(rollout_id)
    return [Kept(_count_from([at.date()], [who], lefts), (key,), 1) for key, at, who in rows]


def _read_lefts(rollout_id: int) -> dict[int, date | None] | None:
    """By person when they left; None where the law does not ask for it."""
    if get_rollout(rollout_id).legal_profile not in UNTIL_PEOPLE_LEFT:
        return None
    return {one.person_id: one.left for one in list_staff(rollout_id)}


def _count_from(days: Iterable[date], people: Iterable[int], lefts: dict[int, date | None] | None) -> date | None:
    newest = max(days)
    if lefts is not None:
        left = [lefts[one] for one in people]
        if None in left:
            return None
        newest = max([newest, *(day for day in left if day)])
    return date(newest.year, 12, 31)


def _hold(kept: list[Kept]) -> Held:
    return Held(min((one.since for one in kept if one.since), default=None), sum(one.count for one in kept))


def _list_old(kept: list[Kept], before: date) -> list[int]:
    return [key for one in kept if one.since is not None and one.since < before for key in one.ids]
