"""A file that somebody writes to while it is read is named, and nothing is concluded from half of it."""

from pathlib import Path

import pytest

from implement.engine.backend import Backend
from implement.engine.intake import read_tables, reading
from tests.engine.intake.cells import codes


def test_a_file_that_changes_while_it_is_read_is_a_fault(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("id,name\n1,Acme\n", encoding="utf-8")
    read = reading.read_delimited

    def read_while_somebody_writes(*asked: object) -> None:
        read(*asked)  # type: ignore[arg-type]
        path.write_text("id,name\n1,Acme\n2,Beta\n", encoding="utf-8")

    monkeypatch.setattr(reading, "read_delimited", read_while_somebody_writes)
    assert (None, "file_changed") in codes(read_tables(path, backend))
