"""Let go of what a run says of people: statements, lines, objections, files; that it ran, and who signed, stays.

The steps of a run are never deleted and keep its fingerprint, so that a file somebody still has can be proved.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select, update

from implement.control.incentives.service.runs import get_run, subject_of
from implement.control.incentives.tables import (
    PayCorrection,
    PayDecision,
    PayDispute,
    PayFile,
    PayLine,
    PayRun,
    PayStatement,
)
from implement.control.incentives.tables.runs import GONE
from implement.db import change_rows, db
from implement.rollout.kept_classes import start_of
from implement.rollout.service.errors import NotFound
from implement.rollout.service.files import doom_files
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.retention import Disposed, Held
from implement.store import Store
from implement.web.texts import lazy


def forget_runs(run_ids: Sequence[int]) -> Disposed:
    """Delete what these runs say of people; twice is once."""
    mine = select(PayStatement.id).where(PayStatement.run_id.in_(run_ids))
    files = _list_files(run_ids)
    gone = change_rows(delete(PayDispute).where(PayDispute.statement_id.in_(mine)))
    change_rows(update(PayLine).where(PayLine.statement_id.in_(mine)).values(adjusts_id=None))
    gone += change_rows(delete(PayLine).where(PayLine.statement_id.in_(mine)))
    for table in (PayStatement, PayDecision, PayCorrection, PayFile):
        gone += change_rows(delete(table).where(table.run_id.in_(run_ids)))
    hashes = {"plan_sha256": GONE, "basis_sha256": GONE, "pay_sha256": GONE}
    change_rows(update(PayRun).where(PayRun.id.in_(run_ids)).values(**hashes))
    return Disposed(gone, files)


def hold_simulations(rollout_id: int) -> Held:
    """Simulated runs of sheets that still name people."""
    asked = select(func.min(PayRun.at), func.count(PayRun.id)).where(*_simulations(rollout_id))
    oldest, count = db.session.execute(asked).one()
    return Held(oldest.date() if oldest else None, count)


def dispose_simulations(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete the people, sums and files of old simulations."""
    old = select(PayRun.id).where(*_simulations(rollout_id), PayRun.at < start_of(before))
    return _forget_simulations(list(db.session.scalars(old)))


def delete_simulation(rollout_id: int, run_id: int, *, by: Actor, now: datetime) -> None:
    """Delete one simulation at once; raises NotFound for any other run."""
    run = get_run(rollout_id, run_id)
    if run.kind != "simulation" or run.pay_sha256 in ("", GONE):
        raise NotFound(lazy("There is no such simulation."))
    done = _forget_simulations([run.id])
    db.session.expire(run)
    doom_files(done.files, now=now)
    log_write("delete_simulation", subject_of(run), by=by, now=now, rollout_id=rollout_id, rows=done.row_count)


def _forget_simulations(run_ids: Sequence[int]) -> Disposed:
    done = forget_runs(run_ids)
    change_rows(update(PayRun).where(PayRun.id.in_(run_ids)).values(total_minor=0))
    return done


def _list_files(run_ids: Sequence[int]) -> frozenset[str]:
    columns = (PayRun.plan_sha256, PayRun.basis_sha256, PayRun.pay_sha256)
    rows = db.session.execute(select(*columns).where(PayRun.id.in_(run_ids)))
    prepared = set(db.session.scalars(select(PayFile.sha256).where(PayFile.run_id.in_(run_ids))))
    return frozenset(prepared | {sha256 for row in rows for sha256 in row}) - {"", GONE}


def _simulations(rollout_id: int):  # type: ignore[no-untyped-def]
    kept = PayRun.pay_sha256.not_in(("", GONE))
    return PayRun.rollout_id == rollout_id, PayRun.kind == "simulation", kept
