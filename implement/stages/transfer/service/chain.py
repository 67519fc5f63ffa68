"""The chain a record stands in: the client above it, the activities below, each with what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping import Mapping as TransferMapping
from implement.engine.mapping import Reference, TableMapping
from implement.engine.reconcile import is_harmful

Cells = Mapping[str, str | None]
MOST_ABOVE = 4
MOST_SHOWN = 20


@dataclass(frozen=True)
class Kin:
    """A related record of the old system; `fate` is empty where it arrived as it was, `place` is the finding's."""

    table: str
    column: str
    name: str
    row: int
    fate: str = ""
    place: int = 0


@dataclass(frozen=True)
class Missing:
    """A relation that names nobody even in the old system."""

    table: str
    column: str
    value: str


@dataclass(frozen=True)
class Kids:
    """The records of one table that name this one: how many, how many with a harmful finding, the first of them."""

    table: str
    column: str
    count: int
    harmed: int
    shown: tuple[Kin, ...]


@dataclass(frozen=True)
class Chain:
    """Everything a record is tied to, the nearest parent first."""

    above: tuple[Kin | Missing, ...]
    below: tuple[Kids, ...]


@dataclass(frozen=True)
class Ledger:
    """The old system's tables with what was found about their records."""

    mapping: TransferMapping
    sources: Mapping[str, SourceTable]
    findings: ir.Table
    backend: Backend

    def fetch(self, table: ir.Table) -> list[Mapping[str, object]]:
        """Bring rows into memory."""
        return list(self.backend.connection.to_pyarrow(table).to_pylist())

    def named(self, table: str, column: str, value: str) -> ir.Table:
        """The rows of a table that hold the value."""
        relation = self.sources[table].relation
        return relation.filter(relation[column] == ibis.literal(value)).order_by(ROW)

    def fates(self, table: str, rows: Iterable[int]) -> dict[int, tuple[str, int]]:
        """For rows of a table what was found about each: what concerns the whole record first, then what harms."""
        found = self.findings
        about = found.filter((found["table"] == table) & found["source_row"].isin(sorted(rows) or [0]))
        asked = self.fetch(about.select("source_row", "class", "field", "place").order_by("place"))
        fates: dict[int, tuple[str, int]] = {}
        for one in sorted(asked, key=lambda one: (bool(one["field"]), not is_harmful(str(one["class"])))):
            fates.setdefault(_number(one["source_row"]), (str(one["class"]), _number(one["place"])))
        return fates


def trace_chain(ledger: Ledger, table: str, record: Cells) -> Chain:
    """Follow the relations of a record of the old system up to the top and one step down."""
    known = ledger.mapping.table(table)
    return (
        Chain(tuple(_climb(ledger, known, record)), tuple(_descend(ledger, table, record))) if known else Chain((), ())
    )


def _climb(ledger: Ledger, table: TableMapping | None, record: Cells) -> list[Kin | Missing]:
    above: list[Kin | Missing] = []
    seen: set[tuple[str, int]] = set()
    waiting = [(table, record)]
    while waiting and len(above) < MOST_ABOVE:
        here, cells = waiting.pop(0)
        for column, references in here.referring.items() if here else ():
            value = cells.get(column)
            asked = [one for one in references if one.parent in ledger.sources]
            if not value or not asked:
                continue
            reference, found = _find_named(ledger, asked, value)
            if not found:
                above.append(Missing(", ".join(one.parent for one in asked), column, value))
            elif (key := (reference.parent, _number(found[0][ROW]))) not in seen:
                seen.add(key)
                above.append(_kin(ledger, reference, value, key[1]))
                parent = {name: str(cell) if cell is not None else None for name, cell in found[0].items()}
                waiting.append((ledger.mapping.table(reference.parent), parent))
    return above


def _find_named(
    ledger: Ledger, references: Sequence[Reference], value: str
) -> tuple[Reference, list[Mapping[str, object]]]:
    """The parent whose record is named, of several the first that has one; the last of them, if none has."""
    for reference in references:
        if found := ledger.fetch(ledger.named(reference.parent, reference.parent_column, value).limit(1)):
            break
    return reference, found


def _kin(ledger: Ledger, reference: Reference, value: str, row: int) -> Kin:
    fate, place = ledger.fates(reference.parent, [row]).get(row, ("", 0))
    return Kin(reference.parent, reference.column, value, row, fate, place)


def _descend(ledger: Ledger, table: str, record: Cells) -> Iterable[Kids]:
    for child in ledger.mapping.tables:
        for reference in child.references:
            value = record.get(reference.parent_column)
            if reference.parent == table and value and child.source in ledger.sources:
                rows = ledger.named(child.source, reference.column, value)
                numbers = [_number(one[ROW]) for one in ledger.fetch(rows.select(ROW))]
                if numbers:
                    yield _kids(ledger, child, reference, rows, numbers)


def _kids(ledger: Ledger, child: TableMapping, reference: Reference, rows: ir.Table, numbers: Sequence[int]) -> Kids:
    fates = ledger.fates(child.source, numbers)
    shown = [
        Kin(child.source, reference.column, _name(child, one), number, *fates.get(number, ("", 0)))
        for one in ledger.fetch(rows.limit(MOST_SHOWN))
        for number in [_number(one[ROW])]
    ]
    harmed = sum(is_harmful(fate) for fate, _place in fates.values())
    return Kids(child.source, reference.column, len(numbers), harmed, tuple(shown))


def _name(table: TableMapping, record: Mapping[str, object]) -> str:
    return "|".join(str(record[name] or "") for name in table.source_id) or str(record[ROW])


def _number(cell: object) -> int:
    return int(str(cell))
