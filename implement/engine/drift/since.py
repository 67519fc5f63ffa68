"""Compare the CRM as it was at the cutover with the CRM as it is, for the records that were transferred."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.drift.columns import YES, DriftColumns, find_columns, name_values
from implement.engine.drift.findings import (
    CHANGED,
    DELETED,
    DUPLICATED,
    EMPTIED,
    FILLED,
    LOSSES,
    MERGED,
    REASSIGNED,
    TORN,
    DriftFinding,
    drift_table,
)
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import ROW, Intake, SourceTable
from implement.engine.mapping.plan import DATE, TableMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.writings.writing import canonical
from implement.engine.reconcile import classes, reconcile
from implement.engine.reconcile.arrived.rows import row_numbers
from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS, ReconcileSettings

KEPT_APART = "says who changed the record and when"
_MEANT = {
    classes.DROPPED: DELETED, classes.MERGED: MERGED, classes.DUPLICATED: DUPLICATED, classes.VALUE_LOST: EMPTIED,
    classes.VALUE_FILLED: FILLED,
}  # fmt: skip
Row = Mapping[str, str | int | None]
Records = Mapping[str, Collection[int]]


@dataclass(frozen=True)
class DriftTotals:
    """The figures of one table of the CRM; `concerned` counts records by change, `missing` columns are no longer in the
    export.
    """

    table: str
    transferred: int
    untouched: int
    added: int
    concerned: Mapping[str, int]
    columns: DriftColumns = field(default_factory=DriftColumns)
    missing: tuple[str, ...] = ()
    table_now: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    """Columns of the earlier export and what they are called in the later one."""


@dataclass(frozen=True)
class Drift:
    """What happened since: findings in order, totals per table, tables the later export does not have."""

    findings: pa.Table
    tables: tuple[DriftTotals, ...]
    missing_tables: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many findings there are but for blanks that were filled."""
        return sum(1 for change in self.findings.column("change").to_pylist() if change != FILLED)


@dataclass
class _Table:
    """One table under work: what is known of its columns, and the findings on transferred records."""

    mapping: TableMapping
    then: SourceTable
    now: SourceTable
    columns: DriftColumns
    pairs: tuple[tuple[str, str], ...]
    rows: list[Row] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: int = 0


def find_drift(
    then: Intake,
    now: Intake,
    mapping: TransferMapping,
    backend: Backend,
    *,
    born_since: Records | None = None,
    settings: ReconcileSettings = DEFAULT_RECONCILE_SETTINGS,
    progress: Progress = no_progress,
) -> Drift:
    """Say what happened to the transferred records; `born_since` are rows of `then` that were not transferred.

    `mapping` leads from the earlier export to the later one. A table that the later export lacks is named, and nothing
    is said of its records.
    """
    tables = _lay_out(then, now, mapping, backend)
    compared = TransferMapping(tuple(one.mapping for one in tables.values()))
    found = reconcile(then, now, compared, backend, settings=settings, progress=progress)
    _share_out(found.findings, tables, born_since or {})
    findings = [one for table in tables.values() for one in _tell(table, then, now, backend)]
    by_table: dict[str, list[DriftFinding]] = defaultdict(list)
    for one in findings:
        by_table[one.table].append(one)
    totals = tuple(_count(t, by_table[name], len((born_since or {}).get(name, ()))) for name, t in tables.items())
    missing = tuple(sorted(one.source for one in mapping.tables if one.target is None))
    return Drift(drift_table(findings), totals, missing)


def _lay_out(then: Intake, now: Intake, mapping: TransferMapping, backend: Backend) -> dict[str, _Table]:
    """The tables of both exports; what says who changed a record is not compared."""
    thens, nows = ({table.name: table for table in side.tables} for side in (then, now))
    tables = {}
    for one in sorted(mapping.tables, key=lambda table: table.source):
        if one.target is None:
            continue
        later = find_columns(nows[one.target], one.target_id, backend)
        earlier = find_columns(thens[one.source], one.source_id, backend)
        columns = replace(later, owner=earlier.owner, deleted=earlier.deleted)
        apart = later.about_the_change | {c.target for c in one.columns if c.source in earlier.about_the_change}
        pairs = tuple((column.source, column.target) for column in one.columns if column.target)
        tables[one.source] = _Table(_set_apart(one, apart), thens[one.source], nows[one.target], columns, pairs)
    return tables


