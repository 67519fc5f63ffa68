"""Sketches: of the values of large columns every so manieth, the same ones wherever and however they are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import MIXING_FACTOR, Numbers
from implement.engine.intake import ROW, SourceTable, map_parts
from implement.engine.mapping.looking.profile import ColumnProfile

Words = npt.NDArray[np.uint64]
Letters = npt.NDArray[np.uint8]
WORD = 8
"""Bytes that are looked at together."""
LONGEST_READ = 128
"""Of longer texts so many bytes at the beginning are looked at."""
_FACTORS = [np.uint64(pow(MIXING_FACTOR, power, 1 << 64)) for power in range(1, LONGEST_READ // WORD + 1)]
"""For each word of a cell an odd number."""
_MIXING_AGAIN = _FACTORS[:2]
_FIRST_BYTES = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], dtype="<u8")
"""Leaves so many of a word's bytes."""
_SMALL = np.uint64(0x2020202020202020)
"""With it capital letters are small ones."""
_BEYOND = np.uint64(0x0101010101010101)
_TO_LOWEST = np.uint64(7)
_LOW = np.uint64(0b111)
"""Letters beyond ASCII get these bits, by which small ones of other alphabets mostly differ from their capitals."""
_ASCII = 0x7F
_POINT = ord(".")
_ONE, _HALF, _LAST_BIT = np.uint64(1), np.uint64(32), np.uint64(63)


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
    places = np.flatnonzero(numbers & np.uint64(step - 1) == 0)
    return places[sizes[places] > 0]


def _plain_numbers(cells: pa.StringArray) -> pa.StringArray:
    """Numbers without leading zeros and needless decimals, so that `7`, `007` and `7.0` are one value."""
    bare = pc.ascii_ltrim(cells, "0")
    if not np.equal(_ends_and_letters(bare)[1], _POINT).any():
        return bare
    whole = pc.ascii_rtrim(pc.ascii_rtrim(bare, "0"), ".")
    return pc.if_else(pc.match_substring(bare, "."), whole, bare)


def _number(cells: pa.StringArray) -> tuple[Words, Numbers]:
    """For each cell a number made of its letters, small or capital alike, and its size.

    It is the sum of the cell's words, each times an odd number of its own (multilinear hashing), mixed at the end.
    """
    ends, letters = _ends_and_letters(cells)
    reader = _WordReader(letters, ends)
    numbers, some = np.zeros(len(cells), dtype=np.uint64), np.arange(len(cells))
    sums = numbers
    for factor in _FACTORS:
        longer = reader.left > 0
        if 2 * np.count_nonzero(longer) < len(some):  # most are at their end
            numbers[some] = sums
            going = np.flatnonzero(longer)
            some, sums = some[going], sums[going]
            reader.keep(going)
        if not len(some):
            break
        words = reader.read()
        words *= factor
        sums += words
    numbers[some] = sums
    return _mixed(numbers), np.diff(ends)


def _mixed(numbers: Words) -> Words:
    """Numbers that differ in one bit come to differ in half of them."""
    for factor in _MIXING_AGAIN:
        numbers ^= numbers >> _HALF
        numbers *= factor
    numbers ^= numbers >> _HALF
    return numbers


def _ends_and_letters(cells: pa.StringArray) -> tuple[Numbers, Letters]:
    """Where each cell begins, and the last one ends, among the letters of all."""
    ends, letters = (np.frombuffer(part, kind) for part, kind in zip(cells.buffers()[1:], ("<i4", "u1"), strict=True))
    ends = ends[cells.offset : cells.offset + len(cells) + 1].astype(np.intp)
    return ends - ends[0], letters[ends[0] : ends[-1]]


class _WordReader:
    """Reads many cells word by word, all at once, though a cell begins anywhere in a word."""

    def __init__(self, letters: Letters, ends: Numbers) -> None:
        self.held = _without_case(letters)
        self.left = np.diff(ends)
        self.at, bytes_before = ends[:-1] >> 3, ends[:-1] & (WORD - 1)
        self.down = (bytes_before << 3).astype(np.uint64)
        self.up = _LAST_BIT - self.down
        self.low = self.held.take(self.at, mode="clip")

    def keep(self, some: Numbers) -> None:
        """Go on with some of the cells."""
        for name in ("left", "at", "down", "up", "low"):
            setattr(self, name, getattr(self, name)[some])

    def read(self) -> Words:
        """The next word of each cell; behind the end of a cell there is nothing."""
        self.at += 1
        high = self.held.take(self.at, mode="clip")
        words, more = self.low >> self.down, high << _ONE
        more <<= self.up
        words |= more
        words &= _FIRST_BYTES.take(self.left, mode="clip")
        self.left -= WORD
        self.low = high
        return words


def _without_case(letters: Letters) -> Words:
    """Letters in words, capitals like small ones."""
    held = np.zeros(len(letters) // WORD + 1, dtype="<u8")
    held.view(np.uint8)[: len(letters)] = letters
    if letters.max(initial=0) > _ASCII:
        held |= (held >> _TO_LOWEST & _BEYOND) * _LOW
    held |= _SMALL
    return held
