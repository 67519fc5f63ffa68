"""A command that has ended ends at once, and all it said has arrived."""

import subprocess
import sys
from pathlib import Path

HELP = [sys.executable, "-m", "implement", "help"]


def test_what_a_command_said_arrives_before_it_ends() -> None:
    done = subprocess.run(HELP, capture_output=True, text=True, check=True)
    assert "reconcile" in done.stdout
    assert done.stdout.rstrip().endswith("says more.")


def test_a_reader_who_has_gone_is_no_fault() -> None:
    with subprocess.Popen(HELP, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def test_what_cannot_be_written_is_no_success() -> None:
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run(HELP, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == 3
