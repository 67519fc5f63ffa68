"""The jobs of the hall: delete what has outlived its period."""

from flask import current_app

from implement.db import utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.registries import registries
from implement.rollout.service import retention
from implement.rollout.service.rollouts import local_day


@runs(retention.DISPOSE_JOB)
def dispose(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Look through everything a rollout keeps about people; run twice, it finds nothing the second time."""
    if ticket.rollout_id is None:
        raise JobRefused({"faults": []})
    now, store = utc_now(), current_app.extensions["implement_store"]
    classes, today = registries().kept_classes, local_day(ticket.rollout_id, now)
    done = retention.dispose(ticket.rollout_id, classes, store=store, today=today, now=now)
    return {row.kind: row.row_count for row in done}
