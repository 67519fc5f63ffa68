"""Build the repair of a run: inserts of what is missing, updates of what is damaged, deletes of second copies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake, SourceTable
from implement.engine.mapping.composite import hold_composites, write_apart
from implement.engine.mapping.plan import TABLE, Reference, TableMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.relations.look_ups import read_look_ups
from implement.engine.mapping.tables.together import leave_looked_up
from implement.engine.reconcile.classes import DROPPED, DUPLICATED, MERGED, REKEYED, is_harmful
from implement.engine.reconcile.relations.references import is_direct, named_there, without_foreign_lists
from implement.engine.reconcile.run import parents_first
from implement.engine.reconcile.tables.counterparts import find_counterparts
from implement.engine.reconcile.tables.parts import mark_rows, with_marks
from implement.engine.repair.divided import divide_written
from implement.engine.repair.parents import name_parents
from implement.engine.repair.plan import (
    KEY_ITSELF,
    KEY_NOT_UNIQUE,
    NO_COUNTERPART,
    NO_KEY,
    NOT_WRITABLE,
    PARENT_MISSING,
    WITH_PARENT,
    LeftOut,
    Repair,
)
from implement.engine.repair.rows import Cells, Row, as_text, find_shared_keys, read_rows
from implement.engine.repair.tables import Written, order_tables
from implement.engine.repair.writing import CellWriter

Finding = Mapping[str, str | int]
Unwritten = tuple[str, str]
"""Why a cell cannot be written: a reason, and the parent that is missing."""
NAMES = ("table", "source_id", "target_id", "class", "field")


@dataclass
class Bench:
    """One table under repair: its rows of both sides that are needed, and how its cells are written."""

    mapping: TableMapping
    target: SourceTable
    before: Mapping[int, Row]
    after: Mapping[int, Row]
    writers: Mapping[str, CellWriter]
    parents: Mapping[str, tuple[str, Mapping[str, str]]]
    """Per reference column whose cells are the target's own ids: the parent table, and what its records are called."""
    key: tuple[str, ...]
    shared_keys: frozenset[Cells]
    written: Written = field(default_factory=Written)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, finding: Finding, reason: str, parent: str = "") -> None:
        """Note that a finding is in no file."""
        table, source_id, target_id, fate, column = (str(finding[name]) for name in NAMES)
        self.left_out.append(LeftOut(table, source_id, target_id, fate, column, reason, parent))

    def lacks(self, column: str) -> bool:
        """Say whether no column of a target table holds what a source column holds."""
        return column not in self.writers or self.writers[column].column.target == TABLE

    def write(self, column: str, cell: str | None) -> str | Unwritten:
        """What the target is to hold for a source's cell, or why that cannot be said."""
        if column in self.parents and cell:
            parent, names = self.parents[column]
            return names.get(cell, (PARENT_MISSING, parent))
        written = self.writers[column].write(cell)
        return (NOT_WRITABLE, "") if written is None else written


def build_repair(
    findings: pa.Table,
    source: Intake,
    target: Intake,
    mapping: TransferMapping,
    backend: Backend,
    *,
    wanted: pa.Table | None = None,
    progress: Progress = no_progress,
) -> Repair:
    """Put together what repairs the `wanted` findings (all harmful ones when None) of a run, and what takes it back."""
    backend = backend.embedded
    source, target = hold_composites(source, target, mapping)
    sources = read_look_ups(mapping, {table.name: table for table in source.tables})
    targets = {table.name: table for table in target.tables}
    asked = _group(_harmful(wanted if wanted is not None else findings))
    known = _group(findings)
    ordered = [mark_rows(leave_looked_up(without_foreign_lists(table, mapping))) for table in parents_first(mapping)]
    there = _Counterparts(targets, find_counterparts(mapping, sources, targets, backend))
    benches, left_out = [], list[LeftOut]()
    for place, table in enumerate(ordered):
        progress(table.source, place, len(ordered))
        rows = asked.get(table.source, [])
        whole = [row for row in rows if not row["source_row"] and not row["target_row"]]
        left_out += [_of_whole(row) for row in whole]
        if table.target is None or len(whole) == len(rows):
            continue
        sides = (with_marks(table, sources[table.source]), there.held(table))
        single = [row for row in rows if row["source_row"] or row["target_row"]]
        bench = _prepare(table, sides, single, backend)
        bench.parents = _name_all_parents(bench, mapping, sources, there, known, backend)
        _repair(bench, single)
        benches.append(bench)
    tables, undo = order_tables(
        [done for bench in benches for done in divide_written(bench.mapping, targets, bench.key, bench.written)]
    )
    return Repair(tables, undo, tuple(left_out + [one for bench in benches for one in bench.left_out]))


