"""Lists of deals as tables of the engine, and how they are read."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.funnel import (
    WITHOUT_STAGES,
    ListPlan,
    LossMap,
    Stage,
    count_stages,
    look_at_columns,
    map_losses,
    number_stages,
    plan_list,
    propose_deal_columns,
    propose_stages,
)
from implement.engine.intake import ROW, SourceTable

AS_OF = date(2024, 6, 30)
Rows = Sequence[Sequence[str]]


def a_table(header: Sequence[str], rows: Rows, backend: Backend, name: str = "deals") -> SourceTable:
    """A table of text as intake hands it on."""
    cells: dict[str, pa.Array] = {
        column: pa.array([row[place] or None for row in rows], pa.string()) for place, column in enumerate(header)
    }
    cells[ROW] = pa.array(range(1, len(rows) + 1), pa.int64())
    backend.duck.register(held := backend.fresh_name(name), pa.table(cells))
    relation = backend.connection.table(held)
    return SourceTable(name, f"{name}.csv", None, tuple(header), len(rows), relation, "csv")


def a_plan(
    table: SourceTable, backend: Backend, *, norms: Mapping[str, int] | None = None, lost_in: str = "", **columns: str
) -> ListPlan:
    """The list read as proposed, but for what is said."""
    looks = look_at_columns(table, backend)
    chosen = propose_deal_columns(looks) | columns
    counts = count_stages(table, chosen, backend) if "stage" in chosen else None
    stages = propose_stages(counts) if counts else WITHOUT_STAGES
    wished = number_stages(Stage(one.name, one.state, one.place, (norms or {}).get(one.name)) for one in stages)
    return plan_list(looks, chosen, wished, AS_OF, lost_in)


def a_map(header: Sequence[str], rows: Rows, backend: Backend, **wished: object) -> LossMap:
    """What the list says."""
    table = a_table(header, rows, backend)
    return map_losses(table, a_plan(table, backend, **wished), backend)  # type: ignore[arg-type]