def _set_apart(table: TableMapping, apart: Collection[str | None]) -> TableMapping:
    columns = tuple(
        replace(column, target=None, left_behind=KEPT_APART) if column.target in apart else column
        for column in table.columns
    )
    kept = {column.source for column in columns if column.target is not None}
    references, listed = (tuple(r for r in some if r.column in kept) for some in (table.references, table.listed))
    return replace(table, columns=columns, references=references, listed=listed)


def _share_out(findings: pa.Table, tables: Mapping[str, _Table], born_since: Records) -> None:
    """Give each table what was found about transferred records; count what was added since."""
    born = {name: frozenset(rows) for name, rows in born_since.items()}
    for batch in findings.to_batches(max_chunksize=20_000):
        for row in batch.to_pylist():
            table = tables[row["table"]]
            if row["class"] == classes.EXTRA:
                table.added += 1
            elif not row["source_id"] and not row["target_id"]:
                table.missing += [row["field"]] if row["class"] == classes.VALUE_LOST else []
            elif row["class"] != classes.REFORMATTED and row["source_row"] not in born.get(table.then.name, ()):
                table.rows.append(row)


def _tell(table: _Table, then: Intake, now: Intake, backend: Backend) -> list[DriftFinding]:
    """The findings of a table with whose the record was, who changed it and when."""
    columns, layout = table.columns, table.columns.layout
    owners = _read(table.then, [columns.owner], {int(row["source_row"] or 0) for row in table.rows}, backend)
    changed = [columns.changed_by, columns.changed_on]
    authors = _read(table.now, changed, {int(row["target_row"] or 0) for row in table.rows}, backend)
    owner_names = name_values((cells[0] for cells in owners.values()), then, backend)
    author_names = name_values((cells[0] for cells in authors.values()), now, backend)
    told = []
    for row in table.rows:
        change = _name_change(row, table)
        owner = owners.get(int(row["source_row"] or 0), ("",))[0]
        by, on = authors.get(int(row["target_row"] or 0), ("", "")) if change not in (MERGED, TORN) else ("", "")
        told.append(
            DriftFinding(
                table.then.name, str(row["source_id"]), str(row["target_id"]), change, _field(row, table),
                str(row["source_value"] or ""), str(row["target_value"] or ""), owner, owner_names.get(owner, ""),
                by, author_names.get(by, ""), _day(canonical(on, DATE, layout)), int(row["source_row"] or 0),
                int(row["target_row"] or 0),
            )
        )  # fmt: skip
    return told


def _field(row: Row, table: _Table) -> str:
    """The field; where a record goes by another key, the key."""
    return table.mapping.key[0][0] if row["class"] == classes.REKEYED and table.mapping.key else str(row["field"])


def _name_change(row: Row, table: _Table) -> str:
    fate, column, after = str(row["class"]), str(row["field"]), str(row["target_value"] or "")
    if column and column == table.columns.deleted and after.strip().lower() in YES:
        return DELETED
    if fate == classes.TORN_RELATION:
        return EMPTIED if not after else TORN if after == row["source_value"] else CHANGED
    known = _MEANT.get(fate, CHANGED)
    return REASSIGNED if known in (CHANGED, FILLED) and column and column == table.columns.owner else known


def _read(
    table: SourceTable, names: Sequence[str], rows: Collection[int], backend: Backend
) -> dict[int, tuple[str, ...]]:
    """The cells of some columns by row; empty where the table lacks the column."""
    there = [name for name in names if name]
    wanted = sorted(row for row in rows if row)
    if not there or not wanted:
        return {}
    asked = table.relation.semi_join(row_numbers(wanted), ROW).select(ROW, *there)
    found = backend.connection.to_pyarrow(asked).to_pylist()
    return {row[ROW]: tuple(str(row[name] or "") if name else "" for name in names) for row in found}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _count(table: _Table, findings: Sequence[DriftFinding], born: int) -> DriftTotals:
    concerned = Counter(change for change, _row in {(one.change, one.row_then) for one in findings})
    touched = len({one.row_then for one in findings if one.change != FILLED})
    transferred = table.then.row_count - born
    return DriftTotals(
        table.then.name, transferred, transferred - touched, table.added, concerned, table.columns,
        tuple(sorted(table.missing)), table.now.name, table.pairs,
    )  # fmt: skip


def lost_records(totals: DriftTotals) -> int:
    """How many losses a table had, by record and kind of loss."""
    return sum(count for change, count in totals.concerned.items() if change in LOSSES)
