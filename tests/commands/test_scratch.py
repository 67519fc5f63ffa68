"""What commands put into scratch holds people's records; none of it outlives them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from implement.scratch import scratch_folder

WORK = """
from implement.scratch import scratch_folder
with scratch_folder() as folder:
    print(folder, flush=True)
    input()
"""


@pytest.fixture
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where scratch folders are made in this test."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def other(parent: Path) -> Iterator[subprocess.Popen[str]]:
    """Another command that works in a scratch folder below the same parent."""
    asked = [sys.executable, "-c", WORK]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def _folder_of(running: subprocess.Popen[str]) -> Path:
    assert running.stdout is not None
    return Path(running.stdout.readline().strip())


def test_everything_temporary_is_made_in_the_folder_and_goes_with_it(parent: Path) -> None:
    with scratch_folder() as folder:
        made = Path(tempfile.mkdtemp())
        assert made.parent == folder
    assert (list(parent.iterdir()), tempfile.gettempdir()) == ([], str(parent))


def test_what_a_killed_command_left_behind_is_deleted_by_the_next(other: subprocess.Popen[str]) -> None:
    left = _folder_of(other)
    (left / "contacts.arrow").write_text("names of people")
    other.kill()
    other.wait()
    assert left.exists()
    with scratch_folder():
        assert not left.exists()


def test_the_folder_of_a_command_that_still_works_is_left_alone(other: subprocess.Popen[str]) -> None:
    used = _folder_of(other)
    with scratch_folder():
        assert used.exists()


def test_folders_of_other_programs_are_left_alone(parent: Path) -> None:
    (parent / "implement-of-another").mkdir()
    with scratch_folder():
        pass
    assert [path.name for path in parent.iterdir()] == ["implement-of-another"]
