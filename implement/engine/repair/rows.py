"""Rows of either side by their numbers, and keys that several records share."""

from collections.abc import Iterable, Mapping, Sequence

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.lean import at_hand

Row = Mapping[str, str | None]
Cells = tuple[str, ...]


def as_text(cell: str | None) -> str:
    """A cell as a file holds it."""
    return "" if cell is None else cell


def read_rows(relation: ir.Table, numbers: Iterable[int], backend: Backend) -> dict[int, Row]:
    """The rows with these numbers, by number."""
    wanted = sorted(set(numbers) - {0})
    if not wanted:
        return {}
    asked = at_hand({ROW: wanted}, {ROW: "int64"})
    found = backend.connection.to_pyarrow(relation.semi_join(asked, ROW).order_by(ROW))
    return {int(row.pop(ROW)): row for row in found.to_pylist()}


def find_shared_keys(relation: ir.Table, key: Sequence[str], rows: Iterable[Row], backend: Backend) -> frozenset[Cells]:
    """Which of the rows' keys name more than one record."""
    wanted = sorted({tuple(as_text(row.get(name)) for name in key) for row in rows})
    if not key or not wanted:
        return frozenset()
    columns = {name: [cells[place] for cells in wanted] for place, name in enumerate(key)}
    asked = at_hand(columns, dict.fromkeys(key, "string"))
    counted = relation.semi_join(asked, list(key)).group_by(list(key)).aggregate(rows=ibis._.count())
    shared = counted.filter(counted["rows"] > 1).select(*key)
    return frozenset(
        tuple(as_text(row[name]) for name in key) for row in backend.connection.to_pyarrow(shared).to_pylist()
    )
