"""Phase 1: hash every row of both sides and set aside those that arrived as they were."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend, hash_cells
from implement.engine.intake import ROW
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.expressions import compared_columns, same_cell
from implement.engine.reconcile.rows import Side


@dataclass(frozen=True)
class EqualRows:
    """What phase 1 found: hashes of all rows, and how many rows arrived as they were."""

    source: ir.Table
    target: ir.Table
    counted: ir.Table
    """Per hash its rows on both sides (`rows`, `others`) and the first row of either."""
    arrived: int
    unequal: int
    """Hashes whose rows are not equally many on both sides."""

    def leftovers(self, is_source: bool) -> ir.Table:
        """The numbers of the rows that phase 1 could not settle."""
        hashed = self.source if is_source else self.target
        unequal = self.counted.filter(self.counted["rows"] != self.counted["others"])
        return hashed.semi_join(unequal, "hash").select(ROW)

    def links(self) -> ir.Table:
        """Row numbers of both sides that belong together, for the rows that phase 1 settled."""
        counted = self.counted.filter(self.counted["rows"] == self.counted["others"])
        once = counted.filter(counted["rows"] == 1).select("source_row", "target_row")
        several = counted.filter(counted["rows"] > 1)
        source, target = (
            _numbered(self.source.semi_join(several, "hash")),
            _numbered(self.target.semi_join(several, "hash")),
        )
        turned = source.join(target, ["hash", "turn"])
        return once.union(turned.select(source_row=ibis._[ROW], target_row=ibis._[f"{ROW}_right"]))


def _numbered(hashed: ir.Table) -> ir.Table:
    turn = ibis.row_number().over(group_by="hash", order_by=ROW)
    return hashed.mutate(turn=turn)


def settle_equal_rows(table: TableMapping, source: Side, target: Side, backend: Backend) -> EqualRows:
    """Hash both sides and compare how often each hash occurs."""
    return _compare(_hash(table, source, backend), _hash(table, target, backend), backend)


def _hash(table: TableMapping, side: Side, backend: Backend) -> ir.Table:
    relation = side.look_up(side.relation)
    cells = [same_cell(side, column, relation) for column in compared_columns(table)]
    return backend.keep_numbers(relation.select(**{ROW: relation[ROW], "hash": hash_cells(cells, backend)}), "hashes")


def _compare(source: ir.Table, target: ir.Table, backend: Backend) -> EqualRows:
    counted = source.group_by("hash").aggregate(rows=ibis._.count(), source_row=ibis._[ROW].min())
    others = target.group_by("hash").aggregate(others=ibis._.count(), target_row=ibis._[ROW].min())
    both = counted.outer_join(others, "hash")
    kept = backend.keep_numbers(
        both.select(
            "source_row",
            "target_row",
            hash=ibis.coalesce(both["hash"], both["hash_right"]),
            rows=both["rows"].fill_null(0),
            others=both["others"].fill_null(0),
        ),
        "counted",
    )
    equal = kept["rows"] == kept["others"]
    figures = kept.aggregate(arrived=kept["rows"].sum(where=equal).fill_null(0), unequal=(~equal).sum().fill_null(0))
    found = backend.connection.to_pyarrow(figures).to_pylist()[0]
    return EqualRows(source, target, kept, int(found["arrived"]), int(found["unequal"]))
