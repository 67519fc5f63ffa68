"""What tests of rooms share: files handed over are read in the test's own process, each content once."""

import pytest
from flask import Flask

from implement.rollout.service import staff_files
from implement.stages.adoption import found_tables
from implement.stages.audit.service import list_reading
from implement.store import Store
from tests.rooms import computed_once


@pytest.fixture(autouse=True)
def read_files_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no process for each file: it takes a second, and its limits are proved by the tests of the engine."""
    for reader in (staff_files, found_tables, list_reading):
        monkeypatch.setattr(reader, "read_tables_in_child", computed_once.read_once)


@pytest.fixture
def store(app: Flask) -> Store:
    """Where the application keeps files."""
    found: Store = app.extensions["implement_store"]
    return found
