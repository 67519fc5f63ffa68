"""Drift: what happened to the transferred records, from a later export of the CRM; computed first, written at once."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import IO, cast

import pyarrow.parquet as pq
from sqlalchemy import func, select

from implement.db import db
from implement.engine.backend import Backend
from implement.engine.drift import Drift, DriftTotals, Records, drift_table, find_drift, lost_records
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake
from implement.engine.mapping import propose_mapping
from implement.jobs import Plain, enqueue_job
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.cutover import GO, list_decisions
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.files import LONGEST_NAME, TARGET, Remarks, write_remarks
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.reading import Kept, compute_reading
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.service.sides import TableAtHand, list_run_tables, name_apart, open_side
from implement.stages.transfer.tables import DriftRun, DriftTotal, MappingVersion, TransferRun
from implement.store import Store
from implement.web.texts import lazy

DRIFT_JOB = "transfer.drift"
LATER = "later"
NOT_TRANSFERRED = ("extra", "duplicated")
"""Rows of the target in findings of these classes were born in the CRM, or are second copies: no loss when they go."""


@dataclass(frozen=True)
class DriftWork:
    """Everything the comparison needs, read before it computes; `sources` counts the old tables behind each table."""

    files: tuple[tuple[str, str], ...]
    tables: tuple[TableAtHand, ...]
    sources: Mapping[str, str]
    findings_sha256: str


@dataclass(frozen=True)
class DriftOutcome:
    """What was found, its rows already in the store; `found` is None where no file could be read."""

    found: Drift | None
    sha256: str
    tables: tuple[TableAtHand, ...]
    remarks: Remarks


def choose_run(rollout_id: int) -> int | None:
    """The number of the run that the decision to go was taken on, else of the newest; None before the first."""
    decided = next((one for one in list_decisions(rollout_id) if one.kind == GO and one.run_number), None)
    newest = find_newest_run(rollout_id)
    return decided.run_number if decided else newest.number if newest else None


def keep_upload(name: str, stream: IO[bytes], *, store: Store) -> tuple[str, str]:
    """Keep a file of the later export; its name and hash."""
    shown = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "file"
    return shown, store.put(stream).sha256


def begin_drift(
    run: TransferRun, files: Sequence[tuple[str, str]], exported_on: date, *, by: Actor, now: datetime,
    workshop: Workshop,
) -> DriftRun:  # fmt: skip
    """Freeze a later export as the next one; the same files on the same run once more are the same."""
    given = [list(one) for one in sorted(set(files))]
    newest = find_newest_drift(run.rollout_id)
    if newest is not None and (newest.run_id, newest.files) == (run.id, given):
        return newest
    number = db.session.scalar(select(func.max(DriftRun.number)).where(DriftRun.rollout_id == run.rollout_id)) or 0
    drift = DriftRun(
        rollout_id=run.rollout_id, number=number + 1, run_id=run.id, exported_on=exported_on, files=given,
        engine=workshop.version, begun_by_id=by.id, begun_at=now,
    )  # fmt: skip
    db.session.add(drift)
    db.session.flush()
    said: dict[str, Plain] = {"number": drift.number, "run": run.number, "files": [name for name, _ in given]}
    log_write("begin_drift", f"transfer_drift:{drift.id}", by=by, now=now, rollout_id=run.rollout_id, **said)
    return drift


def enqueue_drift(drift: DriftRun, *, by: Actor, now: datetime) -> None:
    """Have the later export compared in the background, once."""
    if drift.job_id is None and drift.finished_at is None:
        arguments: dict[str, Plain] = {"drift_id": drift.id}
        job = enqueue_job(DRIFT_JOB, rollout_id=drift.rollout_id, arguments=arguments, by_id=by.id, now=now)
        drift.job_id = job.id


def gather_drift_work(drift: DriftRun, *, store: Store) -> DriftWork:
    """Read what the comparison is to compute with."""
    run = db.session.get_one(TransferRun, drift.run_id)
    mapping = load_mapping(db.session.get_one(MappingVersion, run.mapping_id), store=store)
    sources = {one.source: one.target for one in mapping.tables if one.target}
    tables = [one for one in list_run_tables(run.id) if one.side == TARGET and one.name in sources.values()]
    files = tuple((name, sha256) for name, sha256 in drift.files)
    return DriftWork(files, tuple(tables), sources, run.findings_sha256 or "")


def compute_drift(
    work: DriftWork, *, store: Store, workshop: Workshop, progress: Progress = no_progress
) -> DriftOutcome:
    """Read the files, compare, and keep what was found; touches no database."""
    readings = []
    for name, sha256 in work.files:
        progress(f"read {name}", 0, 0)
        readings.append((name, sha256, compute_reading(sha256, name, store=store)))
    tables = name_apart([_at_hand(kept, n, sha) for n, sha, reading in readings for kept in reading.tables])
    remarks = Remarks(
        tuple(one for _, _, reading in readings for one in reading.remarks.faults),
        tuple(one for _, _, reading in readings for one in reading.remarks.notes),
        tuple(one for _, _, reading in readings for one in reading.remarks.skipped),
    )
    if not tables:
        return DriftOutcome(None, _keep(drift_table([]), store), (), remarks)
    with workshop.open() as backend:
        then = open_side(work.tables, TARGET, backend, store=store)
        now = open_side(tables, LATER, backend, store=store)
        found = _compare(work, then, now, backend, store, progress)
        return DriftOutcome(found, _keep(found.findings, store), tuple(tables), remarks)


def record_drift(drift: DriftRun, outcome: DriftOutcome, *, by: Actor | None, now: datetime) -> None:
    """Write down what was found; what is finished stays as it is."""
    if drift.finished_at is not None:
        return
    found = outcome.found
    drift.tables = [cast(dict[str, Plain], asdict(table)) for table in outcome.tables]
    drift.remarks = write_remarks(outcome.remarks)
    drift.missing_tables = list(found.missing_tables) if found else []
    drift.findings, drift.findings_sha256, drift.finished_at = found.count if found else 0, outcome.sha256, now
    db.session.add_all(_total(drift.id, one) for one in (found.tables if found else ()))
    said: dict[str, Plain] = {"number": drift.number, "findings": drift.findings, "sha256": outcome.sha256}
    log_write("finish_drift", f"transfer_drift:{drift.id}", by=by, now=now, rollout_id=drift.rollout_id, **said)


def find_newest_drift(rollout_id: int, *, finished: bool = False) -> DriftRun | None:
    """The newest later export, or the newest that was compared; None before the first."""
    here = [DriftRun.rollout_id == rollout_id, *([DriftRun.finished_at.is_not(None)] if finished else [])]
    found: DriftRun | None = db.session.scalar(
        select(DriftRun).where(*here).order_by(DriftRun.number.desc()).limit(1)
    )
    return found


def find_drift_run(rollout_id: int, drift_id: int) -> DriftRun:
    """A later export of this rollout by its id, compared or not."""
    return db.session.scalars(
        select(DriftRun).where(DriftRun.rollout_id == rollout_id, DriftRun.id == drift_id)
    ).one()


def get_drift(rollout_id: int, number: int) -> DriftRun:
    """A later export of this rollout that was compared."""
    here = (DriftRun.rollout_id == rollout_id, DriftRun.number == number, DriftRun.finished_at.is_not(None))
    found: DriftRun | None = db.session.scalar(select(DriftRun).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such later export."))
    return found


def list_drift_totals(drift: DriftRun) -> list[DriftTotal]:
    """The figures of each table, the largest loss first."""
    asked = select(DriftTotal).where(DriftTotal.drift_id == drift.id)
    return list(db.session.scalars(asked.order_by(DriftTotal.lost.desc(), DriftTotal.table_name)))


def list_losses(rollout_id: int) -> list[tuple[int, date, int]]:
    """All later exports that were compared: number, day of the export, losses."""
    lost = func.coalesce(func.sum(DriftTotal.lost), 0)
    asked = (
        select(DriftRun.number, DriftRun.exported_on, lost)
        .outerjoin(DriftTotal, DriftTotal.drift_id == DriftRun.id)
        .where(DriftRun.rollout_id == rollout_id, DriftRun.finished_at.is_not(None))
        .group_by(DriftRun.id, DriftRun.number, DriftRun.exported_on)
        .order_by(DriftRun.exported_on, DriftRun.number)
    )
    return [(number, on, int(count)) for number, on, count in db.session.execute(asked)]


def name_run(drift: DriftRun) -> TransferRun:
    """The run whose target the later export is compared with."""
    return db.session.get_one(TransferRun, drift.run_id)


def _compare(
    work: DriftWork, then: Intake, now: Intake, backend: Backend, store: Store, progress: Progress
) -> Drift:
    mapping = propose_mapping(then, now, backend, progress=progress)
    born = _find_born(work, backend, store)
    return find_drift(then, now, mapping, backend, born_since=born, progress=progress)


def _find_born(work: DriftWork, backend: Backend, store: Store) -> Records:
    """Rows of each table of the target that no old table brought there."""
    found = backend.read_parquet(store.path(work.findings_sha256))
    outside = found.filter(found["class"].isin(NOT_TRANSFERRED) & (found["target_row"] > 0))
    by_source: dict[str, set[int]] = {name: set() for name in work.sources}
    for row in backend.connection.to_pyarrow(outside.select("table", "target_row")).to_pylist():
        by_source[row["table"]].add(row["target_row"])
    targets: dict[str, list[set[int]]] = {}
    for name, target in work.sources.items():
        targets.setdefault(target, []).append(by_source[name])
    return {target: set.intersection(*rows) for target, rows in targets.items()}


def _at_hand(kept: Kept, file_name: str, file_sha256: str) -> TableAtHand:
    table = kept.table
    return TableAtHand(
        0, LATER, table.name, file_name, file_sha256, table.sheet, table.kind, table.encoding, table.separator,
        table.row_count, tuple(table.columns), tuple(table.nulls) if table.nulls is not None else None, kept.sha256,
        kept.sample_sha256, table.foreign_keys,
    )  # fmt: skip


def _keep(findings: object, store: Store) -> str:
    with tempfile.TemporaryDirectory(prefix="implement-drift-") as folder:
        path = Path(folder) / "drift.parquet"
        pq.write_table(findings, path, compression="zstd")
        with path.open("rb") as stream:
            return store.put(stream).sha256


def _total(drift_id: int, one: DriftTotals) -> DriftTotal:
    columns = {name: str(getattr(one.columns, name)) for name in ("owner", "changed_by", "changed_on", "deleted")}
    return DriftTotal(
        drift_id=drift_id, table_name=one.table, table_now=one.table_now, transferred=one.transferred,
        untouched=one.untouched, added=one.added, lost=lost_records(one), concerned=dict(one.concerned),
        columns=columns, pairs=[list(pair) for pair in one.pairs], missing=list(one.missing),
    )  # fmt: skip
