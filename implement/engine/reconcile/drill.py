"""Drill down: how sure the link of two records is and why, by the very weights the reconciliation judges with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.lean import at_hand
from implement.engine.mapping.names import looks_like_id
from implement.engine.mapping.plan import LOOSE, ColumnMapping, Reference, TableMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.tables.together import hold_together
from implement.engine.mapping.writings.writing import loosen
from implement.engine.reconcile.arrived.expressions import canonical_source, canonical_target
from implement.engine.reconcile.arrived.loosely import loosely
from implement.engine.reconcile.arrived.rows import Rows, Side, row_numbers, source_side, target_side
from implement.engine.reconcile.evidence import (
    AGREES,
    BY_CONTENT,
    BY_KEY,
    BY_LOOSE_KEY,
    DIFFERS,
    NEARLY,
    FieldEvidence,
    LinkEvidence,
)
from implement.engine.reconcile.links.weights import Judge, looks_alike, weigh_fields
from implement.engine.reconcile.relations.references import is_direct, without_foreign_lists
from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS, ReconcileSettings

TELLING_FIELDS = 6
MOST_CANDIDATES = 500


@dataclass(frozen=True)
class Candidate:
    """Another record that might have been the partner, with what speaks for it."""

    row: int
    name: str
    evidence: LinkEvidence


@dataclass(frozen=True)
class Tables:
    """Both sides of the whole transfer, as the run read them."""

    mapping: TransferMapping
    sources: Mapping[str, SourceTable]
    targets: Mapping[str, SourceTable]
    backend: Backend
    settings: ReconcileSettings = DEFAULT_RECONCILE_SETTINGS


@dataclass(frozen=True)
class Desk:
    """One table's two sides with its judge, to lay single records side by side."""

    table: TableMapping
    source: Side
    target: Side
    judge: Judge
    looked_up: frozenset[str]
    """References by foreign ids: their cells agree where they name the same parent."""
    tables: Tables

    @property
    def key_columns(self) -> frozenset[str]:
        """The source's columns that join the sides."""
        return frozenset(self.source.key_columns)

    def weigh(self, source_row: int, target_row: int) -> LinkEvidence:
        """What speaks for and against the two rows being one record."""
        one, other = self._fetch(self.source, [source_row]), self._fetch(self.target, [target_row])
        return self._compare(one, 0, other, 0)

    def find_target(self, source_row: int, without: Collection[int] = ()) -> Candidate | None:
        """The row of the target most alike to a row of the source, some left out."""
        return self._nearest(self._fetch(self.source, [source_row]), self.target, without)

    def find_source(self, target_row: int, without: Collection[int] = ()) -> Candidate | None:
        """The row of the source most alike to a row of the target, some left out."""
        return self._nearest(self._fetch(self.target, [target_row]), self.source, without)

    def _fetch(self, side: Side, rows: list[int]) -> Rows:
        return side.fetch(row_numbers(rows), self.tables.backend)

    def _nearest(self, rows: Rows, side: Side, without: Collection[int]) -> Candidate | None:
        if not len(rows):
            return None
        numbers = [n for n in self._numbers_alike(rows, side) if n not in set(without)]
        pool = self._fetch(side, numbers)
        judged = [(self._rank(rows, pool, place), -number, place) for place, number in enumerate(pool.numbers)]
        if not judged:
            return None
        place = max(judged)[2]
        pair = (rows, 0, pool, place) if side is self.target else (pool, place, rows, 0)
        return Candidate(pool.numbers[place], pool.ids[place], self._compare(*pair))

    def _rank(self, rows: Rows, pool: Rows, place: int) -> tuple[bool, float]:
        same_key = bool(rows.keys[0]) and rows.keys[0] == pool.keys[place]
        return same_key, self.judge.compare(rows, 0, pool, place).rank

    def _numbers_alike(self, rows: Rows, side: Side) -> list[int]:
        """Rows of a side that share the key or one of the most telling values with the row."""
        names = sorted(self.judge.weights, key=lambda name: (-self.judge.weights[name], name))[:TELLING_FIELDS]
        found: set[int] = set()
        for name in dict.fromkeys([*self.source.key_columns, *names]):
            column = self.table.column(name)
            if column is None or not rows.read[name][0] or name in self.looked_up:
                continue
            asked = {rows.read[name][0], rows.raw[name][0] or ""} if rows.raw[name][0] else {rows.read[name][0]}
            cells = _cells(side, column)
            same = side.relation.filter(cells.isin(sorted(asked))).select(ROW).order_by(ROW).limit(MOST_CANDIDATES)
            found.update(self.tables.backend.connection.to_pyarrow(same).column(ROW).to_pylist())
        return sorted(found)

    def _compare(self, one: Rows, place: int, other: Rows, there: int) -> LinkEvidence:
        near = self.judge.settings.near_share
        if not len(one) or not len(other):
            return LinkEvidence(BY_CONTENT, "", "", (), near)
        way = _way(one.keys[place], other.keys[there])
        names = [name for name in self.source.readers if not (way != BY_CONTENT and name in self.key_columns)]
        fields = [self._judge_field(name, one, place, other, there) for name in names]
        told = tuple(sorted((f for f in fields if f is not None), key=lambda f: (-f.bits, f.field)))
        return LinkEvidence(way, one.keys[place], other.keys[there], told, near)

    def _judge_field(self, name: str, one: Rows, place: int, other: Rows, there: int) -> FieldEvidence | None:
        """What one field says of the pair; None where a side is blank."""
        written, found = one.read[name][place], other.read[name][there]
        if not written or not found:
            return None
        if name in self.looked_up:
            verdict = self._judge_parents(name, one.raw[name][place] or "", other.raw[name][there] or "")
        else:
            verdict = AGREES if written == found else NEARLY if looks_alike(written, found) else DIFFERS
        return FieldEvidence(name, verdict, self.judge.weights.get(name, 0.0))

    def _judge_parents(self, name: str, written: str, found: str) -> str:
        """Say whether two references by different ids name the same parent: one that is alike on both sides."""
        references = self.table.referring[name]
        return AGREES if any(self._name_same_parent(one, written, found) for one in references) else DIFFERS

    def _name_same_parent(self, reference: Reference, written: str, found: str) -> bool:
        parent = open_desk(reference.parent, self.tables, looks_up=False)
        backend = self.tables.backend
        if parent is None or reference.target_parent_column is None:
            return False
        one = _first_row(parent.source.table.relation, reference.parent_column, written, backend)
        column, there = self.table.column(reference.column), parent.target.table.relation
        named = there[reference.target_parent_column]
        if column is not None and column.kind == LOOSE:
            named, found = loosely(named), loosen(found)
        other = _first_row(there.select(ROW, named=named), "named", found, backend)
        return bool(one and other) and parent.weigh(one, other).share >= self.judge.settings.same_share


