"""Dates that do not begin with the year are turned as bytes before the table engine reads them, which costs a fifth."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.mapping.plan import DATE, ColumnMapping, TableMapping
from implement.engine.reconcile.arrived.expressions import TURNED, needs_reading
from implement.engine.reconcile.arrived.rows import Side

TIME = " __:__:__"
LAYOUTS = frozenset({day + time for day in ("__.__.____", "__/__/____") for time in ("", TIME)})
ISO = "9999-99-99"
Moves = Sequence[tuple[int, int]]


def find_turned(table: TableMapping, side: Side) -> dict[str, ColumnMapping]:
    """The target's columns of dates in one layout that does not begin with the year, by their names."""
    if side.is_source:
        return {}
    asked = (column for column in table.compared if column.kind == DATE and needs_reading(column))
    return {side.names[column.source]: column for column in asked if _is_turned(column)}


def _is_turned(column: ColumnMapping) -> bool:
    writing = column.target_writing
    plain = not column.blank_there and not writing.is_roundabout
    return plain and writing.order in TURNED and writing.layout.replace("9", "_") in LAYOUTS


def with_iso(table: TableMapping, turned: Mapping[str, ColumnMapping]) -> TableMapping:
    """The mapping of a table whose dates are turned."""
    columns = (_with_iso(column) if column in turned.values() else column for column in table.columns)
    return replace(table, columns=tuple(columns))


def _with_iso(column: ColumnMapping) -> ColumnMapping:
    writing = column.target_writing
    return replace(column, target_writing=replace(writing, layout=ISO + writing.layout[len(ISO) :]))


def turn_dates(rows: pa.Table, turned: Mapping[str, ColumnMapping]) -> pa.Table:
    """The rows with the dates of these columns as ISO writes them; cells in other layouts stay as they stand."""
    for name, column in turned.items():
        place, writing = rows.schema.get_field_index(name), column.target_writing
        chunks = [
            _turn(cells, writing.layout.replace("9", "_"), _moves(writing.order)) for cells in rows.column(name).chunks
        ]
        rows = rows.set_column(place, rows.field(name), pa.chunked_array(chunks, pa.string()))
    return rows


def _moves(order: str) -> Moves:
    """Where each digit of an ISO date is found."""
    places = zip((0, 5, 8), TURNED[order], (4, 2, 2), strict=True)
    return [(to + digit, start - 1 + digit) for to, start, width in places for digit in range(width)]


def _turn(cells: pa.StringArray, layout: str, moves: Moves) -> pa.StringArray:
    valid, ends, letters = cells.buffers()
    if letters is None or not pc.all(pc.string_is_ascii(cells)).as_py():
        return cells
    borders = np.frombuffer(ends, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    turned = np.frombuffer(letters, np.uint8).copy()
    starts = borders[:-1][np.diff(borders) == len(layout)]
    dates = _texts(turned, len(layout))[starts].view(np.uint8).reshape(-1, len(layout))
    plain = reduce(and_, (dates[:, place] == ord(letter) for place, letter in enumerate(layout) if letter != "_"))
    if not plain.all():
        starts, dates = starts[plain], dates[plain]
    iso = np.full((len(dates), len(ISO)), ord("-"), np.uint8)
    for to, place in moves:
        iso[:, to] = dates[:, place]
    _texts(turned, len(ISO))[starts] = iso.view(f"V{len(ISO)}")[:, 0]
    return pa.StringArray.from_buffers(len(cells), ends, pa.py_buffer(turned), valid, offset=cells.offset)


def _texts(letters: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.void]:
    """At each letter the text of this size that begins there."""
    return np.ndarray(max(0, len(letters) - size + 1), f"V{size}", letters, strides=(1,))
