"""Houses to kill in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from implement.settings import Settings
from tests.fixtures.application import build_app, close
from tests.kill.harness import House, Mother


@pytest.fixture(scope="session")
def mother() -> Iterator[Mother]:
    """One for all tests of a run: what is imported once starts at once."""
    mother = Mother()
    yield mother
    mother.end()


@pytest.fixture
def house(settings: Settings, mother: Mother) -> Iterator[House]:
    """A migrated, empty installation whose jobs wait for real workers."""
    app = build_app(replace(settings, jobs_immediate=False, backup_folder=settings.home / "backups"))
    yield House(app, mother)
    close(app)
