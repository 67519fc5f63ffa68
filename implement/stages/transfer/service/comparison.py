"""Two runs compared: which findings are fixed, still open and new; counted and listed by the engine."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow.parquet as pq
from sqlalchemy import select

from implement.db import db
from implement.engine.backend import Backend, open_backend
from implement.engine.comparison import CHANGES, compare_findings
from implement.engine.reconcile import BENIGN
from implement.engine.reconcile.findings import COLUMNS as FINDING_COLUMNS
from implement.engine.repair.files import guard
from implement.rollout.service.errors import NotFound
from implement.stages.transfer.service.findings import COLUMNS, MEMORY_MB, Row
from implement.stages.transfer.tables import TransferRun
from implement.store import Store
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

PAGE_SIZE = 50
ROWS_AT_ONCE = 10_000
WRITTEN = ("change", *FINDING_COLUMNS)


@dataclass(frozen=True)
class ChangeRow:
    """The findings of one table and class: how many are fixed, still open, new."""

    table: str
    fate: str
    fixed: int
    open: int
    new: int


@dataclass(frozen=True)
class Compared:
    """Two runs, the counts of all changes, and one page of the findings that are asked for."""

    before: TransferRun
    after: TransferRun
    rows: Sequence[ChangeRow]
    page: Page

    def total(self, change: str) -> int:
        """All findings that changed so."""
        return sum(int(getattr(row, change)) for row in self.rows)


def compare_runs(
    before: TransferRun, after: TransferRun, query: Mapping[str, str], *, store: Store,
    labels: Mapping[str, Mapping[str, object]],
) -> Compared:  # fmt: skip
    """Compare the harmful findings of two runs; `labels` names changes and classes."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        changes = _keep(_compare(backend, _paths(before, after, store)), backend)
        counted = changes.group_by("table", "class", "change").aggregate(rows=changes.count())
        rows = _fold(backend.connection.to_pyarrow(counted).to_pylist())
        listing = _make_listing(rows, labels)
        asked = listing.asked(query)
        wanted = _narrow(changes, asked.filters)
        total = int(backend.connection.to_pyarrow(wanted.count()).as_py())
        own = {"sort", "page", *(one.key for one in listing.filters)}
        others = {key: value for key, value in query.items() if key not in own}
        page = Page((), total, PAGE_SIZE, asked, listing.columns, listing.filters, other_fields=others)
        found: list[Row] = backend.connection.to_pyarrow(_cut(wanted, page)).to_pylist()
    return Compared(before, after, rows, replace(page, rows=found))


ORDER = ("change", "table", "class", "field", "source_id", "target_id", "place")


def write_changes(before: TransferRun, after: TransferRun, *, store: Store) -> Iterator[str]:
    """All changes as CSV, piece by piece, in one fixed order; no cell is a live formula.

    The runs are read before the first piece is asked for: by then the request's session is closed.
    """
    return _write_pieces(_paths(before, after, store))


def _write_pieces(paths: Sequence[Path]) -> Iterator[str]:
    with open_backend(memory_mb=MEMORY_MB) as backend:
        path = backend.fresh_path(".parquet", "changes")
        changes = _compare(backend, paths).order_by(ORDER).select(*WRITTEN)
        backend.connection.to_parquet(changes, path)
        yield ",".join(WRITTEN) + "\n"
        with pq.ParquetFile(path) as parts:
            for batch in parts.iter_batches(ROWS_AT_ONCE):
                piece = io.StringIO()
                columns = [[guard(cell) for cell in column.to_pylist()] for column in batch.columns]
                csv.writer(piece, lineterminator="\n").writerows(zip(*columns, strict=True))
                yield piece.getvalue()


def choose_runs(numbers: Sequence[int], asked: Sequence[str]) -> tuple[int, int]:
    """The two runs that were asked for, the older one first; the newest two of `numbers` where none were named."""
    given = [int(text) for text in asked if text.isascii() and text.isdigit() and len(text) < 9]
    chosen = given if len(given) == 2 else [*numbers[:2], numbers[0]][:2]
    if not set(chosen) <= set(numbers):
        raise NotFound(lazy("This run has no results yet."))
    return min(chosen), max(chosen)


def list_finished_runs(rollout_id: int) -> list[int]:
    """The numbers of all finished runs, the newest first."""
    finished = (TransferRun.rollout_id == rollout_id, TransferRun.finished_at.is_not(None))
    return list(db.session.scalars(select(TransferRun.number).where(*finished).order_by(TransferRun.number.desc())))


def _keep(changes: ir.Table, backend: Backend) -> ir.Table:
    """The changes in scratch, so that they are found once and asked several times."""
    path = backend.fresh_path(".parquet", "changes")
    backend.connection.to_parquet(changes, path)
    return backend.read_parquet(path)


def _cut(wanted: ir.Table, page: Page) -> ir.Table:
    """The rows of a page in the order asked; what is equal in it stands in one fixed order."""
    sort = page.asked.sort
    by = ibis.desc(sort) if page.asked.descending else ibis.asc(sort)
    ordered = wanted.order_by([by, *(name for name in ORDER if name != sort)])
    return ordered.limit(page.size, offset=(page.number - 1) * page.size)


def _paths(before: TransferRun, after: TransferRun, store: Store) -> list[Path]:
    """Where the findings of both runs lie."""
    return [store.path(run.findings_sha256 or "") for run in (before, after)]


def _compare(backend: Backend, paths: Sequence[Path]) -> ir.Table:
    one, other = (backend.read_parquet(path) for path in paths)
    changes = compare_findings(one, other)
    return changes.filter(changes["class"].notin(sorted(BENIGN)))


def _fold(counted: Sequence[Mapping[str, str | int]]) -> list[ChangeRow]:
    """One row per table and class, the largest first."""
    folded: dict[tuple[str, str], dict[str, int]] = {}
    for row in counted:
        one = folded.setdefault((str(row["table"]), str(row["class"])), dict.fromkeys(CHANGES, 0))
        one[str(row["change"])] = int(row["rows"])
    rows = [ChangeRow(table, fate, **counts) for (table, fate), counts in folded.items()]
    return sorted(rows, key=lambda one: (-(one.fixed + one.open + one.new), one.table, one.fate))


def _make_listing(rows: Sequence[ChangeRow], labels: Mapping[str, Mapping[str, object]]) -> Listing:
    tables, fates = sorted({row.table for row in rows}), {row.fate for row in rows}
    filters = (
        Filter("change", lazy("Since then"), tuple(labels["changes"].items())),
        Filter("table", lazy("Table"), tuple((name, name) for name in tables)),
        Filter("class", lazy("What happened"), tuple((f, label) for f, label in labels["fates"].items() if f in fates)),
    )
    return Listing(columns=(Column("change", lazy("Since then")), *COLUMNS), first_sort="change", filters=filters)


def _narrow(changes: ir.Table, filters: Mapping[str, str]) -> ir.Table:
    for name, wish in filters.items():
        changes = changes.filter(changes[name] == wish)
    return changes
