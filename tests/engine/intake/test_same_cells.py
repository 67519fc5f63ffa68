"""However a table is written down, its cells are the same."""

import csv
import gzip
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from tests.engine.intake.cells import Rows, cells_of

LETTERS = "abcXYZ 0123456789.,;|\t\"'\n-äöüß"
CELL = st.text(LETTERS, max_size=12)
ROW = st.tuples(st.integers(1, 999).map(str), CELL, CELL)
ROWS = st.lists(ROW, min_size=1, max_size=12)
ENCODING = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
HEADER = ("id", "größe", "note")


def write_table(rows: list[tuple[str, ...]], separator: str, quoting: int, line_end: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=line_end)
    writer.writerows([HEADER, *rows])
    return text.getvalue()


def read_bytes(content: bytes, name: str) -> Rows:
    with tempfile.TemporaryDirectory() as folder, open_backend(scratch=Path(folder), memory_mb=256) as backend:
        path = Path(folder) / name
        path.write_bytes(content)
        return cells_of(read_tables(path, backend))


@settings(max_examples=60, deadline=None)
@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
    ENCODING,
    st.booleans(),
)
def test_separator_quoting_encoding_and_packing_never_change_a_cell(
    rows: list[tuple[str, ...]], separator: str, quoting: int, line_end: str, encoding: str, packed: bool
) -> None:
    content = write_table(rows, separator, quoting, line_end).encode(encoding)
    found = read_bytes(gzip.compress(content) if packed else content, "t.csv.gz" if packed else "t.csv")
    assert found == [tuple(cell or None for cell in row) for row in rows]
