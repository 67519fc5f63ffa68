"""One record of a run on both sides, read from the very rows that the run compared."""

from collections.abc import Mapping
from dataclasses import dataclass

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.intake import ROW
from implement.engine.mapping import TABLE, ColumnMapping, TableMapping, locate, parts_of, put_together
from implement.engine.reconcile import mark_rows, mark_words
from implement.stages.transfer.service.editing import complete_columns
from implement.stages.transfer.service.files import SOURCE, TARGET
from implement.stages.transfer.service.findings import MEMORY_MB, Row
from implement.stages.transfer.service.mappings import load_mapping
from implement.stages.transfer.service.sides import TableAtHand, list_run_tables
from implement.stages.transfer.tables import MappingVersion, TransferRun
from implement.store import Store

Cells = Mapping[str, str | None]


@dataclass(frozen=True)
class Record:
    """A record before and after (None where a side has none), the pairs of its columns, the target's other columns."""

    before: Cells | None
    after: Cells | None
    source_row: int
    target_row: int
    columns: tuple[ColumnMapping, ...]
    only_after: tuple[tuple[str, str], ...]


def read_record(run: TransferRun, finding: Row, *, store: Store) -> Record:
    """The record that a finding is about; what holds for a whole column or table has none."""
    mapping = load_mapping(db.session.get_one(MappingVersion, run.mapping_id), store=store)
    table = mapping.table(str(finding["table"]))
    tables = {(one.side, one.name): one for one in list_run_tables(run.id)}
    source, target = int(finding["source_row"] or 0), int(finding["target_row"] or 0)
    after = _read_target(table, tables, target, store) if table else None
    at_hand = tables.get((SOURCE, str(finding["table"])))
    before = _read_row(at_hand, source, store)
    if before is not None and table:
        before = {**before, **mark_words(table)}
    columns = complete_columns(mark_rows(table), at_hand.columns).columns if table and at_hand else ()
    before = put_together(before, [column.source for column in columns]) if before is not None else None
    there = [column.target for column in columns if column.target]
    paired = {*there, *(part for name in there for part in parts_of(name, after or {}))}
    after = put_together(after, there) if after is not None else None
    rest = tuple((name, cell) for name, cell in (after or {}).items() if name not in paired and cell)
    return Record(before, after, source, target, columns, rest)


def _read_target(
    table: TableMapping, tables: Mapping[tuple[str, str], TableAtHand], number: int, store: Store
) -> Cells | None:
    """A row of the target under the names of the first of its tables, where there are several."""
    name, row, names = locate(table, number)
    after = _read_row(tables.get((TARGET, name)), row, store)
    if after is None:
        return None
    told = {names.get(column, column): cell for column, cell in after.items()} | ({TABLE: name} if table.also else {})
    for one in table.looked_up:
        named = _read_named(tables.get((TARGET, one.table)), one.key, told.get(one.column), store)
        told |= {one.called(column): cell for column, cell in named.items() if column != one.key}
    return told


def _read_row(table: TableAtHand | None, number: int, store: Store) -> Cells | None:
    """One row by its number; the engine reads only the part of the file that holds it."""
    if table is None or not number:
        return None
    found = _read_first(table, ROW, number, store)
    return found or None


def _read_named(table: TableAtHand | None, key: str, named: str | None, store: Store) -> Cells:
    """The row that another one names, empty where there is none."""
    return _read_first(table, key, named, store) if table is not None and named else {}


def _read_first(table: TableAtHand, column: str, wanted: str | int, store: Store) -> Cells:
    """The first row that holds this in a column."""
    with open_backend(memory_mb=MEMORY_MB) as backend:
        rows = backend.read_parquet(store.path(table.sha256))
        asked = rows.filter(rows[column] == wanted).order_by(ROW).limit(1)
        found = backend.connection.to_pyarrow(asked).to_pylist()
    return {name: cell for name, cell in found[0].items() if name != ROW} if found else {}
