"""Several source tables in one target table: each of its rows is given to the one it fits best, and to no other."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import ibis
import numpy as np
import numpy.typing as npt

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import Numbers
from implement.engine.intake import ROW, SourceTable, keep_some
from implement.engine.mapping.plan import ColumnMapping, TableMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.reconcile.arrived.book import Hashes
from implement.engine.reconcile.arrived.expressions import canonical_source, canonical_target
from implement.engine.reconcile.arrived.parents import MIXING
from implement.engine.reconcile.relations.references import is_direct

Scores = npt.NDArray[np.float64]
IS_OWN = 0.95
"""How often a row of a part has a value of the part: cells are damaged now and then."""
LEAST_CHANCE = 0.02
LEAST_HELD = 0.1
"""Values of which so few are there are not read, or did not arrive: they say nothing about whose a row is."""
TELLING_COLUMNS = 6
"""Columns that are looked at two by two; those of the key are paired with every other one."""


def mark_rows(table: TableMapping) -> TableMapping:
    """The mapping with a compared column more where a column of the target tells whose its rows are."""
    marks = tuple(ColumnMapping(name_mark(table, column), column) for column, _ in table.target_rows)
    return replace(table, columns=(*table.columns, *marks))


def name_mark(table: TableMapping, column: str) -> str:
    """What a column that only the target has is called on the source's side."""
    taken = {one.source for one in table.columns}
    return f"{column} ({table.target})" if column in taken else column


def mark_words(table: TableMapping) -> dict[str, str]:
    """The word that the target says of a table's rows, by what its column is called on the source's side."""
    marks = {column for column, _ in table.target_rows}
    own = replace(table, columns=tuple(one for one in table.columns if one.target not in marks))
    return {name_mark(own, column): word for column, word in table.target_rows}


def with_marks(table: TableMapping, source: SourceTable) -> SourceTable:
    """The source with the word that the target says of its rows in a column of its own."""
    words = {name: ibis.literal(word) for name, word in mark_words(table).items()}
    return replace(source, relation=source.relation.mutate(**words), sample=None) if words else source


def share_rows(
    tables: Sequence[TableMapping],
    mapping: TransferMapping,
    sources: Mapping[str, SourceTable],
    target: SourceTable,
    backend: Backend,
) -> dict[str, SourceTable]:
    """For each of the source tables that became one the target with its own rows alone."""
    own = [_without_foreign(mark_rows(table), mapping) for table in tables]
    silent = {c.target for table, known in zip(tables, own, strict=True) for c in {*table.compared} - {*known.columns}}
    silent |= {name for table in tables for joined in table.joined for name in joined.target}
    names = sorted({column.target or "" for table in own for column in table.compared} - silent)
    parts = [
        _Part(
            _hash_source(table, with_marks(table, sources[table.source]), names, backend),
            _hash_target(table, target, names, backend),
            _keyed(table, names),
        )
        for table in own
    ]
    scores = np.stack([_score(place, parts) for place in range(len(parts))])
    whose = _even_out(scores, parts)
    numbers = parts[0].target.rows
    return {table.source: keep_some(target, numbers[whose == place], backend) for place, table in enumerate(tables)}


def _without_foreign(table: TableMapping, mapping: TransferMapping) -> TableMapping:
    """The table without references by other ids, whose cells say nothing before the parents are linked."""
    foreign = {one.column for one in table.relations if _is_foreign(one.parent, one.column, table, mapping)}
    return replace(table, columns=tuple(column for column in table.columns if column.source not in foreign))


def _is_foreign(parent: str, column: str, table: TableMapping, mapping: TransferMapping) -> bool:
    known = mapping.table(parent)
    return known is not None and any(one.column == column and not is_direct(one, known) for one in table.relations)


@dataclass(frozen=True)
class _Cells:
    """The hashes of the cells of one side, column by column, in the order of the file."""

    rows: Numbers
    columns: list[Hashes]

    @cached_property
    def whole(self) -> Hashes:
        """One hash for each row."""
        together = np.zeros(len(self.rows), dtype=np.uint64)
        for column in self.columns:
            together = _mix(together, column)
        return together

    def feature(self, places: tuple[int, ...]) -> Hashes:
        """The hashes of one column, or of two together."""
        one = self.columns[places[0]]
        return one if len(places) == 1 else _mix(one, self.columns[places[1]])


