"""Fixtures for all tests; see `tests/fixtures`."""

import os
from pathlib import Path

import pytest

pytest_plugins = [
    "tests.fixtures.scale",
    "tests.fixtures.application",
    "tests.fixtures.databases",
    "tests.fixtures.visitors",
    "tests.fixtures.browser",
    "tests.fixtures.members",
    "tests.fixtures.spark",
]


@pytest.fixture(scope="session")
def truths() -> Path:
    """The folder of shared data sets that `make check-data DIR=…` names."""
    folder = Path(os.environ.get("IMPLEMENT_TEST_TRUTHS", ""))
    if not folder.is_dir() or folder == Path():
        pytest.fail("these tests need the shared data sets: make check-data DIR=/path/to/them")
    return folder
