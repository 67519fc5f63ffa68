"""The rows of a repair as tables in the order of import, and their mirror that takes the import back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from implement.engine.intake import SourceTable
from implement.engine.mapping.plan import TableMapping
from implement.engine.repair.plan import DELETE, INSERT, UPDATE, RepairTable
from implement.engine.repair.rows import Cells, Row, as_text

Rows = Sequence[Mapping[str, str]]
Done = tuple[TableMapping, SourceTable, tuple[str, ...], "Written"]


@dataclass
class Written:
    """The rows written for one table: inserts by source row; updates and deletes by target row."""

    inserts: dict[int, dict[str, str]] = field(default_factory=dict)
    updates: dict[int, dict[str, str]] = field(default_factory=dict)
    keys: dict[int, Cells] = field(default_factory=dict)
    held: dict[int, Row] = field(default_factory=dict)
    """The target's records, as they are before the repair."""
    deletes: set[int] = field(default_factory=set)

    def insert(self, number: int, cells: dict[str, str]) -> None:
        """A record that is missing; a second finding on it changes nothing."""
        self.inserts.setdefault(number, cells)

    def update(self, number: int, key: Cells, column: str, cell: str, held: Row) -> None:
        """One cell of a record that is there."""
        self.updates.setdefault(number, {})[column] = cell
        self.keys[number], self.held[number] = key, held

    def delete(self, number: int, key: Cells, held: Row) -> None:
        """A record that is there once too often."""
        self.deletes.add(number)
        self.keys[number], self.held[number] = key, held


def order_tables(done: Sequence[Done]) -> tuple[tuple[RepairTable, ...], tuple[RepairTable, ...]]:
    """The tables to import (inserts parents first, updates, deletes children first) and those that take it back."""
    inserts, updates, deletes = list[RepairTable](), list[RepairTable](), list[RepairTable]()
    no_inserts, no_updates, no_deletes = list[RepairTable](), list[RepairTable](), list[RepairTable]()
    for mapping, target, key, written in done:
        for made, there in ((inserts, no_inserts), (updates, no_updates), (deletes, no_deletes)):
            kind = INSERT if made is inserts else UPDATE if made is updates else DELETE
            pair = _pair(kind, mapping, target, key, written)
            made += pair[:1]
            there += pair[1:]
    return (*inserts, *updates, *reversed(deletes)), (*no_deletes, *no_updates, *reversed(no_inserts))


def _pair(
    kind: str, mapping: TableMapping, target: SourceTable, key: tuple[str, ...], written: Written
) -> list[RepairTable]:
    """A table of the repair and its mirror; nothing where there are no rows."""
    if kind == INSERT:
        return _pair_inserts(mapping, target, written)
    if kind == UPDATE:
        return _pair_updates(target, key, written)
    numbers = sorted(written.deletes)
    if not numbers:
        return []
    rows = [dict(zip(key, written.keys[number], strict=True)) for number in numbers]
    back = [_cells(written.held[number], target.columns) for number in numbers]
    return [_table(DELETE, target, key, key, rows), _table(INSERT, target, (), target.columns, back)]


def _pair_inserts(mapping: TableMapping, target: SourceTable, written: Written) -> list[RepairTable]:
    rows = [written.inserts[number] for number in sorted(written.inserts)]
    if not rows:
        return []
    columns = _in_order(target, rows)
    key = tuple(other for _one, other in mapping.key) or columns
    back = [{name: row[name] for name in key} for row in rows]
    return [_table(INSERT, target, (), columns, rows), _table(DELETE, target, key, key, back)]


def _pair_updates(target: SourceTable, key: tuple[str, ...], written: Written) -> list[RepairTable]:
    """Each row carries its key and every column that some row repairs; the others hold what they held."""
    numbers = sorted(number for number in written.updates if number not in written.deletes)
    if not numbers:
        return []
    columns = _in_order(target, [written.updates[number] for number in numbers])
    named = [dict(zip(key, written.keys[number], strict=True)) for number in numbers]
    back = [one | _cells(written.held[number], columns) for one, number in zip(named, numbers, strict=True)]
    rows = [one | written.updates[number] for one, number in zip(back, numbers, strict=True)]
    names = (*key, *columns)
    return [_table(UPDATE, target, key, names, rows), _table(UPDATE, target, key, names, back)]


def _in_order(target: SourceTable, rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The columns that some row has, in the order of the target's table."""
    used = {name for row in rows for name in row}
    return tuple(name for name in target.columns if name in used)


def _cells(record: Row, columns: Sequence[str]) -> dict[str, str]:
    return {name: as_text(record.get(name)) for name in columns}


def _table(kind: str, target: SourceTable, key: tuple[str, ...], columns: Sequence[str], rows: Rows) -> RepairTable:
    cells = {name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in columns}
    return RepairTable(kind, target.name, key, pa.table(cells))
