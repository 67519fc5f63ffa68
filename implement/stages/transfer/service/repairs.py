"""Repair files of a run or of a case: asked for, put together in the background, kept, handed out unchanged."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import select

from implement.db import db
from implement.engine.facts import Progress, no_progress
from implement.engine.mapping import Mapping
from implement.engine.repair import Repair, build_repair
from implement.engine.repair.files import Layout, name_tables
from implement.jobs import Plain, enqueue_job
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.repair_words import write_readme
from implement.stages.transfer.service.case_steps import SETTLED
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.repair_archive import write_archive
from implement.stages.transfer.service.runs import gather_work
from implement.stages.transfer.service.sides import TableAtHand, open_side
from implement.stages.transfer.tables import Case, CaseSighting, Discrepancy, RepairFile, TransferRun
from implement.store import Store
from implement.web.texts import in_language, lazy

REPAIR_JOB = "transfer.repair"


@dataclass(frozen=True)
class Choice:
    """Which findings are to be repaired: those of some discrepancies or places only, or all but some."""

    discrepancies: frozenset[int]
    places: frozenset[int]
    is_all_but: bool


@dataclass(frozen=True)
class RepairWork:
    """Everything a repair needs, read before it computes."""

    findings_sha256: str
    run_number: int
    tables: tuple[TableAtHand, ...]
    mapping: Mapping
    choice: Choice


@dataclass(frozen=True)
class RepairRow:
    """A repair as lists show it."""

    id: int
    run_number: int
    case_number: int | None
    asked_at: datetime
    made_at: datetime | None


def ask_for_repair(run: TransferRun, case: Case | None, *, by: Actor, now: datetime) -> RepairFile:
    """Have the repair files of a run, or of one case in it, put together in the background."""
    row = _note(run, case, by=by, now=now)
    job = enqueue_job(REPAIR_JOB, rollout_id=run.rollout_id, arguments={"repair_id": row.id}, by_id=by.id, now=now)
    row.job_id = job.id
    return row


def make_repair(
    run: TransferRun, *, store: Store, workshop: Workshop, by: Actor, now: datetime, language: str = "en"
) -> RepairFile:
    """Put the repair files of a run together at once, without a job."""
    row = _note(run, None, by=by, now=now)
    work = gather_repair(row, store=store)
    archive, contents = compute_repair(work, language=language, store=store, workshop=workshop)
    record_repair(row, archive, contents, store=store, by=by, now=now)
    return row


def _note(run: TransferRun, case: Case | None, *, by: Actor, now: datetime) -> RepairFile:
    row = RepairFile(
        rollout_id=run.rollout_id, run_id=run.id, case_id=case.id if case else None, asked_by_id=by.id, asked_at=now
    )
    db.session.add(row)
    db.session.flush()
    said: dict[str, Plain] = {"run": run.number, "case": case.number if case else None}
    log_write("ask_for_repair", f"transfer_repair:{row.id}", by=by, now=now, rollout_id=run.rollout_id, **said)
    return row


def gather_repair(row: RepairFile, *, store: Store) -> RepairWork:
    """Read what the repair is to be put together from."""
    run = db.session.get_one(TransferRun, row.run_id)
    work = gather_work(run, store=store)
    return RepairWork(run.findings_sha256 or "", run.number, work.tables, work.mapping, _choose(run, row.case_id))


def compute_repair(
    work: RepairWork, *, language: str, store: Store, workshop: Workshop, progress: Progress = no_progress
) -> tuple[bytes, dict[str, Plain]]:
    """Put the archive together, its README in a language, and say what it holds; touches no database."""
    findings = pq.read_table(store.path(work.findings_sha256))
    with workshop.open() as backend:
        source, target = (open_side(work.tables, side, backend, store=store) for side in (SOURCE, TARGET))
        wanted = _pick(findings, work.choice)
        repair = build_repair(findings, source, target, work.mapping, backend, wanted=wanted, progress=progress)
    layouts = {one.name: _layout_of(one) for one in work.tables if one.side == TARGET}
    with in_language(language):
        readme = write_readme(repair, run_number=work.run_number)
    return write_archive(repair, readme, layouts), _describe(repair)


def record_repair(
    row: RepairFile, archive: bytes, contents: dict[str, Plain], *, store: Store, by: Actor | None, now: datetime
) -> None:
    """Keep the archive; a repair that is made stays as it is."""
    if row.made_at is not None:
        return
    row.sha256, row.contents, row.made_at = store.put(io.BytesIO(archive)).sha256, contents, now
    said: dict[str, Plain] = {"sha256": row.sha256}
    log_write("make_repair", f"transfer_repair:{row.id}", by=by, now=now, rollout_id=row.rollout_id, **said)


def get_repair(rollout_id: int, repair_id: int) -> RepairFile:
    """A repair of this rollout."""
    here = (RepairFile.rollout_id == rollout_id, RepairFile.id == repair_id)
    found: RepairFile | None = db.session.scalar(select(RepairFile).where(*here))
    if found is None:
        raise NotFound(lazy("There are no such repair files."))
    return found


def name_repair(row: RepairFile) -> RepairRow:
    """A repair by the numbers of its run and case."""
    return next(one for one in list_repairs(row.rollout_id) if one.id == row.id)


def list_repairs(rollout_id: int, run_id: int | None = None) -> list[RepairRow]:
    """The repairs that were asked for, the newest first."""
    asked = (
        select(RepairFile.id, TransferRun.number, Case.number, RepairFile.asked_at, RepairFile.made_at)
        .join(TransferRun, TransferRun.id == RepairFile.run_id)
        .outerjoin(Case, Case.id == RepairFile.case_id)
        .where(RepairFile.rollout_id == rollout_id)
        .order_by(RepairFile.id.desc())
    )
    if run_id is not None:
        asked = asked.where(RepairFile.run_id == run_id)
    return [RepairRow(*row) for row in db.session.execute(asked)]


def open_member(row: RepairFile, place: int, *, store: Store) -> tuple[str, bytes]:
    """One file of the archive by its place: its name and its content."""
    if row.sha256 is None:
        raise NotFound(lazy("There are no such repair files."))
    with zipfile.ZipFile(store.path(row.sha256)) as archive:
        names = archive.namelist()
        if not 0 < place <= len(names):
            raise NotFound(lazy("There are no such repair files."))
        return names[place - 1], archive.read(names[place - 1])


def list_members(row: RepairFile, *, store: Store) -> list[tuple[int, str, int]]:
    """The files of the archive: place, name, size in bytes."""
    if row.sha256 is None:
        return []
    with zipfile.ZipFile(store.path(row.sha256)) as archive:
        return [(place, one.filename, one.file_size) for place, one in enumerate(archive.infolist(), start=1)]


def _choose(run: TransferRun, case_id: int | None) -> Choice:
    """The findings of one case as the run saw it; of a run, all outside explained and waived cases."""
    asked = (
        select(Discrepancy.number, CaseSighting.place)
        .join(Discrepancy, Discrepancy.id == CaseSighting.discrepancy_id)
        .join(Case, Case.id == CaseSighting.case_id)
        .where(CaseSighting.run_id == run.id)
    )
    only = Case.id == case_id if case_id is not None else Case.state.in_(SETTLED)
    rows = db.session.execute(asked.where(only)).all()
    whole = frozenset(number for number, place in rows if place is None)
    places = frozenset(place for _number, place in rows if place is not None)
    return Choice(whole, places, case_id is None)


def _layout_of(table: TableAtHand) -> Layout:
    """How the CRM wrote the export of a table."""
    return Layout(table.separator or ",", table.encoding or "utf-8")


def _pick(findings: pa.Table, choice: Choice) -> pa.Table:
    named = pc.or_(
        pc.is_in(findings.column("discrepancy"), pa.array(sorted(choice.discrepancies), pa.int32())),
        pc.is_in(findings.column("place"), pa.array(sorted(choice.places), pa.int64())),
    )
    return findings.filter(pc.invert(named) if choice.is_all_but else named)


def _describe(repair: Repair) -> dict[str, Plain]:
    tables: list[Plain] = [
        {"file": f"{name}.csv", "kind": table.kind, "target": table.target, "rows": table.count}
        for name, table in name_tables("import", repair.tables)
    ]
    left: list[Plain] = [[*key, count] for key, count in repair.count_left_out().items()]
    return {"tables": tables, "left_out": left}
