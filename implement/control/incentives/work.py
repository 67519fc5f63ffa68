"""The job of the room: a pay run is gathered, refused with what is missing, or frozen and priced."""

from flask import current_app

from implement.control.incentives.service.computing import RunLacks, compute_run, gather_run, write_lacks
from implement.control.incentives.service.runs import COMPUTE_JOB, get_run
from implement.db import db, utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.people import list_payees

KINDS = (COMPUTE_JOB,)


@runs(COMPUTE_JOB)
def compute_pay(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Compute a draft; a run that is past its draft already stays as it is, so that twice is once."""
    rollout_id, run_id = ticket.rollout_id, int(str(arguments["run_id"]))
    if rollout_id is None:
        raise JobRefused({"missing": [], "count": 0})
    if get_run(rollout_id, run_id).state != "draft":
        return {"run": run_id}
    try:
        frozen = gather_run(rollout_id, run_id, tell=lambda done, of: ticket.progress("gather", done, of))
    except RunLacks as lacking:
        raise JobRefused(write_lacks(lacking.lacks, list_payees(rollout_id))) from lacking
    db.session.rollback()
    by, store = get_user(ticket.created_by_id), current_app.extensions["implement_store"]
    count = compute_run(rollout_id, run_id, frozen, store=store, by=by, now=utc_now())
    return {"run": run_id, "statements": count}
