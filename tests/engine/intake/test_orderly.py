"""A file is read the fast way only where no reader could take its quotation marks for something else."""

from pathlib import Path

import pytest

from implement.engine.backend import Unreadable
from implement.engine.intake import orderly
from implement.engine.intake.orderly import Bytes, Disorderly, look_at_bytes, read_orderly

ORDERLY = {
    b"a;b\r\n1;2\r\n": [("1", "2")],
    b'\xef\xbb\xbf"a";b\n"x ""y""";""\n3;""""\n': [('x "y"', None), ("3", '"')],
    b'"a\nb";c\n"two\nlines";2': [("two\nlines", "2")],
    b'a;b\n"1\n\n";"2\n"\n3;4\n': [("1\n\n", "2\n"), ("3", "4")],
    b"": [],
}
DISORDERLY = [
    b'a;b\n5" pipe;2\n', b'a;b\n"x"y;2\n', b'a;b\n "x";2\n', b'a;b\n"never closed;2\n', b"a;b\r1;2\r",
    b"a;b\n1;2\n\0;2",
]  # fmt: skip
WIDTHS = pytest.mark.parametrize("width", [16, 17, 19, 1 << 16])


def read_cells(content: bytes, folder: Path) -> list[tuple[str | None, ...]]:
    (folder / "t.csv").write_bytes(content)
    batches = read_orderly(folder / "t.csv", ("first", "second"), ";")
    return [tuple(row.values())[1:] for batch in batches for row in batch.to_pylist()]


@WIDTHS
@pytest.mark.parametrize("content", ORDERLY)
def test_records_are_whole_wherever_a_block_ends(
    content: bytes, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orderly, "BLOCK_BYTES", width)
    assert read_cells(content, tmp_path) == ORDERLY[content]


@WIDTHS
@pytest.mark.parametrize("content", DISORDERLY)
def test_quotation_marks_are_followed_across_blocks(
    content: bytes, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orderly, "BLOCK_BYTES", width)
    with pytest.raises((Disorderly, Unreadable) if width < 1 << 16 else Disorderly):
        read_cells(content, tmp_path)


def test_a_letter_that_is_no_utf_8_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_cells("a;b\n1;2\nKöln;3\n".encode("cp1252"), tmp_path)


def test_a_line_too_long_for_a_cell_is_left_to_others(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read_cells(b"a;b\n1;" + b"x" * (5 << 18) + b"\n", tmp_path)


def test_characters_that_are_none_and_endless_lines_are_seen(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a\n\0" + b"x" * (17 << 16))
    assert look_at_bytes(tmp_path / "t.csv") == Bytes(has_nul=True, is_long=True)
