"""The jobs of the room: a month goes from actuals to files for payroll, or is refused with what is missing; its files
are prepared anew where the payroll office says something else since.
"""

from collections.abc import Callable

from flask import current_app

from implement.control.incentives.service.adjusting import compute_adjustment
from implement.control.incentives.service.computing import RunLacks, compute_run, gather_run, write_lacks
from implement.control.incentives.service.office import read_office
from implement.control.incentives.service.payroll import list_kept
from implement.control.incentives.service.preparing import keep_files, prepare_files, read_edition
from implement.control.incentives.service.runs import COMPUTE_JOB, PREPARE_JOB, PREPARED_STATES, get_run
from implement.control.incentives.tables import PayRun
from implement.db import db, utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.people import list_payees
from implement.store import Store

GATHER, FILES = "gather", "files"
KINDS = (COMPUTE_JOB, PREPARE_JOB)


@runs(COMPUTE_JOB)
def compute_pay(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Compute a draft; a run that is past its draft already stays as it is, so that twice is once."""
    rollout_id, run_id = ticket.rollout_id, int(str(arguments["run_id"]))
    if rollout_id is None:
        raise JobRefused({"missing": [], "count": 0})
    run = get_run(rollout_id, run_id)
    if run.state != "draft":
        return {"run": run_id}
    try:
        count = _adjust(ticket, run) if run.kind == "adjustment" else _compute(ticket, run)
    except RunLacks as lacking:
        raise JobRefused(write_lacks(lacking.lacks, list_payees(rollout_id))) from lacking
    return {"run": run_id, "statements": count}


@runs(PREPARE_JOB)
def prepare_pay(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Prepare the files of a computed run anew; files that fit already stay as they are, so that twice is once."""
    rollout_id, run_id = ticket.rollout_id, int(str(arguments["run_id"]))
    if rollout_id is None:
        raise JobRefused({"missing": [], "count": 0})
    run = get_run(rollout_id, run_id)
    if run.state not in PREPARED_STATES or not read_edition(run).is_stale:
        return {"run": run_id}
    office, pay_sha256 = read_office(rollout_id), run.pay_sha256
    prepared = prepare_files(run, list_kept(run), office, tell=_tell(ticket, FILES))
    db.session.rollback()
    run = get_run(rollout_id, run_id)
    keep_files(run, pay_sha256, prepared, office, store=_store(), by=get_user(ticket.created_by_id), now=utc_now())
    return {"run": run_id, "files": len(prepared)}


def _compute(ticket: JobTicket, run: PayRun) -> int:
    """A month: gathered, priced and written without holding the database, then kept."""
    here = run.rollout_id, run.id
    frozen = gather_run(*here, tell=_tell(ticket, GATHER))
    db.session.rollback()
    said = {"by": get_user(ticket.created_by_id), "now": utc_now(), "tell": _tell(ticket, FILES)}
    return compute_run(*here, frozen, store=_store(), **said)  # type: ignore[arg-type]


def _adjust(ticket: JobTicket, run: PayRun) -> int:
    """An adjustment: the corrected entries alone."""
    return compute_adjustment(run, store=_store(), by=get_user(ticket.created_by_id), now=utc_now())


def _tell(ticket: JobTicket, step: str) -> Callable[[int, int], None]:
    return lambda done, of: ticket.progress(step, done, of)


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
