"""Runs: each a reconciliation of frozen inputs by a frozen mapping, computed first and written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.facts import Progress, no_progress
from implement.engine.mapping import Mapping as TransferMapping
from implement.engine.reconcile import Reconciliation, reconcile
from implement.engine.value_at_risk import Outlook
from implement.jobs import Plain, enqueue_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.at_risk import find_likely
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.following import follow_cases
from implement.stages.transfer.service.keeping import KeptFindings, keep_findings, record_results
from implement.stages.transfer.service.mappings import (
    demand_both_sides,
    find_unknown_names,
    get_version,
    load_mapping,
    newest_number,
)
from implement.stages.transfer.service.sides import TableAtHand, list_run_tables, list_tables_at_hand, open_side
from implement.stages.transfer.tables import MappingVersion, RunInput, TransferRun
from implement.store import Store
from implement.web.texts import lazy

RUN_JOB = "transfer.run"
MOST_NAMED = 10


@dataclass(frozen=True)
class RunWork:
    """Everything a run needs, read before it computes, so that nobody waits for the database meanwhile."""

    run_id: int
    tables: tuple[TableAtHand, ...]
    mapping: TransferMapping


@dataclass(frozen=True)
class RunOutcome:
    """What a run computed, its findings already in the store."""

    found: Reconciliation
    kept: KeptFindings
    likely: Mapping[str, Sequence[Outlook]]
    """By table what open deals at risk without a value are likely to bring."""


def begin_run(rollout_id: int, *, store: Store, by: Actor, now: datetime, workshop: Workshop) -> TransferRun:
    """Freeze what is at hand as the next run: input hashes, newest mapping, engine, as-of time."""
    tables = list_tables_at_hand(rollout_id)
    demand_both_sides(tables)
    if not newest_number(rollout_id):
        raise RuleBroken(lazy("A mapping is needed first; have one proposed."))
    version = get_version(rollout_id, newest_number(rollout_id))
    _demand_names(load_mapping(version, store=store), tables)
    run = TransferRun(
        rollout_id=rollout_id,
        number=_newest_run_number(rollout_id) + 1,
        mapping_id=version.id,
        engine=workshop.version,
        as_of_at=now,
        begun_by_id=by.id,
    )
    db.session.add(run)
    db.session.flush()
    db.session.add_all(_freeze(run.id, table) for table in tables)
    said: dict[str, Plain] = {"number": run.number, "mapping": version.number, "engine": run.engine}
    log_write("begin_run", f"transfer_run:{run.id}", by=by, now=now, rollout_id=rollout_id, **said)
    return run


def enqueue_run(run: TransferRun, *, by: Actor, now: datetime) -> None:
    """Have the run computed in the background."""
    job = enqueue_job(RUN_JOB, rollout_id=run.rollout_id, arguments={"run_id": run.id}, by_id=by.id, now=now)
    run.job_id = job.id


def gather_work(run: TransferRun, *, store: Store) -> RunWork:
    """Read what the run is to compute with."""
    version = db.session.get_one(MappingVersion, run.mapping_id)
    return RunWork(run.id, tuple(list_run_tables(run.id)), load_mapping(version, store=store))


def compute_run(work: RunWork, *, store: Store, workshop: Workshop, progress: Progress = no_progress) -> RunOutcome:
    """Reconcile and keep the findings; touches no database."""
    with workshop.open() as backend:
        source, target = (open_side(work.tables, side, backend, store=store) for side in (SOURCE, TARGET))
        found = reconcile(source, target, work.mapping, backend, progress=progress)
    return keep_outcome(work, found, store=store)


def keep_outcome(work: RunWork, found: Reconciliation, *, store: Store) -> RunOutcome:
    """Keep the findings, and ask them what deals without a value may bring; touches no database."""
    kept = keep_findings(found, store=store)
    asked = any(risk.open.without_value for risk in found.value_at_risk)
    likely = find_likely(kept.sha256, work.mapping, work.tables, store=store) if asked else {}
    return RunOutcome(found, kept, likely)


def record_run(
    run: TransferRun, work: RunWork, outcome: RunOutcome, *, store: Store, by: Actor | None, now: datetime
) -> None:
    """Write the results of a run down and follow the cases through it; a run that is finished stays as it is."""
    if run.finished_at is not None:
        return
    record_results(run, work.mapping, outcome.found, outcome.kept, outcome.likely)
    run.finished_at = now
    said: dict[str, Plain] = {
        "number": run.number,
        "findings": run.findings,
        "harmful": run.harmful,
        "sha256": run.findings_sha256,
    }
    log_write("finish_run", f"transfer_run:{run.id}", by=by, now=now, rollout_id=run.rollout_id, **said)
    follow_cases(run, work.mapping, store=store, by=by, now=now)


def run_reconciliation(
    rollout_id: int, *, store: Store, by: Actor, now: datetime, workshop: Workshop | None = None
) -> TransferRun:
    """Begin, compute and record a run at once, without a job."""
    workshop = workshop or Workshop()
    run = begin_run(rollout_id, store=store, by=by, now=now, workshop=workshop)
    work = gather_work(run, store=store)
    record_run(run, work, compute_run(work, store=store, workshop=workshop), store=store, by=by, now=now)
    return run


def get_run(rollout_id: int, number: int) -> TransferRun:
    """A run of this rollout."""
    here = (TransferRun.rollout_id == rollout_id, TransferRun.number == number)
    run: TransferRun | None = db.session.scalar(select(TransferRun).where(*here))
    if run is None:
        raise NotFound(lazy("There is no such run."))
    return run


def find_run(rollout_id: int, run_id: int) -> TransferRun:
    """A run of this rollout by its id."""
    return get_run(rollout_id, db.session.get_one(TransferRun, run_id).number)


def get_finished_run(rollout_id: int, number: int) -> TransferRun:
    """A run of this rollout that has results."""
    run = get_run(rollout_id, number)
    if run.finished_at is None:
        raise NotFound(lazy("This run has no results yet."))
    return run


def find_newest_run(rollout_id: int) -> TransferRun | None:
    """The newest finished run, or None before the first."""
    finished = (TransferRun.rollout_id == rollout_id, TransferRun.finished_at.is_not(None))
    found: TransferRun | None = db.session.scalar(
        select(TransferRun).where(*finished).order_by(TransferRun.number.desc()).limit(1)
    )
    return found


def _newest_run_number(rollout_id: int) -> int:
    return db.session.scalar(select(func.max(TransferRun.number)).where(TransferRun.rollout_id == rollout_id)) or 0


def _demand_names(mapping: TransferMapping, tables: Sequence[TableAtHand]) -> None:
    unknown = find_unknown_names(mapping, tables)
    if unknown:
        named = ", ".join(unknown[:MOST_NAMED]) + (" …" if len(unknown) > MOST_NAMED else "")
        said = lazy(
            "The mapping names what the files do not have: %(names)s. Correct it or have it proposed anew.", names=named
        )
        raise RuleBroken(said)


def _freeze(run_id: int, table: TableAtHand) -> RunInput:
    return RunInput(
        run_id=run_id, side=table.side, name=table.name, file_name=table.file_name, file_sha256=table.file_sha256,
        table_id=table.table_id,
    )  # fmt: skip
