"""A file is read the fast way only where no reader could take its quotation marks for something else."""

from pathlib import Path

import pytest

from implement.engine.intake import orderly
from implement.engine.intake.orderly import Bytes, look_at_bytes

ORDERLY = [b"a;b\r\n1;2\r\n", b'\xef\xbb\xbf"a";b\n"x ""y""";""\n', b'a;b\n"two\nlines";2', b'a\n""""\n', b""]
DISORDERLY = [b'a;b\n5" pipe;2\n', b'a;b\n"x"y;2\n', b'a;b\n "x";2\n', b'a;b\n"never closed;2\n', b"a;b\r1;2\r"]


@pytest.mark.parametrize("width", [1, 3, 7, 1 << 16])
@pytest.mark.parametrize("content", [*ORDERLY, *DISORDERLY])
def test_quotation_marks_are_followed_across_blocks(
    content: bytes, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orderly, "LOOK_BYTES", width)
    (tmp_path / "t.csv").write_bytes(content)
    assert look_at_bytes(tmp_path / "t.csv", ";").is_orderly == (content in ORDERLY)


def test_characters_that_are_none_and_endless_lines_are_seen(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a\n\0" + b"x" * (17 << 16))
    assert look_at_bytes(tmp_path / "t.csv", ";") == Bytes(has_nul=True, is_long=True)
