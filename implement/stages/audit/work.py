"""The jobs of the audit: read a list of deals, count what it says."""

from flask import current_app

from implement.db import utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.settings import Settings
from implement.stages.audit.service.list_reading import compute_reading, record_reading
from implement.stages.audit.service.lists import MAP_JOB, READ_JOB, get_list
from implement.stages.audit.service.losses import compute_figures, record_figures
from implement.stages.audit.service.months import settle_month
from implement.stages.audit.tables import DealList
from implement.store import Store

KINDS = (READ_JOB, MAP_JOB)


@runs(READ_JOB)
def read_list(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Read the files of a list and propose what their columns say, once."""
    row = _find(ticket, arguments)
    if row.tables is not None:
        return {}
    files = [(name, sha256) for name, sha256 in row.files]
    ticket.progress("read", 0, len(files))
    reading = compute_reading(files, store=_store(), progress=ticket.progress)
    record_reading(_find(ticket, arguments), reading, by=get_user(ticket.created_by_id), now=utc_now())
    return {"tables": len(reading.tables)}


@runs(MAP_JOB)
def map_list(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Count what a confirmed list says, once."""
    row = _find(ticket, arguments)
    if row.finished_at is not None or row.confirmed_at is None:
        return {}
    settings: Settings = current_app.extensions["implement_settings"]
    engine = {"engine": settings.engine, "memory_mb": settings.engine_memory_mb}
    computed = compute_figures(row, store=_store(), progress=ticket.progress, **engine)  # type: ignore[arg-type]
    row, by, now = _find(ticket, arguments), get_user(ticket.created_by_id), utc_now()
    record_figures(row, computed, by=by, now=now)
    settle_month(row, by=by, now=now)
    return {"deals": computed.figures.losses.rows}


def _find(ticket: JobTicket, arguments: dict[str, Plain]) -> DealList:
    if ticket.rollout_id is None:
        raise JobRefused({"faults": []})
    return get_list(ticket.rollout_id, int(str(arguments["number"])))


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
