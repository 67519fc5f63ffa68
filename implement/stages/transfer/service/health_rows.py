"""The rows behind a finding about old tables: by the page, and all of them as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from implement.db import db
from implement.engine.backend import Backend, open_backend
from implement.engine.intake import ROW
from implement.rollout.service.errors import NotFound
from implement.stages.transfer.tables import Ailment, HealthCheck, TransferTable
from implement.store import Store
from implement.web.tables import Column, Listing, Page
from implement.web.texts import lazy

MEMORY_MB = 512
PAGE_SIZE = 50
SHOWN_COLUMNS = 10
ROWS_AT_ONCE = 10_000
LISTING = Listing(
    columns=(
        Column("row", lazy("Row"), "number"),
        Column("value", lazy("Value"), sortable=False),
        Column("other", lazy("Belongs to it"), sortable=False),
    ),
    first_sort="row",
    size=PAGE_SIZE,
)
Behind = list[tuple[int, str, str]]
Record = list[str | None]


def page_rows(check: HealthCheck, found: Ailment, query: Mapping[str, str], *, store: Store) -> Page:
    """One page of the rows, each with the first cells of its record."""
    table = _table_of(check, found)
    asked = LISTING.asked(query)
    names = list(table.columns[:SHOWN_COLUMNS])
    columns = (*LISTING.columns, *(Column(f"cell_{place}", name, sortable=False) for place, name in enumerate(names)))
    page = Page((), found.concerned, PAGE_SIZE, asked, columns)
    with open_backend(memory_mb=MEMORY_MB) as backend:
        behind = _read_behind(check, found, backend, store, page, descending=asked.descending)
        records = _read_records(table, [row for row, _, _ in behind], names, backend, store)
    rows = [
        {"row": row, "value": value, "other": other, **{f"cell_{n}": cell for n, cell in enumerate(records[row])}}
        for row, value, other in behind
    ]
    return replace(page, rows=rows)


def write_rows(check: HealthCheck, found: Ailment, *, store: Store) -> Iterator[str]:
    """All rows as CSV, piece by piece: number of the row, what belongs to it, and the whole record."""
    table = _table_of(check, found)
    yield _write_piece([["row", "belongs_to_it", *table.columns]])
    page = Page((), found.concerned, ROWS_AT_ONCE, LISTING.asked({}), LISTING.columns)
    for number in range(1, page.count_pages + 1):
        with open_backend(memory_mb=MEMORY_MB) as backend:
            part = replace(page, asked=replace(page.asked, number=number))
            behind = _read_behind(check, found, backend, store, part)
            records = _read_records(table, [row for row, _, _ in behind], list(table.columns), backend, store)
        yield _write_piece([[row, other, *records[row]] for row, _value, other in behind])


def _table_of(check: HealthCheck, found: Ailment) -> TransferTable:
    ids = {str(name): int(table_id) for table_id, name in check.inputs}
    table = db.session.get(TransferTable, ids.get(found.table_name, 0))
    if table is None:
        raise NotFound(lazy("There is no such finding."))
    return table


def _read_behind(
    check: HealthCheck, found: Ailment, backend: Backend, store: Store, page: Page, *, descending: bool = False
) -> Behind:
    rows = backend.read_parquet(store.path(check.rows_sha256 or ""))
    mine = rows.filter(rows["number"] == found.number)
    ordered = mine.order_by(mine["row"].desc() if descending else mine["row"].asc())
    cut = ordered.limit(page.size, offset=(page.number - 1) * page.size).select("row", "value", "other")
    fetched = backend.connection.to_pyarrow(cut)
    return list(zip(*(fetched[name].to_pylist() for name in ("row", "value", "other")), strict=True))


def _read_records(
    table: TransferTable, numbers: list[int], names: list[str], backend: Backend, store: Store
) -> dict[int, Record]:
    whole = backend.read_parquet(store.path(table.sha256))
    wanted = whole.filter(whole[ROW].isin(numbers or [0])).select(ROW, *names)
    fetched = backend.connection.to_pyarrow(wanted)
    cells = zip(*(fetched.column(place).to_pylist() for place in range(fetched.num_columns)), strict=True)
    return {int(row): list(rest) for row, *rest in cells}


def _write_piece(rows: list[list[object]]) -> str:
    piece = io.StringIO()
    csv.writer(piece, lineterminator="\n").writerows(rows)
    return piece.getvalue()
