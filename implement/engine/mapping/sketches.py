"""Sketches: of the values of large columns every so manieth, the same ones wherever and however they are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import Numbers
from implement.engine.intake import ROW, SourceTable, map_parts
from implement.engine.mapping.profile import ColumnProfile

Words = npt.NDArray[np.uint64]
WORD = 8
"""Bytes that are looked at together."""
_FIRST_BYTES = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], dtype="<u8")
"""Leaves so many of a word's bytes."""
_SMALL_LETTER = np.uint8(0x20)
"""With it a capital letter is a small one."""
_SMALL = np.uint64(0x2020202020202020)
_TO_LOWEST = np.uint8(7)
_LOW = np.uint8(0b111)
"""Letters beyond ASCII get these bits, by which small ones of other alphabets mostly differ from their capitals."""
_MIXING = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
LONGEST_READ = 128
"""Of longer texts so many bytes at the beginning are looked at."""


@dataclass(frozen=True)
class Picked:
    """The cells of a column whose values belong to its sketch, and the numbers of their rows."""

    cells: Sequence[str]
    rows: Numbers


def pick_cells(
    table: SourceTable, columns: Mapping[str, ColumnProfile], steps: Mapping[str, int], backend: Backend
) -> dict[str, Picked]:
    """Of some columns the cells of every so manieth value; one pass over the table finds them all."""
    cells: dict[str, list[str]] = {name: [] for name in steps}
    rows = {name: [np.zeros(0, dtype=np.int64)] for name in steps}
    for batch in _read_batches(table, list(steps), backend) if steps else ():
        numbers = batch.column(ROW).to_numpy()
        for name, step in steps.items():
            places = _places_picked(batch.column(name), columns[name], step)
            cells[name] += batch.column(name).take(pa.array(places)).to_pylist()
            rows[name].append(numbers[places])
    return {name: Picked(cells[name], np.concatenate(rows[name])) for name in steps}


def _read_batches(table: SourceTable, names: Sequence[str], backend: Backend) -> Iterator[pa.RecordBatch]:
    parts = map_parts(table.relation, [ROW, *names], backend)
    if parts is None:
        yield from backend.read(table.relation.select([ROW, *names]))
        return
    for part in parts:
        yield from part.to_batches()


def _places_picked(cells: pa.StringArray, column: ColumnProfile, step: int) -> Numbers:
    """Where the values stand that belong to a sketch: not blank ones."""
    cells = cells if column.is_trimmed else pc.ascii_trim_whitespace(cells)
    cells = _plain_numbers(cells) if column.is_renumbered else cells
    numbers, sizes = _number(cells)
    return np.flatnonzero((numbers & np.uint64(step - 1) == 0) & (sizes > 0))


def _plain_numbers(cells: pa.StringArray) -> pa.StringArray:
    """Numbers without leading zeros and needless decimals, so that `7`, `007` and `7.0` are one value."""
    bare = pc.ascii_ltrim(cells, "0")
    whole = pc.ascii_rtrim(pc.ascii_rtrim(bare, "0"), ".")
    return pc.if_else(pc.match_substring(bare, "."), whole, bare)


def _number(cells: pa.StringArray) -> tuple[Words, Numbers]:
    """For each cell a number made of its letters, small or capital alike, and its size."""
    ends, letters = (np.frombuffer(part, kind) for part, kind in zip(cells.buffers()[1:], ("<i4", "u1"), strict=True))
    ends = ends[cells.offset : cells.offset + len(cells) + 1]
    words = _words(letters[ends[0] : ends[-1]])
    starts, sizes = ends[:-1] - ends[0], np.diff(ends)
    numbers = _mix(words[starts] & _FIRST_BYTES[np.minimum(sizes, WORD)] | _SMALL)
    for place in range(WORD, min(sizes.max(initial=0), LONGEST_READ), WORD):
        longer = np.flatnonzero(sizes > place)
        at = starts[longer] + np.minimum(sizes[longer] - WORD, place)
        numbers[longer] = _mix(numbers[longer] ^ words[at])
    return _mix(numbers), sizes


def _words(letters: npt.NDArray[np.uint8]) -> Words:
    """At each letter the word that begins there, without its case; behind the last one nothing follows."""
    padded = np.zeros(len(letters) + WORD, dtype=np.uint8)
    small = np.bitwise_or(letters, _SMALL_LETTER, out=padded[: len(letters)])
    small |= (letters >> _TO_LOWEST) * _LOW
    return np.ndarray(len(letters) + 1, dtype="<u8", buffer=padded, strides=(1,))


def _mix(words: Words) -> Words:
    words = words * _MIXING
    return words ^ words >> _HALF
