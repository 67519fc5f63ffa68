"""Which of the records that a list names the CRM's list lacks, by what the old system calls them and by their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from implement.engine.intake import ROW
from implement.engine.mapping import Reference, TableMapping, read_ids
from implement.engine.mapping.names import words_of
from implement.engine.reconcile import Desk, Tables, open_desk
from implement.stages.transfer.service.chain import Kin, Ledger

Cells = Mapping[str, str | None]
MOST_NAMED = 30
"""Of longer lists the first ones are looked up."""
NAMES, PARTS = frozenset({"name", "title", "subject", "label"}), frozenset({"first", "last", "given", "family"})


@dataclass(frozen=True)
class ListedThere:
    """What the CRM calls the records of a list, and which of them its own list lacks, each with its name."""

    called: Mapping[str, str]
    missing: tuple[tuple[Kin, str], ...]


def find_missing(
    ledger: Ledger, tables: Tables, table: str, before: Cells, after: Cells
) -> dict[str, ListedThere]:
    """For each column that lists records of a parent what of it the CRM's list lacks."""
    known = ledger.mapping.table(table)
    found = {}
    for reference in known.listed if known else ():
        column = known.column(reference.column) if known else None
        ids = list(dict.fromkeys(read_ids(before.get(reference.column) or "")))[:MOST_NAMED]
        if column and column.target and ids and reference.parent in ledger.sources:
            there = frozenset(read_ids(after.get(column.target) or ""))
            found[reference.column] = _look_up(ledger, tables, reference, ids, there)
    return found


def _look_up(
    ledger: Ledger, tables: Tables, reference: Reference, ids: Sequence[str], there: frozenset[str]
) -> ListedThere:
    relation = ledger.sources[reference.parent].relation
    rows = ledger.fetch(relation.filter(relation[reference.parent_column].isin(ids)).order_by(ROW))
    records = {str(row[reference.parent_column]): row for row in reversed(rows)}
    numbers = {one: int(str(row[ROW])) for one, row in records.items()}
    called = _call(tables, reference, {one: numbers[one] for one in ids if one in numbers})
    missing = [one for one in ids if one in records and called.get(one, "") not in there]
    fates = ledger.fates(reference.parent, [numbers[one] for one in missing])
    parent = ledger.mapping.table(reference.parent)
    return ListedThere(
        called,
        tuple(
            (
                Kin(reference.parent, reference.column, one, numbers[one], *fates.get(numbers[one], ("", 0))),
                name_record(parent, records[one]),
            )
            for one in missing
        ),
    )


def _call(tables: Tables, reference: Reference, numbers: Mapping[str, int]) -> dict[str, str]:
    """What the CRM calls each record: what it is linked with, by the rules of the run."""
    desk = open_desk(reference.parent, tables, looks_up=False)
    named = reference.target_parent_column
    if desk is None or named is None:
        return {one: one for one in numbers}
    partners = {one: _find_partner(desk, row) for one, row in numbers.items()}
    relation = desk.target.table.relation
    rows = relation.filter(relation[ROW].isin(sorted({*partners.values()}))).select(ROW, named)
    there = {row[ROW]: row[named] for row in tables.backend.connection.to_pyarrow(rows).to_pylist()}
    return {one: str(there[row]) for one, row in partners.items() if there.get(row)}


def _find_partner(desk: Desk, row: int) -> int:
    """The row of the same record in the CRM; 0 where there is none."""
    nearest = desk.find_target(row)
    is_same = nearest is not None and nearest.evidence.share >= desk.judge.settings.same_share
    return nearest.row if nearest and is_same else 0


def name_record(table: TableMapping | None, record: Mapping[str, object]) -> str:
    """What people call a record: its name, or its first and last name, or else its first text."""
    apart = {*(table.source_id if table else ()), *(one.column for one in (table.relations if table else ())), ROW}
    texts = {name: str(cell) for name, cell in record.items() if name not in apart and cell}
    named = [name for name in texts if not NAMES.isdisjoint(words_of(name))]
    parts = [name for name in named if not PARTS.isdisjoint(words_of(name))]
    telling = [name for name in texts if any(map(str.isalpha, texts[name]))]
    return " ".join(texts[name] for name in (parts or named[:1] or telling[:1]))
