"""Differences that hold for a whole column become one finding; consistent replacements are mappings, not damage."""

import itertools
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import code_cells
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.plan import LISTED, ColumnMapping
from implement.engine.mapping.writings.id_lists import order_ids
from implement.engine.reconcile.classes import REFORMATTED, VALUE_CHANGED
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.fields.further_choices import find_further_choices
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.settings import ReconcileSettings

VALUES_SHOWN = 20
_FOLDED = frozenset({REFORMATTED, VALUE_CHANGED})


def fold_columns(outcome: TableOutcome, settings: ReconcileSettings, backend: Backend) -> None:
    """Replace findings of a column that share one writing or one replacement by a single reformatted row."""
    fields, fates = (code_cells(outcome.findings.column(name)) for name in ("field", "class"))
    folds, folded = fates.are(_FOLDED), np.zeros(len(fates), dtype=bool)
    values = outcome.findings.select(["class", "source_value", "target_value"])
    whole: list[Finding] = []
    for column in sorted(outcome.mapping.compared, key=lambda column: column.source):
        places = np.flatnonzero(folds & fields.are({column.source}))
        found = _Found(values.take(pa.array(places)))
        maps = _replacements(outcome, column, found, settings, backend)
        rewritten = _is_rewritten(outcome, column, found, settings)
        folded[places] = found.are_mapped(maps, column) | (rewritten & found.reformatted)
        if rewritten or maps or column.values:
            whole.append(_column_finding(outcome, column, maps | set(column.values), found))
    outcome.findings = outcome.findings.filter(pa.array(~folded))
    outcome.add(whole)


@dataclass(frozen=True)
class _Found:
    """The findings on one column that may hold for all of it."""

    findings: pa.Table

    @cached_property
    def reformatted(self) -> npt.NDArray[np.bool_]:
        """Which of them say that the same value is written in another way."""
        return code_cells(self.findings.column("class")).are({REFORMATTED})

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """What was written and what was found."""
        values = (self.findings.column(name).to_pylist() for name in ("source_value", "target_value"))
        return list(zip(*values, strict=True))

    def are_mapped(self, maps: Collection[tuple[str, str]], column: ColumnMapping) -> npt.NDArray[np.bool_]:
        """Which of them are such a replacement; of lists, one in which nothing else is another."""
        if not maps:
            return np.zeros(len(self.findings), dtype=bool)
        if column.kind == LISTED:
            became = column.replaced | dict(maps)
            return np.array([order_ids(one, became) == order_ids(other) for one, other in self.pairs], dtype=bool)
        return np.array([pair in maps for pair in self.pairs], dtype=bool)


def _is_rewritten(outcome: TableOutcome, column: ColumnMapping, found: _Found, settings: ReconcileSettings) -> bool:
    if column.rewritten:
        return True
    rewritten = int(found.reformatted.sum())
    return rewritten >= settings.map_rows and rewritten > settings.whole_column * outcome.arrived


def _replacements(
    outcome: TableOutcome, column: ColumnMapping, found: _Found, settings: ReconcileSettings, backend: Backend
) -> set[tuple[str, str]]:
    """Pairs of values where every occurrence of the one became the other, which stands for nothing else."""
    if column.kind == LISTED:
        return find_further_choices(column, found.pairs, outcome.source.table, settings, backend)
    changed = found.findings.filter(pa.array(~found.reformatted)).group_by(["source_value", "target_value"])
    counted = changed.aggregate([([], "count_all")])
    counted = counted.filter(pc.field("count_all") >= _least_rows(outcome, column, counted, settings, backend))
    often = {(row["source_value"], row["target_value"]): row["count_all"] for row in counted.to_pylist()}
    often = {pair: n for pair, n in often.items() if n > 1 or _is_as_long(pair[1], column)}
    if not often or column.target is None:
        return set()
    unlinked = outcome.fates.source.raw[column.source].take(outcome.fates.free_sources)
    lost = {one: int(unlinked.are({one}).sum()) for one, _ in often}
    most = {one: n / settings.map_share + lost[one] for (one, _), n in _ascending(often)}
    written = _occurrences(outcome.source.table, column.source, most, backend)
    steady = {
        (one, other): n for (one, other), n in often.items() if n >= settings.map_share * (written[one] - lost[one])
    }
    born = _only_there(outcome, column.target, {other for _, other in steady}, backend)
    most = {other: n / settings.map_share + born[other] for (_, other), n in _ascending(steady)}
    seen = _occurrences(outcome.target.table, column.target, most, backend)
    return {(one, other) for (one, other), n in steady.items() if n >= settings.map_share * (seen[other] - born[other])}