@dataclass(frozen=True)
class _Counterparts:
    """The target's tables, and of those that were united or divided where each source table's records are."""

    targets: Mapping[str, SourceTable]
    own: Mapping[str, SourceTable]

    def held(self, table: TableMapping) -> SourceTable:
        """The table that is repaired, with the rows of others that it holds too."""
        return self.own[table.source] if table.also else self.targets[table.target or ""]

    def arrived(self, table: TableMapping) -> SourceTable:
        """The records of the source table alone."""
        return self.own.get(table.source, self.targets[table.target or ""])


def _harmful(findings: pa.Table) -> pa.Table:
    fates = [fate for fate in pc.unique(findings.column("class")).to_pylist() if is_harmful(fate)]
    return findings.filter(pc.is_in(findings.column("class"), pa.array(fates, pa.string())))


def _group(findings: pa.Table) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for row in findings.to_pylist():
        grouped.setdefault(row["table"], []).append(row)
    return grouped


def _of_whole(row: Finding) -> LeftOut:
    return LeftOut(str(row["table"]), "", "", str(row["class"]), str(row["field"]), NO_COUNTERPART)


def _prepare(
    table: TableMapping, sides: tuple[SourceTable, SourceTable], rows: Sequence[Finding], backend: Backend
) -> Bench:
    before = read_rows(sides[0].relation, {int(row["source_row"]) for row in rows}, backend)
    after = read_rows(sides[1].relation, {int(row["target_row"]) for row in rows}, backend)
    key = table.target_id or tuple(other for _one, other in table.key)
    shared = find_shared_keys(sides[1].relation, key, after.values(), backend)
    writers = {column.source: CellWriter(column) for column in table.compared}
    return Bench(table, sides[1], before, after, writers, {}, key, shared)


def _name_all_parents(
    bench: Bench,
    mapping: TransferMapping,
    sources: Mapping[str, SourceTable],
    there: _Counterparts,
    known: Mapping[str, Sequence[Finding]],
    backend: Backend,
) -> dict[str, tuple[str, Mapping[str, str]]]:
    """For each reference by the target's own ids: what it calls the parents that arrived."""
    named: dict[str, tuple[str, Mapping[str, str]]] = {}
    for column, references in bench.mapping.referring.items():
        parents = [(one, parent) for one in references if (parent := mapping.table(one.parent))]
        if column not in bench.writers or all(is_direct(one, parent) for one, parent in parents):
            continue
        names: dict[str, str] = {}
        for reference, parent in parents:
            asked = named_there(reference, parent)
            if parent.target is not None and asked is not None:
                sides = (sources[parent.source], there.arrived(parent))
                names |= _name_parents(bench, asked, parent, sides, known.get(parent.source, []), backend)
        named[column] = ("/".join(one.parent for one, _ in parents), names)
    return named


