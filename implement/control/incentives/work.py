"""The job of the room: a pay run is gathered, refused with what is missing, or frozen and priced."""

from flask import current_app

from implement.control.incentives.service.adjusting import compute_adjustment
from implement.control.incentives.service.computing import RunLacks, compute_run, gather_run, write_lacks
from implement.control.incentives.service.runs import COMPUTE_JOB, get_run
from implement.control.incentives.tables import PayRun
from implement.db import db, utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.people import list_payees
from implement.store import Store

KINDS = (COMPUTE_JOB,)


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


def _compute(ticket: JobTicket, run: PayRun) -> int:
    """A month: gathered without holding the database, then kept."""
    here = run.rollout_id, run.id
    frozen = gather_run(*here, tell=lambda done, of: ticket.progress("gather", done, of))
    db.session.rollback()
    return compute_run(*here, frozen, store=_store(), by=get_user(ticket.created_by_id), now=utc_now())


def _adjust(ticket: JobTicket, run: PayRun) -> int:
    """An adjustment: the corrected entries alone."""
    return compute_adjustment(run, store=_store(), by=get_user(ticket.created_by_id), now=utc_now())


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
