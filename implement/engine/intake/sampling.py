"""Some rows of a table, spread over all of it, without reading it again where intake has set rows aside."""

import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.intake.tables import ROW, SourceTable


def sample_rows(table: SourceTable, most: int, backend: Backend) -> pa.Table:
    """About so many rows, or all of a smaller table: every so manieth one."""
    step = max(1, table.row_count // most)
    kept = table.sample
    if kept is None or kept.num_rows < min(most, table.row_count):
        return backend.connection.to_pyarrow(table.relation.filter(table.relation[ROW] % step == 0))
    if kept.num_rows == table.row_count:
        return kept.filter(pa.array((number % step == 0 for number in kept.column(ROW).to_pylist()), pa.bool_()))
    return kept.sort_by(ROW).take(list(range(0, kept.num_rows, max(1, kept.num_rows // most))))
