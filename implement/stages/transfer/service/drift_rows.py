"""The rows of a drift: counted, by the page, one record side by side, and the whole as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq

from implement.engine.backend import Backend, open_backend
from implement.engine.drift import CHANGES, DriftCount, count_drift
from implement.engine.intake import ROW
from implement.engine.repair.files import guard
from implement.rollout.service.errors import NotFound
from implement.stages.transfer.service.drift import list_drift_totals
from implement.stages.transfer.service.files import TARGET
from implement.stages.transfer.service.findings import MEMORY_MB, Row
from implement.stages.transfer.service.sides import list_run_tables
from implement.stages.transfer.tables import DriftRun
from implement.store import Store
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

PAGE_SIZE = 50
ROWS_AT_ONCE = 10_000
SEARCHED = ("record", "before", "after")
COLUMNS = (
    Column("table", lazy("Table")),
    Column("record", lazy("Record in the CRM")),
    Column("change", lazy("What happened")),
    Column("field", lazy("Field")),
    Column("before", lazy("At the cutover")),
    Column("after", lazy("Now")),
    Column("owner", lazy("Whose it was"), sortable=False),
    Column("changed_by", lazy("Changed last by"), sortable=False),
    Column("changed_on", lazy("Changed last on"), kind="day"),
)
WRITTEN = ("table", "record", "record_now", "change", "field", "before", "after", "owner", "changed_by", "changed_on")
PEOPLE = ("owner", "changed_by")
Names = Mapping[str, str]
Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class DriftedRecord:
    """One finding with the record at the cutover and now (None where it is not there), and its pairs of columns."""

    finding: Row
    then: Cells | None
    now: Cells | None
    pairs: list[tuple[str, str]]


def count_rows(drift: DriftRun, *, store: Store) -> list[DriftCount]:
    """Everything that was found, counted by table, change, field, person and week."""
    return count_drift(pq.read_table(store.path(drift.findings_sha256 or "")))


def make_listing(counts: list[DriftCount], labels: Mapping[str, object], *, shows_people: bool) -> Listing:
    """The listing, offering the tables, changes and fields there are; with people where the reader may see any."""
    tables, fields = sorted({one.table for one in counts}), sorted({one.field for one in counts if one.field})
    found = {one.change for one in counts}
    filters = (
        Filter("table", lazy("Table"), tuple((name, name) for name in tables)),
        Filter("change", lazy("What happened"), tuple((key, labels[key]) for key in CHANGES if key in found)),
        Filter("field", lazy("Field"), tuple((name, name) for name in fields)),
        Filter("find", lazy("Key or value")),
    )
    columns = tuple(one for one in COLUMNS if shows_people or one.key not in PEOPLE)
    return Listing(columns=columns, first_sort="table", filters=filters, size=PAGE_SIZE)


def page_rows(drift: DriftRun, listing: Listing, query: Mapping[str, str], *, store: Store, names: Names) -> Page:
    """One page of what was found; people are named as `names` allows."""
    asked = listing.asked(query)
    with open_backend(memory_mb=MEMORY_MB) as backend:
        wanted = _narrow(_read(drift, backend, store), asked.filters)
        total = int(backend.connection.to_pyarrow(wanted.count()).as_py())
        page = Page((), total, listing.size, asked, listing.columns, listing.filters)
        by = [ibis.desc(asked.sort) if asked.descending else ibis.asc(asked.sort), ibis.asc("place")]
        cut = wanted.order_by(by).limit(page.size, offset=(page.number - 1) * page.size)
        rows = backend.connection.to_pyarrow(cut).to_pylist()
    return replace(page, rows=[_name(row, names) for row in rows])


def write_rows(drift: DriftRun, *, store: Store, names: Names) -> Iterator[str]:
    """All rows as CSV, piece by piece; no cell is a live formula."""
    yield ",".join(WRITTEN) + "\n"
    with pq.ParquetFile(store.path(drift.findings_sha256 or "")) as parts:
        for batch in parts.iter_batches(ROWS_AT_ONCE):
            piece = io.StringIO()
            rows = [_name(row, names) for row in batch.to_pylist()]
            csv.writer(piece, lineterminator="\n").writerows(
                [guard(str(row[name] or "")) for name in WRITTEN] for row in rows
            )
            yield piece.getvalue()


def read_record(drift: DriftRun, place: int, *, store: Store, names: Names) -> DriftedRecord:
    """One finding, and its record in both exports; people only as `names` allows."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = _read(drift, backend, store)
        rows = backend.connection.to_pyarrow(found.filter(found["place"] == place)).to_pylist()
        if not rows:
            raise NotFound(lazy("There is no such finding."))
        finding = rows[0]
        total = next(one for one in list_drift_totals(drift) if one.table_name == finding["table"])
        thens = {one.name: one.sha256 for one in list_run_tables(drift.run_id) if one.side == TARGET}
        nows = {str(one["name"]): str(one["sha256"]) for one in drift.tables}
        then = _cells(thens[total.table_name], finding["row_then"], backend, store)
        now = _cells(nows[total.table_now], finding["row_now"], backend, store)
    hidden = {total.columns["changed_by"]}
    pairs = [(one, other) for one, other in total.pairs if other not in hidden]
    return DriftedRecord(_name(finding, names), then, now, pairs)


def _name(row: Row, names: Names) -> Row:
    """A row with its people as the reader may see them."""
    said = {one: str(row[f"{one}_name"] or row[one] or "") for one in PEOPLE}
    return {**row, **{one: names.get(name, "") for one, name in said.items()}}


def _read(drift: DriftRun, backend: Backend, store: Store) -> ir.Table:
    return backend.read_parquet(store.path(drift.findings_sha256 or ""))


def _narrow(found: ir.Table, filters: Mapping[str, str]) -> ir.Table:
    for name, wish in filters.items():
        if name == "find":
            hits = [found[one].lower().contains(wish.lower()) for one in SEARCHED]
            found = found.filter(hits[0] | hits[1] | hits[2])
        else:
            found = found.filter(found[name] == wish)
    return found


def _cells(sha256: str, row: int, backend: Backend, store: Store) -> Cells | None:
    if not row:
        return None
    table = backend.read_parquet(store.path(sha256))
    rows = backend.connection.to_pyarrow(table.filter(table[ROW] == row)).to_pylist()
    return dict(rows[0]) if rows else None
