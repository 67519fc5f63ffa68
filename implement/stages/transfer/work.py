"""Long work of the room, in the background: each job computes first and writes at the end."""

from flask import current_app

from implement.db import utc_now
from implement.engine.facts import Progress
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.errors import RuleBroken
from implement.settings import Settings
from implement.stages.transfer.service.drift import (
    DRIFT_JOB,
    compute_drift,
    find_drift_run,
    gather_drift_work,
    record_drift,
)
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.files import READ_JOB, get_file
from implement.stages.transfer.service.health import (
    HEALTH_JOB,
    compute_check,
    find_check,
    gather_tables,
    record_check,
)
from implement.stages.transfer.service.mappings import PROPOSE_JOB, compute_proposal, demand_both_sides, keep_version
from implement.stages.transfer.service.reading import compute_reading, record_reading
from implement.stages.transfer.service.repairs import (
    REPAIR_JOB,
    compute_repair,
    gather_repair,
    get_repair,
    record_repair,
)
from implement.stages.transfer.service.runs import RUN_JOB, compute_run, find_run, gather_work, record_run
from implement.stages.transfer.service.sides import list_tables_at_hand
from implement.stages.transfer.service.totals import hold_all_totals
from implement.store import Store


@runs(READ_JOB)
def read_file(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Read a file that was handed in; one that was read already is left as it is."""
    rollout_id, file_id = _rollout_of(ticket), int(str(arguments["file_id"]))
    file = get_file(rollout_id, file_id)
    sha256, name = file.sha256, file.name
    if file.state != "waiting":
        return {}
    ticket.progress(f"read {name}", 0, 0)
    reading = compute_reading(sha256, name, store=_store())
    by = get_user(ticket.created_by_id)
    record_reading(get_file(rollout_id, file_id), reading, by=by, now=utc_now())
    return {"tables": len(reading.tables), "rows": reading.rows, "faults": len(reading.remarks.faults)}


@runs(PROPOSE_JOB)
def propose_mapping(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Propose a mapping of the tables at hand and keep it as the next version."""
    rollout_id = _rollout_of(ticket)
    tables = list_tables_at_hand(rollout_id)
    try:
        demand_both_sides(tables)
    except RuleBroken as broken:
        raise JobRefused({"reason": "sides"}) from broken
    ticket.progress("propose", 0, 0)
    mapping = compute_proposal(tables, store=_store(), workshop=make_workshop(), progress=_report(ticket, "propose"))
    by = get_user(ticket.created_by_id)
    version = keep_version(rollout_id, mapping, "proposed", store=_store(), by=by, now=utc_now())
    return {"number": version.number}


@runs(RUN_JOB)
def reconcile(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Compute a frozen run and write its results, once."""
    rollout_id, run_id = _rollout_of(ticket), int(str(arguments["run_id"]))
    run = find_run(rollout_id, run_id)
    if run.finished_at is not None:
        return {}
    work = gather_work(run, store=_store())
    ticket.progress("reconcile", 0, 0)
    outcome = compute_run(work, store=_store(), workshop=make_workshop(), progress=_report(ticket, "reconcile"))
    by = get_user(ticket.created_by_id)
    record_run(find_run(rollout_id, run_id), work, outcome, store=_store(), by=by, now=utc_now())
    hold_all_totals(find_run(rollout_id, run_id), store=_store())
    return {"findings": outcome.kept.rows}


@runs(HEALTH_JOB)
def look_through_tables(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Look through the tables of a side and keep what is wrong with them, once."""
    rollout_id, check_id = _rollout_of(ticket), int(str(arguments["check_id"]))
    check = find_check(rollout_id, check_id)
    if check.finished_at is not None:
        return {}
    tables, side = gather_tables(check), check.side
    ticket.progress("health", 0, 0)
    outcome = compute_check(tables, side, store=_store(), workshop=make_workshop(), progress=_report(ticket, "health"))
    record_check(find_check(rollout_id, check_id), outcome, by=get_user(ticket.created_by_id), now=utc_now())
    return {"findings": len(outcome.report.findings)}


@runs(DRIFT_JOB)
def compare_later_export(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Hold a later export against what was transferred, once."""
    rollout_id, drift_id = _rollout_of(ticket), int(str(arguments["drift_id"]))
    drift = find_drift_run(rollout_id, drift_id)
    if drift.finished_at is not None:
        return {}
    work = gather_drift_work(drift, store=_store())
    ticket.progress("reconcile", 0, 0)
    outcome = compute_drift(work, store=_store(), workshop=make_workshop(), progress=_report(ticket, "reconcile"))
    by = get_user(ticket.created_by_id)
    record_drift(find_drift_run(rollout_id, drift_id), outcome, by=by, now=utc_now())
    return {"findings": outcome.found.count if outcome.found else 0}


@runs(REPAIR_JOB)
def make_repair(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Put repair files together, once, with a README in the language of whoever asked."""
    rollout_id, repair_id = _rollout_of(ticket), int(str(arguments["repair_id"]))
    row = get_repair(rollout_id, repair_id)
    if row.made_at is not None:
        return {}
    work = gather_repair(row, store=_store())
    by = get_user(ticket.created_by_id)
    ticket.progress("repair", 0, 0)
    language, progress = by.language or "en", _report(ticket, "repair")
    archive, contents = compute_repair(
        work, language=language, store=_store(), workshop=make_workshop(), progress=progress
    )
    record_repair(get_repair(rollout_id, repair_id), archive, contents, store=_store(), by=by, now=utc_now())
    return {}


def make_workshop() -> Workshop:
    """The engine that the settings name."""
    settings: Settings = current_app.extensions["implement_settings"]
    return Workshop(settings.engine, settings.engine_memory_mb)


def _report(ticket: JobTicket, work: str) -> Progress:
    """Tell the bar which part of which work it is in; pages say it in the reader's language."""
    return lambda step, done_rows, total_rows: ticket.progress(f"{work} {step}", done_rows, total_rows)


def _rollout_of(ticket: JobTicket) -> int:
    assert ticket.rollout_id is not None
    return ticket.rollout_id


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
