"""Let go of the transfer's files and rows when their period is over; names, sums, cases and signed reports stay."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.rollout.kept_classes import start_of
from implement.rollout.service.retention import Disposed, Held
from implement.stages.transfer.tables import (
    Ailment,
    DriftRun,
    HealthCheck,
    RepairFile,
    TransferFile,
    TransferRun,
    TransferTable,
)
from implement.store import Store

GONE = "gone"
"""What stands instead of the hash of a file that is no longer kept."""

RESULTS = (
    (TransferRun, TransferRun.finished_at, "findings_sha256"),
    (DriftRun, DriftRun.finished_at, "findings_sha256"),
    (HealthCheck, HealthCheck.finished_at, "rows_sha256"),
    (RepairFile, RepairFile.made_at, "sha256"),
)


def hold_files(rollout_id: int) -> Held:
    """Files and results whose rows are still kept."""
    asked = [select(func.min(at), func.count()).where(*_kept(rollout_id, table, column)) for table, at, column in (
        (TransferFile, TransferFile.added_at, "sha256"), *RESULTS,
    )]  # fmt: skip
    found = [db.session.execute(each).one() for each in asked]
    days = [at.date() for at, _count in found if at is not None]
    return Held(min(days, default=None), sum(count for _at, count in found))


def dispose_files(rollout_id: int, before: date, store: Store) -> Disposed:
    """Let go of what is older than the day; a file that is let go of is in no further comparison."""
    until = start_of(before)
    files = list(db.session.scalars(_older(rollout_id, TransferFile, TransferFile.added_at, "sha256", until)))
    gone = {one for file in files for one in _forget_file(file)}
    results = 0
    for table, at, column in RESULTS:
        for row in db.session.scalars(_older(rollout_id, table, at, column, until)):
            gone.add(str(getattr(row, column)))
            gone |= _forget_result(row, column)
            results += 1
    return Disposed(len(files) + results, frozenset(gone - {"", GONE}))


def _forget_file(file: TransferFile) -> Iterable[str]:
    tables = list(db.session.scalars(select(TransferTable).where(TransferTable.file_id == file.id)))
    gone = [file.sha256, *(one.sha256 for one in tables), *(one.sample_sha256 or "" for one in tables)]
    for one in tables:
        one.sha256, one.sample_sha256 = GONE, None
    file.sha256, file.is_in_use = f"{GONE}:{file.id}", False
    return gone


def _forget_result(row: TransferRun | DriftRun | HealthCheck | RepairFile, column: str) -> set[str]:
    """The further files behind a result, and its examples, which hold cells."""
    setattr(row, column, GONE)
    if isinstance(row, HealthCheck):
        row.inputs = [["" if len(str(one)) == 64 else one for one in each] for each in row.inputs]
        for ailment in db.session.scalars(select(Ailment).where(Ailment.check_id == row.id)):
            ailment.examples = []
    if isinstance(row, DriftRun):
        tables = [str(table.get("sha256") or "") for table in row.tables]
        row.tables = [{**table, "sha256": GONE} for table in row.tables]
        files = [str(name) for file in row.files for name in file]
        row.files = [["" if len(name) == 64 else name for name in file] for file in row.files]
        return {one for one in (*tables, *files) if len(one) == 64}
    return set()


def _older(rollout_id: int, table, at, column: str, until: datetime):  # type: ignore[no-untyped-def]
    return select(table).where(*_kept(rollout_id, table, column), at < until)


def _kept(rollout_id: int, table, column: str):  # type: ignore[no-untyped-def]
    """Rows of the rollout that still name a file."""
    named = getattr(table, column)
    return table.rollout_id == rollout_id, named.is_not(None), named.not_like(f"{GONE}%")
