"""Findings on the fields of linked records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.mapping.plan import Reference
from implement.engine.reconcile.cells import EQUAL, name_swaps
from implement.engine.reconcile.classes import (
    FIELDS_SWAPPED,
    MOJIBAKE,
    NUMBER_FORMAT,
    REFORMATTED,
    TORN_RELATION,
    TRUNCATED,
    VALUE_CHANGED,
    VALUE_FILLED,
    VALUE_LOST,
    WRONG_RELATION,
)
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.pairing import same_names
from implement.engine.reconcile.references import Outcomes, is_direct, known_names
from implement.engine.reconcile.rows import Side, read_translated

_DAMAGED = frozenset({MOJIBAKE, NUMBER_FORMAT, REFORMATTED, TRUNCATED, FIELDS_SWAPPED})
_OF_KEYS = frozenset({MOJIBAKE, NUMBER_FORMAT, TRUNCATED})
"""What is said of a key: other differences of a key are findings on the record."""


@dataclass(slots=True)
class Difference:
    """One field of two linked records whose cells differ: as written and found, and both in canonical form."""

    source_row: int
    target_row: int
    source_id: str
    target_id: str
    field: str
    written: str
    found: str
    read_source: str
    read_target: str
    fate: str = EQUAL


def name_fields(outcome: TableOutcome, outcomes: Outcomes, backend: Backend) -> None:
    """Add the findings on fields of linked rows."""
    differences = [*_between_linked(outcome), *_between_plain(outcome, backend)]
    differences = _named(outcome, differences)
    for reference in outcome.mapping.references:
        if outcome.mapping.column(reference.column) in outcome.mapping.compared:
            _name_references(outcome, reference, differences, outcomes, backend)
    outcome.findings += [_finding(outcome.mapping.source, one) for one in differences if one.fate != EQUAL]


def _finding(table: str, one: Difference) -> Finding:
    return Finding(
        table, one.source_id, one.target_id, one.fate, one.field, one.written, one.found, "", one.source_row,
        one.target_row,
    )  # fmt: skip


def _between_linked(outcome: TableOutcome) -> Iterator[Difference]:
    """The differing cells of the rows that were linked one by one."""
    fates, source, target = outcome.fates, outcome.fates.source, outcome.fates.target
    for name in outcome.source.readers:
        one_read, other_read = source.read[name], target.read[name]
        one_raw, other_raw = source.raw[name], target.raw[name]
        translated = name in outcome.target.translated
        for one, other in fates.linked.items():
            same = one_read[one] == other_read[other] if translated else one_raw[one] == other_raw[other]
            if not same:
                yield Difference(
                    source.numbers[one], target.numbers[other], source.ids[one], target.ids[other], name,
                    one_raw[one] or "", other_raw[other] or "", one_read[one], other_read[other],
                )  # fmt: skip


def _between_plain(outcome: TableOutcome, backend: Backend) -> Iterator[Difference]:
    """The differing cells of the pairs that the table engine found, brought into memory batch by batch."""
    plain = outcome.plain
    pairs = plain.pairs.filter(plain.pairs["differs"])
    rows = pairs.select("source_row", "target_row")
    for side, mark, row in (
        (plain.leftover_source, "one", "source_row"),
        (plain.leftover_target, "other", "target_row"),
    ):
        columns = sorted(set(side.relation.columns) - {ROW})
        relation = side.relation.select(**{row: side.relation[ROW]}, **{mark + n: side.relation[n] for n in columns})
        rows = rows.join(relation, row)
    for batch in backend.in_batches(rows):
        yield from _of_batch(outcome, batch)


def _of_batch(outcome: TableOutcome, batch: pa.RecordBatch) -> Iterator[Difference]:
    keys = set(outcome.source.key_columns)
    for name, same in same_names(outcome.mapping).items():
        if name in keys:
            continue
        rows = batch.filter(pc.not_equal(batch.column(f"one{same}"), batch.column(f"other{same}")))
        if rows.num_rows:
            yield from _of_column(outcome, name, rows)


def _of_column(outcome: TableOutcome, name: str, rows: pa.RecordBatch) -> Iterator[Difference]:
    source, target = outcome.source, outcome.target
    numbers, others = rows.column("source_row").to_pylist(), rows.column("target_row").to_pylist()
    written = rows.column(f"one{source.names[name]}").to_pylist()
    found = rows.column(f"other{target.names[name]}").to_pylist()
    reader = source.readers[name]
    read = [reader.read_source(cell) for cell in written]
    if name in target.translated:
        parents = rows.column(f"other{target.translated[name]}").to_pylist()
        other_read = read_translated(reader, parents, found)
    else:
        other_read = [reader.read_target(cell) for cell in found]
    ids, other_ids = _ids(source, "one", numbers, rows), _ids(target, "other", others, rows)
    columns = (numbers, others, ids, other_ids, written, found, read, other_read)
    for number, other, one_id, other_id, one, two, first, second in zip(*columns, strict=True):
        yield Difference(number, other, one_id, other_id, name, one or "", two or "", first, second)


def _ids(side: Side, mark: str, numbers: Sequence[int], rows: pa.RecordBatch) -> list[str]:
    return side.join_ids([rows.column(mark + name).to_pylist() for name in side.id_columns], numbers)


def _named(outcome: TableOutcome, differences: Sequence[Difference]) -> list[Difference]:
    """The differences with their classes, without those that are none and without keys that merely changed."""
    keys = frozenset(outcome.source.key_columns)
    kept = []
    by_row: dict[int, list[Difference]] = defaultdict(list)
    for one in differences:
        if one.field in outcome.target.translated:
            one.fate = _compare_translated(one.read_source, one.read_target)
        else:
            one.fate = outcome.source.readers[one.field].compare(one.written or None, one.found or None)
        if one.fate != EQUAL and (one.field not in keys or one.fate in _OF_KEYS):
            kept.append(one)
            by_row[one.source_row].append(one)
    for several in by_row.values():
        if len(several) > 1:
            _name_swaps(several)
    return kept


def _name_swaps(several: Sequence[Difference]) -> None:
    found = name_swaps(
        [(one.field, one.fate) for one in several],
        {one.field: one.read_source for one in several},
        {one.field: one.read_target for one in several},
    )
    for one, (_, fate) in zip(several, found, strict=True):
        one.fate = fate


def _compare_translated(one: str, other: str) -> str:
    if one == other:
        return EQUAL
    return VALUE_FILLED if not one else VALUE_LOST if not other else VALUE_CHANGED


def _name_references(
    outcome: TableOutcome,
    reference: Reference,
    differences: Sequence[Difference],
    outcomes: Outcomes,
    backend: Backend,
) -> None:
    """Turn differences in a reference into torn and wrong relations."""
    changed = [
        one
        for one in differences
        if one.field == reference.column and one.fate not in _DAMAGED and one.fate != VALUE_FILLED
    ]
    if not changed:
        return
    existing = _existing(reference, [one.found for one in changed], outcome, outcomes, backend)
    gone = outcomes[reference.parent].gone if reference.parent in outcomes else {}
    for one in changed:
        one.fate = _relation_fate(one, existing, gone)


def _relation_fate(one: Difference, existing: set[str], gone: Mapping[str, str]) -> str:
    if not one.found:
        return TORN_RELATION
    if gone.get(one.written) == one.read_target != "":
        return EQUAL
    return WRONG_RELATION if one.found in existing else TORN_RELATION


def _existing(
    reference: Reference, names: Sequence[str], outcome: TableOutcome, outcomes: Outcomes, backend: Backend
) -> set[str]:
    """Which of the names the target uses do name a parent there."""
    parent = outcomes.get(reference.parent)
    if parent is None and reference.parent == outcome.mapping.source:
        parent = outcome
    if parent is None or reference.target_parent_column is None:
        return set(names)
    assert is_direct(reference, parent.mapping) or reference.target_parent_column
    return known_names(names, parent.target.table.relation, reference.target_parent_column, backend)