def open_desk(table: str, tables: Tables, *, looks_up: bool = True) -> Desk | None:
    """Lay a table out; None where it has no counterpart."""
    known = tables.mapping.table(table)
    if known is None or known.target is None or not _is_there(known, tables):
        return None
    known = without_foreign_lists(known, tables.mapping)
    source, target = source_side(known, tables.sources[table]), hold_together(known, tables.targets)
    looked_up = frozenset(name for name in known.referring if _is_foreign(name, known, tables))
    judge = _weigh(known, source, looked_up, tables)
    shown = looked_up if looks_up else frozenset[str]()
    kept = (
        source if looks_up else replace(source, readers={n: r for n, r in source.readers.items() if n not in looked_up})
    )
    return Desk(known, kept, target_side(known, target, {}), judge, shown, tables)


def _is_there(table: TableMapping, tables: Tables) -> bool:
    there = {table.target, *(one.target for one in table.also), *(one.table for one in table.looked_up)}
    return table.source in tables.sources and tables.targets.keys() >= there


def _is_foreign(column: str, table: TableMapping, tables: Tables) -> bool:
    parents = [(one, tables.mapping.table(one.parent)) for one in table.referring[column]]
    return any(parent and parent.target is not None and not is_direct(one, parent) for one, parent in parents)


def _weigh(table: TableMapping, source: Side, looked_up: frozenset[str], tables: Tables) -> Judge:
    """The judge as the reconciliation makes it, of the same sample."""
    sample = source.sample(tables.settings.sample_rows, tables.backend)
    weights = weigh_fields(sample, source.table.row_count)
    skipped = frozenset(name for name in source.key_columns if looks_like_id(name)) | looked_up
    return Judge(weights, source.readers, tables.settings, skipped)


def _way(key: str, other: str) -> str:
    if key and key == other:
        return BY_KEY
    loose = loosen(key).lstrip("0")
    return BY_LOOSE_KEY if loose and loose == loosen(other).lstrip("0") else BY_CONTENT


def _cells(side: Side, column: ColumnMapping) -> ir.StringValue:
    return canonical_source(side.relation, column) if side.is_source else canonical_target(side.relation, column)


def _first_row(relation: ir.Table, column: str, value: str, backend: Backend) -> int:
    """The first row with this value; 0 where there is none."""
    asked = at_hand({"asked": [value]}, {"asked": "string"})
    found = relation.semi_join(asked, relation[column] == asked["asked"]).select(ROW).order_by(ROW).limit(1)
    rows = backend.connection.to_pyarrow(found).column(ROW).to_pylist()
    return int(rows[0]) if rows else 0