def _name_parents(
    bench: Bench,
    reference: Reference,
    parent: TableMapping,
    sides: tuple[SourceTable, SourceTable],
    found: Sequence[Finding],
    backend: Backend,
) -> dict[str, str]:
    pairs = [(int(row["source_row"]), int(row["target_row"])) for row in found]
    pairs = [pair for row, pair in zip(found, pairs, strict=True) if all(pair) and _is_own(row)]
    gone = [int(row["source_row"]) for row in found if row["class"] in (DROPPED, MERGED)]
    wanted = {cell for row in bench.before.values() if (cell := row.get(reference.column))}
    return name_parents(reference, parent, sides, wanted, pairs, gone, backend)


def _is_own(row: Finding) -> bool:
    """True where the finding's two rows are the same record, and not a twin or a further copy."""
    return row["class"] not in (DUPLICATED, MERGED)


def _repair(bench: Bench, rows: Sequence[Finding]) -> None:
    for row in rows:
        if row["class"] in (DROPPED, MERGED):
            _insert(bench, row)
        elif row["class"] == DUPLICATED:
            _delete(bench, row)
        elif row["class"] == REKEYED:
            _give_key_back(bench, row)
        elif row["field"] and bench.lacks(str(row["field"])):
            bench.leave_out(row, NOT_WRITABLE)
        elif row["field"]:
            _update(bench, row, {str(row["field"]): bench.before[int(row["source_row"])].get(str(row["field"]))})


def _insert(bench: Bench, finding: Finding) -> None:
    record = bench.before[int(finding["source_row"])]
    cells: dict[str, str] = {}
    for column in bench.mapping.compared:
        written = bench.write(column.source, record.get(column.source))
        if isinstance(written, tuple):
            bench.leave_out(finding, *written)
            return
        cells |= write_apart(column.target or "", written, bench.target.columns)
    for joined in bench.mapping.joined:
        if len(joined.target) == 1:
            cells[joined.target[0]] = " ".join(filter(None, (record.get(name) for name in joined.source)))
    for one, other in bench.mapping.key:
        cells.setdefault(other, as_text(record.get(one)))
    bench.written.insert(int(finding["source_row"]), cells)


def _delete(bench: Bench, finding: Finding) -> None:
    record = bench.after[int(finding["target_row"])]
    key = _key_of(bench, finding, record)
    if key is not None:
        bench.written.delete(int(finding["target_row"]), key, record)


def _give_key_back(bench: Bench, finding: Finding) -> None:
    pairs = [(one, other) for one, other in bench.mapping.key if one in bench.writers]
    if not pairs or {other for _one, other in pairs} & set(bench.key):
        bench.leave_out(finding, KEY_ITSELF)
        return
    record = bench.before[int(finding["source_row"])]
    _update(bench, finding, {one: record.get(one) for one, _other in pairs})


def _update(bench: Bench, finding: Finding, cells: Mapping[str, str | None]) -> None:
    """Set columns (by their source names) of one target record to what the source says."""
    row = int(finding["target_row"])
    record = bench.after[row]
    key = _key_of(bench, finding, record)
    if key is None:
        return
    columns = {column.source: column.target or "" for column in bench.mapping.compared}
    for name, cell in cells.items():
        written = bench.write(name, cell)
        if columns[name] in bench.key:
            bench.leave_out(finding, KEY_ITSELF)
        elif isinstance(written, tuple):
            bench.leave_out(finding, *written)
        elif written == as_text(record.get(columns[name])):
            bench.leave_out(finding, WITH_PARENT, _parent_of(bench, name))
        else:
            for there, part in write_apart(columns[name], written, bench.target.columns).items():
                bench.written.update(row, key, there, part, record)


def _key_of(bench: Bench, finding: Finding, record: Row) -> Cells | None:
    """What the target's record is called; None, noted as left out, when that names no record or several."""
    key = tuple(as_text(record.get(name)) for name in bench.key)
    if not key or not all(key):
        bench.leave_out(finding, NO_KEY)
    elif key in bench.shared_keys:
        bench.leave_out(finding, KEY_NOT_UNIQUE)
    else:
        return key
    return None


def _parent_of(bench: Bench, column: str) -> str:
    return "/".join(one.parent for one in bench.mapping.referring.get(column, ()))
