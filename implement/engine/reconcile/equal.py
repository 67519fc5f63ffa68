"""Phase 1: hash every row of both sides and set aside those that arrived as they were."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.expressions import canonical_source, canonical_target, compared_columns, row_hash
from implement.engine.reconcile.rows import UNRESOLVED, Side


@dataclass(frozen=True)
class EqualRows:
    """What phase 1 found: hashes of all rows, and how many rows arrived as they were."""

    source: ir.Table
    target: ir.Table
    unequal: ir.Table
    """Hashes whose rows are not equally many on both sides."""
    arrived: int

    def leftovers(self, is_source: bool) -> ir.Table:
        """The numbers of the rows that phase 1 could not settle."""
        hashed = self.source if is_source else self.target
        return hashed.semi_join(self.unequal, "hash").select(ROW)

    def links(self) -> ir.Table:
        """Row numbers of both sides that belong together, for the rows that phase 1 settled."""
        source = self.source.anti_join(self.unequal, "hash")
        target = self.target.anti_join(self.unequal, "hash")
        return (
            _numbered(source)
            .join(_numbered(target), ["hash", "turn"])
            .select(source_row=ibis._[ROW], target_row=ibis._[f"{ROW}_right"])
        )


def _numbered(hashed: ir.Table) -> ir.Table:
    turn = ibis.row_number().over(group_by="hash", order_by=ROW)
    return hashed.mutate(turn=turn)


def settle_equal_rows(table: TableMapping, source: Side, target: Side, backend: Backend) -> EqualRows:
    """Hash both sides and compare how often each hash occurs."""
    columns = compared_columns(table)
    source_cells = [canonical_source(source.relation, column) for column in columns]
    target_cells = [
        target.relation[target.translated[column.source]].fill_null(UNRESOLVED).cast("string")
        if column.source in target.translated
        else canonical_target(target.relation, column)
        for column in columns
    ]
    hashed = _keep(source.relation, source_cells, backend)
    other = _keep(target.relation, target_cells, backend)
    return _compare(hashed, other, backend)


def _keep(relation: ir.Table, cells: Sequence[ir.StringValue], backend: Backend) -> ir.Table:
    hashed = relation.select(**{ROW: relation[ROW], "hash": row_hash(list(cells))})
    path = backend.fresh_path(".parquet", "hashes")
    backend.connection.to_parquet(hashed, path)
    return backend.read_parquet(path)


def _compare(source: ir.Table, target: ir.Table, backend: Backend) -> EqualRows:
    counted = source.group_by("hash").aggregate(rows=ibis._.count())
    others = target.group_by("hash").aggregate(rows=ibis._.count())
    both = counted.outer_join(others, "hash")
    one, other = both["rows"].fill_null(0), both["rows_right"].fill_null(0)
    unequal = both.filter(one != other).select(hash=ibis.coalesce(both["hash"], both["hash_right"]))
    path = backend.fresh_path(".parquet", "unequal")
    backend.connection.to_parquet(unequal, path)
    kept = backend.read_parquet(path)
    settled = source.anti_join(kept, "hash").count()
    return EqualRows(source, target, kept, int(backend.connection.execute(settled)))
