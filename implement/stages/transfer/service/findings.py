"""Findings by the page: filtered, sorted and cut by the engine on Parquet, never loaded as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import ibis.expr.types as ir
from sqlalchemy import func, select, union

from implement.db import db
from implement.engine.backend import open_backend
from implement.rollout.service.errors import NotFound
from implement.stages.transfer.tables import Discrepancy, RunTotal, TransferRun
from implement.store import Store
from implement.web.tables import Asked, Column, Filter, Listing, Page
from implement.web.texts import lazy

Row = Mapping[str, str | int | None]
MEMORY_MB = 512
PAGE_SIZE = 50
SEARCHED = ("source_id", "target_id", "source_value", "target_value")
COLUMNS = (
    Column("table", lazy("Table")),
    Column("source_id", lazy("Record")),
    Column("target_id", lazy("Record in the CRM")),
    Column("class", lazy("What happened")),
    Column("field", lazy("Field")),
    Column("source_value", lazy("Old system")),
    Column("target_value", lazy("CRM")),
)
Choices = Sequence[tuple[str, object]]


@dataclass(frozen=True)
class Wanted:
    """What the listing is narrowed to: discrepancies by number (None: all), and a text to search."""

    discrepancies: tuple[int, ...] | None
    text: str

    @property
    def is_all(self) -> bool:
        """True when nothing is left out."""
        return self.discrepancies is None and not self.text


def make_listing(run: TransferRun, *, fates: Mapping[str, object]) -> Listing:
    """The listing of a run's findings: its tables, and the classes (labelled by `fates`) and fields there are."""
    rows = db.session.execute(
        select(Discrepancy.fate, Discrepancy.field).where(Discrepancy.run_id == run.id).distinct()
    ).all()
    of_run = union(*(select(one.table_name).where(one.run_id == run.id) for one in (RunTotal, Discrepancy)))
    tables = sorted(db.session.scalars(of_run))
    found = {fate for fate, _ in rows}
    fields = sorted({field for _, field in rows if field})
    filters = (
        Filter("table", lazy("Table"), choices=tuple((name, name) for name in tables)),
        Filter("class", lazy("What happened"), choices=tuple((f, label) for f, label in fates.items() if f in found)),
        Filter("field", lazy("Field"), choices=tuple((name, name) for name in fields)),
        Filter("find", lazy("Key or value")),
    )
    return Listing(columns=COLUMNS, first_sort="place", filters=filters, size=PAGE_SIZE)


def page_findings(run: TransferRun, listing: Listing, query: Mapping[str, str], *, store: Store) -> Page:
    """One page of findings; `query` may also name one discrepancy."""
    asked = listing.asked(query)
    if query.get("sort", "").lstrip("-") not in {column.key for column in COLUMNS}:
        asked = replace(asked, sort="place", descending=False)
    wanted = find_wanted(run, asked, query)
    total = _count(run, wanted, store)
    own = {"sort", "page", *(one.key for one in listing.filters)}
    others = {key: value for key, value in query.items() if key not in own}
    page = Page((), total, listing.size, asked, COLUMNS, listing.filters, other_fields=others)
    return replace(page, rows=fetch_findings(run, wanted, store=store, asked=asked, page=page))


def find_wanted(run: TransferRun, asked: Asked, query: Mapping[str, str]) -> Wanted:
    """Which discrepancies pass the filters, found in SQL; the text stays for the engine."""
    conditions = []
    for key, column in (("table", Discrepancy.table_name), ("class", Discrepancy.fate), ("field", Discrepancy.field)):
        if key in asked.filters:
            conditions.append(column == asked.filters[key])
    number = query.get("discrepancy", "")
    if number.isascii() and number.isdigit() and len(number) < 9:
        conditions.append(Discrepancy.number == int(number))
    if not conditions:
        return Wanted(None, asked.filters.get("find", ""))
    numbers = db.session.scalars(select(Discrepancy.number).where(Discrepancy.run_id == run.id, *conditions))
    return Wanted(tuple(sorted(numbers)), asked.filters.get("find", ""))


def fetch_findings(
    run: TransferRun, wanted: Wanted, *, store: Store, asked: Asked | None = None, page: Page | None = None,
    most: int | None = None,
) -> list[Row]:  # fmt: skip
    """The findings that are wanted: those of a page in the order asked, or the first `most` in file order."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = _narrow(backend.read_parquet(_path(run, store)), wanted)
        order = [found["place"]]
        if asked is not None and asked.sort != "place":
            order.insert(0, ibis.desc(asked.sort) if asked.descending else ibis.asc(asked.sort))
        ordered = found.order_by(order)
        if page is not None:
            ordered = ordered.limit(page.size, offset=(page.number - 1) * page.size)
        elif most is not None:
            ordered = ordered.limit(most)
        return list(backend.connection.to_pyarrow(ordered).to_pylist())


def get_finding(run: TransferRun, place: int, *, store: Store) -> Row:
    """One finding by its place in the run."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = backend.read_parquet(_path(run, store))
        rows = backend.connection.to_pyarrow(found.filter(found["place"] == place)).to_pylist()
    if not rows:
        raise NotFound(lazy("There is no such finding."))
    return dict(rows[0])


def list_findings_of_record(run: TransferRun, finding: Row, *, store: Store) -> list[Row]:
    """All findings on the same record of the same table."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = backend.read_parquet(_path(run, store))
        same = found.filter(
            (found["table"] == finding["table"])
            & (found["source_row"] == finding["source_row"])
            & (found["target_row"] == finding["target_row"])
        )
        return list(backend.connection.to_pyarrow(same.order_by("place").limit(200)).to_pylist())


def _count(run: TransferRun, wanted: Wanted, store: Store) -> int:
    """How many findings are wanted; only a text makes the engine look at the rows."""
    if not wanted.text:
        numbers = () if wanted.discrepancies is None else (Discrepancy.number.in_(wanted.discrepancies),)
        asked = select(func.sum(Discrepancy.findings)).where(Discrepancy.run_id == run.id, *numbers)
        return int(db.session.scalar(asked) or 0)
    with open_backend(memory_mb=MEMORY_MB) as backend:
        found = _narrow(backend.read_parquet(_path(run, store)), wanted)
        return int(backend.connection.to_pyarrow(found.count()).as_py())


def _narrow(found: ir.Table, wanted: Wanted) -> ir.Table:
    if wanted.discrepancies is not None:
        found = found.filter(found["discrepancy"].isin(wanted.discrepancies or (0,)))
    if wanted.text:
        text = wanted.text.lower()
        hits = [found[name].lower().contains(text) for name in SEARCHED]
        found = found.filter(hits[0] | hits[1] | hits[2] | hits[3])
    return found


def _path(run: TransferRun, store: Store) -> Path:
    return store.path(run.findings_sha256 or "")
