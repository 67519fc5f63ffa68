"""Drill down: one record as the source had it and as the target has it, field by field."""

from dataclasses import dataclass

import ibis

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.cells import EQUAL, CellReader


@dataclass(frozen=True)
class FieldPair:
    """One field on both sides; `fate` is empty where nothing happened to it."""

    field: str
    target_field: str | None
    source_value: str | None
    target_value: str | None
    fate: str


def show_record(
    table: TableMapping,
    source: SourceTable,
    target: SourceTable | None,
    source_row: int,
    target_row: int,
    backend: Backend,
) -> list[FieldPair]:
    """The fields of one record side by side; a row number of 0 stands for a side that has no record."""
    written = _fetch(source, source_row, backend)
    found = _fetch(target, target_row, backend) if target is not None else {}
    pairs = []
    for column in table.columns:
        one, other = written.get(column.source), found.get(column.target or "")
        compared = bool(written and found) and column.target is not None
        fate = CellReader(column).compare(one, other) if compared else EQUAL
        pairs.append(FieldPair(column.source, column.target, one, other, fate))
    return pairs


def _fetch(table: SourceTable, row: int, backend: Backend) -> dict[str, str | None]:
    if not row:
        return {}
    wanted = ibis.memtable({ROW: [row]}, schema={ROW: "int64"})
    rows = backend.connection.to_pyarrow(table.relation.semi_join(wanted, ROW)).to_pylist()
    return dict(rows[0]) if rows else {}