@dataclass(frozen=True)
class _Part:
    """One of the source tables that became one, and the target as it is read for it."""

    source: _Cells
    target: _Cells
    keyed: frozenset[int]


def _mix(one: Hashes, other: Hashes) -> Hashes:
    return (one * MIXING) ^ (other + (one >> np.uint64(7)))


def _hash_source(table: TableMapping, source: SourceTable, names: Sequence[str], backend: Backend) -> _Cells:
    cells = {column.target: canonical_source(source.relation, column) for column in table.compared}
    return _fetch(source, [cells.get(name, ibis.literal("")) for name in names], backend)


def _hash_target(table: TableMapping, target: SourceTable, names: Sequence[str], backend: Backend) -> _Cells:
    known = {column.target: column for column in table.compared}
    columns = [known.get(name, ColumnMapping(name, name)) for name in names]
    return _fetch(target, [canonical_target(target.relation, column) for column in columns], backend)


def _fetch(table: SourceTable, cells: Sequence[ibis.Value], backend: Backend) -> _Cells:
    hashed = {f"c{place}": hash_cells([cell], backend) for place, cell in enumerate(cells)}
    found = backend.connection.to_pyarrow(table.relation.select(**{ROW: table.relation[ROW]} | hashed))
    rows: Numbers = found.column(ROW).to_numpy()
    order = np.argsort(rows, kind="stable")
    return _Cells(rows[order], [found.column(name).to_numpy()[order].astype(np.uint64) for name in hashed])


def _keyed(table: TableMapping, names: Sequence[str]) -> frozenset[int]:
    return frozenset(names.index(other) for _, other in table.key if other in names)


def _score(place: int, parts: Sequence[_Part]) -> Scores:
    """For each row of the target how much more likely it is of this part than of another, in bits.

    A value, or a pair of values, speaks for a part by how seldom the other parts' rows have one that it has too.
    """
    part, others = parts[place], [one for one in parts if one is not parts[place]]
    score = np.zeros(len(part.target.rows))
    for feature in _features(part):
        values = np.unique(part.source.feature(feature))
        elsewhere = np.concatenate([one.source.feature(feature) for one in others])
        chance = float(np.isin(elsewhere, values).mean()) if len(elsewhere) else 0.0
        chance = min(IS_OWN, max(LEAST_CHANCE, chance))
        held = np.isin(part.target.feature(feature), values)
        if held.sum() < LEAST_HELD * len(part.source.rows):
            continue
        score += np.where(held, np.log2(IS_OWN / chance), np.log2((1 - IS_OWN) / (1 - chance)))
    return score


def _features(part: _Part) -> list[tuple[int, ...]]:
    """Every column alone, the key with each other, and the most telling ones two by two."""
    places = range(len(part.source.columns))
    different = {place: len(np.unique(part.source.columns[place])) for place in places}
    telling = sorted(places, key=lambda place: (-different[place], place))[:TELLING_COLUMNS]
    pairs = {tuple(sorted(pair)) for pair in itertools.combinations(telling, 2)}
    pairs |= {tuple(sorted((key, place))) for key in part.keyed for place in places if place != key}
    return [*((place,) for place in places), *sorted(pairs)]


def _even_out(scores: Scores, parts: Sequence[_Part]) -> Numbers:
    """The part of each row; of rows that are equal in several parts each part has as many as it had before."""
    whose: Numbers = scores.argmax(axis=0).astype(np.int64)
    counts = [dict(zip(*np.unique(part.source.whole, return_counts=True), strict=True)) for part in parts]
    shared = set(counts[0]).intersection(*counts[1:]) if len(counts) > 1 else set()
    if not shared:
        return whose
    wholes = [part.target.whole for part in parts]
    for row in np.flatnonzero(np.isin(wholes[0], np.array(sorted(shared), dtype=np.uint64))).tolist():
        left = [counts[place].get(wholes[place][row], 0) for place in range(len(parts))]
        place = int(np.argmax(left))
        whose[row] = place
        counts[place][wholes[place][row]] = left[place] - 1
    return whose
