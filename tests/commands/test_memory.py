"""How much memory a comparison takes when nobody says: more for files of many gigabytes, whose joins need it."""

import argparse
import os
from pathlib import Path

import pytest

from implement.commands.transfer_input import LEAST_MEMORY_MB, settle_memory

GIGABYTE = 2**30


def _asked(source: Path, target: Path, memory: int | None = None) -> int:
    return settle_memory(argparse.Namespace(source=source, target=target, memory=memory))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of ten gigabytes that takes no room."""
    path = tmp_path / "old" / "calls.csv"
    path.parent.mkdir()
    path.touch()
    os.truncate(path, 10 * GIGABYTE)
    return path


def test_large_files_take_a_part_of_their_size_be_they_named_or_in_a_folder(source: Path, tmp_path: Path) -> None:
    assert [_asked(side, tmp_path / "new") for side in (source, source.parent)] == [409, 409]


def test_small_and_missing_files_take_the_least(tmp_path: Path) -> None:
    assert _asked(tmp_path, tmp_path / "new") == LEAST_MEMORY_MB


def test_what_somebody_asks_for_is_taken(source: Path) -> None:
    assert _asked(source, source, 100) == 100
