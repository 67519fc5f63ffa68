"""What the room of activity plans does in the background."""

from flask import current_app

from implement.control.activity.service import counting
from implement.db import db, utc_now
from implement.jobs import JobTicket, Plain, runs
from implement.store import Store


@runs(counting.COUNT_KPIS)
def count_kpis(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Count the CRM's log: gathered and kept in the database, counted without holding it."""
    assert ticket.rollout_id is not None
    store: Store = current_app.extensions["implement_store"]
    basis = counting.gather_counting(ticket.rollout_id, store)
    if basis is None:
        return {"rows": 0, "people": 0}
    ticket.progress("count", 0, 0)
    db.session.rollback()
    counted = counting.compute_counting(basis)
    ticket.progress("keep", 0, 0)
    return counting.keep_counting(ticket.rollout_id, basis, counted, by=None, now=utc_now())


KINDS = (counting.COUNT_KPIS,)
