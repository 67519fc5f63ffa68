"""Phase 2, first half: pair the leftover rows that plainly belong together, without bringing them into memory.

Two rows are plainly one record when they alone carry a key and most of their content agrees, or when the target carries
no key and they alone have the same content. Everything doubtful is left to the second half (`fates`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend, hash_cells
from implement.engine.intake import ROW
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.equal import EqualRows
from implement.engine.reconcile.expressions import compared_columns, same_cell
from implement.engine.reconcile.rows import Side
from implement.engine.reconcile.weights import Judge

KEY = "_key"
LEAST_BITS = 1.0
_NOT_ALNUM = r"[^\p{L}\p{N}]"


@dataclass(frozen=True)
class PlainPairs:
    """The pairs as a table (`source_row`, `target_row`, `differs`), their number, and the rows that are left over."""

    pairs: ir.Table
    count: int
    leftover_source: Side
    leftover_target: Side
    """Both sides without the rows phase 1 settled; `_same_<n>` is the canonical cell of the nth compared column."""

    def links(self) -> ir.Table:
        """Row numbers of both sides that belong together."""
        return self.pairs.select("source_row", "target_row")

    def links_with_same(self, name: str) -> ir.Table:
        """The pairs that also agree in one compared column."""
        left, right = self.leftover_source.relation, self.leftover_target.relation
        rows = self.links().join(left.select(source_row=left[ROW], one=left[name]), "source_row")
        rows = rows.join(right.select(target_row=right[ROW], other=right[name]), "target_row")
        return rows.filter(rows["one"] == rows["other"]).select("source_row", "target_row")

    def doubtful(self, is_source: bool) -> Side:
        """One side with the rows that are in no pair."""
        side = self.leftover_source if is_source else self.leftover_target
        paired = self.pairs.select(**{ROW: self.pairs["source_row" if is_source else "target_row"]})
        return replace(side, relation=side.relation.anti_join(paired, ROW))


def same_names(table: TableMapping) -> dict[str, str]:
    """Source column → the column of a leftover relation that holds its canonical cell."""
    return {column.source: f"_same_{place}" for place, column in enumerate(compared_columns(table))}


def pair_plainly(
    table: TableMapping, sides: tuple[Side, Side], equal: EqualRows, judge: Judge, backend: Backend
) -> PlainPairs:
    """Pair leftover rows by key, then by content."""
    source, target = (_keep_leftovers(table, side, equal.leftovers(side.is_source), backend) for side in sides)
    if not source.key_columns:
        return PlainPairs(_no_pairs(), 0, source, target)
    names = same_names(table)
    by_key = backend.keep(_by_key(source, target, names, judge), "by_key")
    rest = PlainPairs(by_key, 0, source, target)
    content = _by_content(rest.doubtful(True), rest.doubtful(False), target, names, judge, backend)
    pairs = by_key.union(backend.keep(content, "by_content"))
    return PlainPairs(pairs, int(backend.connection.to_pyarrow(pairs.count()).as_py()), source, target)


def _no_pairs() -> ir.Table:
    return ibis.memtable(
        {"source_row": [], "target_row": [], "differs": []},
        schema={"source_row": "int64", "target_row": "int64", "differs": "boolean"},
    )


def _keep_leftovers(table: TableMapping, side: Side, numbers: ir.Table, backend: Backend) -> Side:
    relation = side.look_up(side.pick(numbers, backend))
    names = same_names(table)
    cells = {names[column.source]: same_cell(side, column, relation) for column in compared_columns(table)}
    cells[KEY] = _joined_key([cells[names[column]] for column in side.key_columns])
    kept = backend.keep(relation.select(*sorted(side.wanted), **cells), "leftovers")
    return replace(side, relation=kept, lookups=())


def _joined_key(parts: Sequence[ir.StringValue]) -> ir.StringValue:
    if not parts:
        return ibis.null("string")
    key = parts[0]
    filled = key != ""
    for part in parts[1:]:
        filled &= part != ""
        key = key + "|" + part
    return ibis.ifelse(filled, key, ibis.null("string"))


def _once(relation: ir.Table, name: str, row: str) -> ir.Table:
    """The values of a column that stand in one row only, each with that row."""
    counted = relation.group_by(name).aggregate(rows=ibis._.count(), **{row: relation[ROW].min()})
    return counted.filter(counted["rows"] == 1, counted[name].notnull()).select(name, row)


def _by_key(source: Side, target: Side, names: dict[str, str], judge: Judge) -> ir.Table:
    ones, others = source.relation, target.relation
    pairs = _once(ones, KEY, "source_row").join(_once(others, KEY, "target_row"), KEY)
    pairs = pairs.select("source_row", "target_row")
    left = ones.select(source_row=ones[ROW], **{f"one{name}": ones[name] for name in names.values()})
    right = others.select(target_row=others[ROW], **{f"other{name}": others[name] for name in names.values()})
    rows = pairs.join(left, "source_row").join(right, "target_row")
    cells = {column: (rows[f"one{name}"], rows[f"other{name}"]) for column, name in names.items()}
    agreed = total = ibis.literal(0.0)
    differs = ibis.literal(False)
    for column, (one, other) in cells.items():
        differs |= one != other
        weight = 0.0 if column in judge.skipped else judge.weights.get(column, 0.0)
        if weight:
            compared = (one != "") & (other != "")
            total += ibis.ifelse(compared, weight, 0.0)
            agreed += ibis.ifelse(compared & (one == other), weight, 0.0)
    plain = rows.filter(agreed > judge.settings.same_share * total)
    return plain.select("source_row", "target_row", differs=differs)


def _by_content(
    source: Side, target: Side, all_targets: Side, names: dict[str, str], judge: Judge, backend: Backend
) -> ir.Table:
    """Rows of the target without key and the rows of the source whose content alone is the same."""
    content = [name for column, name in names.items() if column not in source.key_columns]
    weights = {names[column]: weight for column, weight in judge.weights.items() if names[column] in content}
    keys = all_targets.relation.select(loose=_loose(all_targets.relation[KEY])).filter(ibis._.loose.notnull())
    ones = source.relation.mutate(loose=_loose(source.relation[KEY])).anti_join(keys, "loose")
    others = target.relation.filter(target.relation[KEY].isnull())
    left, right = (_once(_hashed(rows, content, weights, backend), "content", ROW) for rows in (ones, others))
    pairs = left.select(source_row=left[ROW], content=left["content"]).join(
        right.select(target_row=right[ROW], content=right["content"]), "content"
    )
    return pairs.select("source_row", "target_row", differs=ibis.literal(False))


def _loose(key: ir.StringValue) -> ir.StringValue:
    return key.lower().re_replace(_NOT_ALNUM, "").re_replace("^0+", "")


def _hashed(rows: ir.Table, content: Sequence[str], weights: dict[str, float], backend: Backend) -> ir.Table:
    bits = ibis.literal(0.0)
    for name, weight in weights.items():
        bits += ibis.ifelse(rows[name] != "", weight, 0.0)
    telling = rows.filter(bits >= LEAST_BITS)
    return telling.select(ROW, content=hash_cells([telling[name] for name in content], backend))