def _only_there(outcome: TableOutcome, column: str, values: Collection[str], backend: Backend) -> Counter[str]:
    """How often values stand in target rows that no record became: what was born there denies no map."""
    places = outcome.fates.free_targets
    if not values or not places:
        return Counter()
    asked = ibis.memtable(pa.table({ROW: np.array(outcome.fates.target.numbers, dtype=np.int64)[places]}))
    cells = outcome.target.table.relation.semi_join(asked, ROW)
    cells = cells.filter(cells[column].isin(sorted(values)))
    counted = backend.connection.to_pyarrow(cells.group_by(value=cells[column]).aggregate(rows=ibis._.count()))
    return _counter(counted.column("value"), counted.column("rows"))


def _least_rows(
    outcome: TableOutcome, column: ColumnMapping, counted: pa.Table, settings: ReconcileSettings, backend: Backend
) -> int:
    """How often a replacement must be seen: rarely, where the column has a map and no value stayed as it was."""
    if not column.values or not pc.any(pc.less(counted.column("count_all"), settings.map_rows)).as_py():
        return settings.map_rows
    renamed = {"", *(one for one, _ in column.values), *counted.column("source_value").to_pylist()}
    cells = outcome.source.table.relation[[column.source]]
    kept = cells.filter(cells[column.source].notin(sorted(renamed))).limit(1)
    if backend.connection.to_pyarrow(kept).num_rows:
        return settings.map_rows
    return 1 if _is_map_of_all(outcome, counted, settings) else settings.renamed_rows


def _is_map_of_all(outcome: TableOutcome, counted: pa.Table, settings: ReconcileSettings) -> bool:
    """Say whether hardly any record holds what the known map does not say: then what is seen once is of it too."""
    unsaid = pc.sum(counted.column("count_all")).as_py() or 0
    return bool(unsaid <= (1 - settings.map_holds) * outcome.arrived)


def _is_as_long(value: str, column: ColumnMapping) -> bool:
    """Say whether a value is a word, or a code as long as one of those that are known: others may be cut off."""
    return not any(map(str.isdigit, value)) or len(value) in {len(other) for _, other in column.values}


def _ascending(pairs: Mapping[tuple[str, str], int]) -> list[tuple[tuple[str, str], int]]:
    """The most frequent pair last."""
    return sorted(pairs.items(), key=lambda entry: entry[1])


def _occurrences(table: SourceTable, column: str, most: Mapping[str, float], backend: Backend) -> Counter[str]:
    """How often values occur; where the sample alone has one more often than at most, how often it is seen there."""
    seen = _occurrences_in_sample(table, column, most)
    wanted = sorted(value for value, times in most.items() if seen[value] - 1 <= times)
    if not wanted:
        return seen
    asked = ibis.memtable(pa.table({"value": pa.array(wanted, pa.string())}))
    found = table.relation.semi_join(asked, table.relation[column] == asked["value"])
    counted = backend.connection.to_pyarrow(found.group_by(value=found[column]).aggregate(rows=ibis._.count()))
    return seen | _counter(counted.column("value"), counted.column("rows"))


def _occurrences_in_sample(table: SourceTable, column: str, values: Collection[str]) -> Counter[str]:
    if table.sample is None:
        return Counter()
    cells = table.sample.column(column)
    counted = pc.value_counts(cells.filter(pc.is_in(cells, value_set=pa.array(list(values), pa.string()))))
    return _counter(counted.field("values"), counted.field("counts"))


def _counter(values: pa.Array | pa.ChunkedArray, rows: pa.Array | pa.ChunkedArray) -> Counter[str]:
    return Counter(dict(zip(values.to_pylist(), rows.to_pylist(), strict=True)))


def _column_finding(outcome: TableOutcome, column: ColumnMapping, maps: set[tuple[str, str]], found: _Found) -> Finding:
    if maps:
        shown = sorted(maps)[:VALUES_SHOWN]
        one, other = "; ".join(a for a, _ in shown), "; ".join(b for _, b in shown)
    else:
        one, other = column.source_writing.layout, column.target_writing.layout
        first = min(itertools.compress(found.pairs, found.reformatted), default=("", ""))
        one, other = one or first[0], other or first[1]
    return Finding(outcome.mapping.source, "", "", REFORMATTED, column.source, one, other)
