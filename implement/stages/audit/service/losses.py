"""The figures of a list: the loss map, what the list tells for the baseline, and of a month the client base."""

import tempfile
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

import ibis.expr.types as ir
import pyarrow.parquet as pq

from implement.engine.backend import Backend, open_backend
from implement.engine.client_base import BaseFigures, list_names, measure_base
from implement.engine.facts import Progress, no_progress
from implement.engine.funnel import LossMap, map_deals, read_deals
from implement.engine.funnel.records import DealRow, Pick, list_deals
from implement.engine.plain import from_plain, to_plain
from implement.engine.promises import Measured
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.unchanged import while_unchanged
from implement.stages.audit.service.list_measures import measure_deals
from implement.stages.audit.service.list_plans import OpenedList, open_list
from implement.stages.audit.service.list_reading import MEMORY_MB
from implement.stages.audit.tables import DealList
from implement.store import Store
from implement.web.texts import lazy

SHA256_LENGTH = 64


@dataclass(frozen=True)
class ListFigures:
    """Everything computed of a list, once."""

    losses: LossMap
    measures: tuple[tuple[str, Measured], ...] = ()
    base: BaseFigures | None = None


@dataclass(frozen=True)
class Computed:
    """The figures, and the hash under which the names of a month's clients are kept."""

    figures: ListFigures
    names_sha256: str | None


def compute_figures(
    row: DealList, *, store: Store, engine: str = "duckdb", memory_mb: int = 1024, progress: Progress = no_progress
) -> Computed:
    """Count everything a confirmed list says; writes nothing."""
    month = row.month
    with open_backend(engine, memory_mb=memory_mb) as backend:
        opened = open_list(row, backend, store)
        progress("type", 0, opened.source.row_count)
        deals = read_deals(opened.source, opened.plan, backend)
        losses = map_deals(deals, opened.source, opened.plan, backend, progress=progress)
        measures = measure_deals(deals, losses, backend)
        if month is None:
            return Computed(ListFigures(losses, measures), None)
        base, names = _measure_month(deals.table, opened, month, backend, store)
    return Computed(ListFigures(losses, measures, base), names)


def record_figures(row: DealList, computed: Computed, *, by: Actor | None, now: datetime) -> None:
    """Keep the figures, once."""
    if row.finished_at is not None:
        return
    row.figures = cast(dict[str, Plain], to_plain(computed.figures))
    row.names_sha256, row.finished_at = computed.names_sha256, now
    said: dict[str, Plain] = {"number": row.number, "deals": computed.figures.losses.totals.deals.deals}
    log_write("finish_deal_list", f"deal_list:{row.id}", by=by, now=now, rollout_id=row.rollout_id, **said)


def read_figures(row: DealList) -> ListFigures:
    """What was computed of a list; raises `NotFound` before that."""
    if row.figures is None:
        raise NotFound(lazy("The figures of this list are not computed yet."))
    return from_plain(ListFigures, row.figures)


def page_deals(row: DealList, pick: Pick, *, store: Store, limit: int, offset: int) -> tuple[int, list[DealRow]]:
    """The deals behind a figure, the dearest first, and how many there are."""
    found = read_figures(row).losses
    if not is_kept(row):
        raise NotFound(lazy("The rows of this list were deleted when their period was over; its sums stay."))

    def read() -> tuple[int, list[DealRow]]:
        with open_backend(memory_mb=MEMORY_MB) as backend:
            opened = open_list(row, backend, store)
            return list_deals(opened.source, opened.plan, found, pick, backend, limit=limit, offset=offset)

    return while_unchanged(("deals", row.id, pick, limit, offset), read)


def is_kept(row: DealList) -> bool:
    """True until the rows of a list are deleted for their age."""
    return all(len(sha256) == SHA256_LENGTH for _name, sha256 in row.files)


def last_day_of(month: date) -> date:
    """The last day of a month given by its first."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def _measure_month(
    table: ir.Table, opened: OpenedList, month: date, backend: Backend, store: Store
) -> tuple[BaseFigures, str]:
    names = backend.keep_numbers(list_names(table, opened.clients, opened.names, backend), "names")
    days = {"first_day": month, "last_day": last_day_of(month)}
    base = measure_base(table, names, backend, **days, listed=opened.clients is not None)
    with tempfile.TemporaryDirectory(prefix="implement-names-") as folder:
        path = Path(folder) / "names.parquet"
        pq.write_table(backend.connection.to_pyarrow(names.order_by("client")), path)
        with path.open("rb") as stream:
            return base, store.put(stream).sha256
