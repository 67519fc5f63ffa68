"""A table engine for each test, and a folder to read from."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.intake import Intake, IntakeLimits, read_tables

Read = Callable[..., Intake]


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with open_backend(scratch=scratch, memory_mb=512) as opened:
        yield opened


@pytest.fixture
def read(backend: Backend, tmp_path: Path) -> Read:
    """Write one file and read it."""

    def write_and_read(content: bytes | str, name: str = "contacts.csv", limits: IntakeLimits | None = None) -> Intake:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return read_tables(path, backend, limits=limits or IntakeLimits())

    return write_and_read
