"""What the target calls the parents that arrived, where it names them by its own ids."""

from collections.abc import Iterable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.lean import at_hand
from implement.engine.mapping.plan import ColumnMapping, Reference, TableMapping
from implement.engine.reconcile.arrived.expressions import canonical_source, canonical_target, compared_columns

Pair = tuple[int, int]


def name_parents(
    reference: Reference,
    parent: TableMapping,
    sides: tuple[SourceTable, SourceTable],
    wanted: Iterable[str],
    pairs: Sequence[Pair],
    gone: Iterable[int],
    backend: Backend,
) -> dict[str, str]:
    """For each wanted parent (by its id in the source) that arrived, its name in the target.

    `pairs` are row numbers that belong together for certain, `gone` source rows that did not arrive; the others are
    found by their key, else by equal content.
    """
    source, target = sides[0].relation, sides[1].relation
    asked = at_hand({"parent": sorted(set(wanted))}, {"parent": "string"})
    needed = ibis.memtable(
        backend.connection.to_pyarrow(source.semi_join(asked, source[reference.parent_column] == asked["parent"]))
    )
    named = target.mutate(named=target[reference.target_parent_column])
    by_key = _by_content(needed, named, parent, reference)
    certain = _by_pairs(needed, named, pairs, reference)
    lost = set(gone)
    found: dict[str, str] = {}
    for links in (by_key, certain):
        for row in backend.connection.to_pyarrow(links.order_by("source_row", "named")).to_pylist():
            if row["source_row"] not in lost and row["named"] and row["parent"]:
                found[row["parent"]] = row["named"]
    return found


def _by_content(needed: ir.Table, named: ir.Table, parent: TableMapping, reference: Reference) -> ir.Table:
    columns = key_columns(parent) or [c for c in compared_columns(parent) if not _is_reference(parent, c)]
    ones = {f"k{place}": canonical_source(needed, column) for place, column in enumerate(columns)}
    others = {f"k{place}": canonical_target(named, column) for place, column in enumerate(columns)}
    left = needed.select(source_row=needed[ROW], parent=needed[reference.parent_column], **ones)
    right = named.select("named", **others)
    return left.join(right, list(ones)).select("source_row", "parent", "named")


def _by_pairs(needed: ir.Table, named: ir.Table, pairs: Sequence[Pair], reference: Reference) -> ir.Table:
    known = at_hand(
        {"source_row": [one for one, _ in pairs], "target_row": [other for _, other in pairs]},
        {"source_row": "int64", "target_row": "int64"},
    )
    left = needed.select(source_row=needed[ROW], parent=needed[reference.parent_column])
    right = named.select("named", target_row=named[ROW])
    return left.join(known, "source_row").join(right, "target_row").select("source_row", "parent", "named")


def key_columns(table: TableMapping) -> list[ColumnMapping]:
    """The pairs of columns that join a table, as column mappings."""
    known: Mapping[tuple[str, str | None], ColumnMapping]
    known = {(column.source, column.target): column for column in table.columns}
    return [known.get(pair, ColumnMapping(*pair)) for pair in table.key]


def _is_reference(table: TableMapping, column: ColumnMapping) -> bool:
    return any(reference.column == column.source for reference in table.relations)
