"""Read an orderly UTF-8 CSV file as Arrow batches, which costs a third of what the table engine's own reader does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv

from implement.engine.backend import Unreadable
from implement.engine.intake.tables import text_schema

BLOCK_BYTES = 1 << 22
LOOK_BYTES = 1 << 18
LONG_LINE = bytes(4)
"""So many looks in a row without a line end: a reader may lose such a line unseen."""
NUL, LF, CR, QUOTE = b'\0\n\r"'
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
Places = npt.NDArray[np.intp]


class Disorderly(Exception):
    """A file holds NUL characters, lines that end in a bare return, or a quotation mark inside a cell undoubled."""


def read_orderly(path: Path, columns: Sequence[str], separator: str) -> Iterator[pa.RecordBatch]:
    """The numbered records of a file in their order, every cell as text. Raises Unreadable or Disorderly."""
    schema, number = text_schema(columns), 1
    options = _options(columns, separator)
    reading = pacsv.ReadOptions(
        use_threads=False, block_size=BLOCK_BYTES, column_names=schema.names[1:], skip_rows_after_names=1
    )
    try:
        for block in _whole_records(path, separator.encode()):
            for batch in pacsv.read_csv(pa.BufferReader(block), reading, *options).to_batches():
                numbers = pa.array(np.arange(number, number + batch.num_rows))
                yield pa.record_batch([numbers, *batch.columns], schema=schema)
                number += batch.num_rows
            reading.skip_rows_after_names = 0
    except pa.ArrowInvalid as fault:
        raise Unreadable(str(fault)) from fault


def _options(columns: Sequence[str], separator: str) -> tuple[pacsv.ParseOptions, pacsv.ConvertOptions]:
    parsing = pacsv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=len(columns) > 1)
    types = dict.fromkeys(columns, pa.string())
    converting = pacsv.ConvertOptions(check_utf8=False, column_types=types, null_values=[""], strings_can_be_null=True)
    return parsing, converting


def _whole_records(path: Path, separator: bytes) -> Iterator[pa.Buffer]:
    """A file in blocks that end where a record ends, all in one buffer: each is gone when the next is asked for."""
    look, known = _Look(separator), 1
    with path.open("rb", buffering=0) as file:
        if file.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
            file.seek(0)
        while found := file.readinto(look.room[known:-1]):
            known += found
            if end := look.find_end(known):
                yield look.block(end)
                look.room[1 : 1 + known - end] = bytes(look.room[end:known])
                known += 1 - end
    if known > 1:
        look.check_last(known)
        yield look.block(known)


class _Look:
    """Looks at the bytes of a block before they are read; a byte that ends a line stands before the first."""

    def __init__(self, separator: bytes) -> None:
        self.held = bytearray(BLOCK_BYTES + 2)
        self.room, self.buffer = memoryview(self.held), pa.py_buffer(self.held)
        self.held[0] = LF
        self.said, self.also = np.empty((2, BLOCK_BYTES + 2), dtype=bool)
        self.borders = np.zeros(256, dtype=bool)
        self.borders[[LF, CR, QUOTE, *separator]] = True

    def find_end(self, known: int) -> int:
        """Where the last whole record ends among the bytes known; 0 where none does yet."""
        self._refuse_odd_lines(known)
        quotes = self._find_quotes(known)
        end = self.held.rfind(LF, 1, known) + 1
        while len(inside := quotes[: np.searchsorted(quotes, end)]) % 2:
            end = self.held.rfind(LF, 1, inside[-1]) + 1
        if not end and known == BLOCK_BYTES + 1:
            raise Unreadable("a record is longer than a block")
        return end

    def check_last(self, known: int) -> None:
        """The last record of a file may go without the end of its line."""
        self.held[known] = CR
        self._refuse_odd_lines(known)
        if len(self._find_quotes(known + 1)) % 2:
            raise Disorderly

    def block(self, end: int) -> pa.Buffer:
        """The bytes up to there; as no letter is cut by a separator, its cells are UTF-8 if the whole is."""
        block = self.buffer.slice(1, end - 1)
        pa.StringArray.from_buffers(1, pa.py_buffer(np.array([0, len(block)], np.int32)), block).validate(full=True)
        return block

    def _refuse_odd_lines(self, known: int) -> None:
        if self.held.find(NUL, 1, known) >= 0:
            raise Disorderly
        looks = range(1, known, LOOK_BYTES)
        if LONG_LINE in bytes(self.held.find(LF, place, min(place + LOOK_BYTES, known)) >= 0 for place in looks):
            raise Unreadable("a line is too long")

    def _find_quotes(self, known: int) -> Places:
        """The places of quotation marks, but for the last byte, which is a neighbour only: odd ones open a cell."""
        letters = np.frombuffer(self.held, np.uint8, known)
        said, also = self.said[: known - 2], self.also[: known - 2]
        if self.held.find(CR, 1, known - 1) >= 0:
            np.equal(letters[1:-1], CR, out=said)
            np.not_equal(letters[2:], LF, out=also)
            if np.logical_and(said, also, out=said).any():
                raise Disorderly
        quotes = np.flatnonzero(np.equal(letters[1:-1], QUOTE, out=said)) + 1
        if not (self.borders[letters[quotes[::2] - 1]].all() and self.borders[letters[quotes[1::2] + 1]].all()):
            raise Disorderly
        return quotes


@dataclass(frozen=True)
class Bytes:
    """What the bytes of a disorderly file say of it before it is read."""

    has_nul: bool = False
    is_long: bool = False


def look_at_bytes(path: Path) -> Bytes:
    """Look at every byte of a file once."""
    nul, lines = False, bytearray()
    with path.open("rb") as file:
        while block := file.read(LOOK_BYTES):
            nul = nul or NUL in block
            lines.append(LF in block or CR in block)
    return Bytes(nul, LONG_LINE in lines)
