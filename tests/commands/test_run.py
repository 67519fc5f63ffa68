"""One command runs everything, ends everything, and clears up after a crash."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from implement.__main__ import find_commands, main
from implement.commands.serving.group import MARK, AlreadyRunning, Group, find_marked
from implement.scratch import PREFIX

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120.0
LISTENING = """
import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("listens", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the installation lives."""
    return tmp_path / "home"


class Run:
    """A run of Implement as somebody starts it."""

    def __init__(self, home: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        told = {**os.environ, "IMPLEMENT_HOME": str(home), "PORT": str(port), "IMPLEMENT_WEB_WORKERS": "1"}
        command = [sys.executable, "-m", "implement", "run", "--bare"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self.parent = subprocess.Popen(command, cwd=ROOT, env=told, text=True, **pipes)  # type: ignore[call-overload]
        self.said = ""

    def wait_for_answer(self) -> "Run":
        """Read on until it says that it answers."""
        for line in self.parent.stdout:
            self.said += line
            if line.startswith("Implement answers"):
                return self
        raise AssertionError(f"it ended without an answer: {self.said}")

    def end(self, how: signal.Signals) -> int:
        """End it and return its exit code."""
        self.parent.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        """Wait for its end; returns its exit code."""
        code = self.parent.wait()
        if not self.parent.stdout.closed:
            self.said += self.parent.stdout.read()
            self.parent.stdout.close()
        return code


@pytest.fixture
def start(home: Path, port: int) -> Iterator[Callable[[], Run]]:
    """Start a run; whatever happens, none is left."""
    runs: list[Run] = []

    def begin() -> Run:
        runs.append(Run(home, port))
        return runs[-1]

    yield begin
    for run in runs:
        run.parent.send_signal(signal.SIGKILL)
        run.wait()


def test_a_run_serves_until_it_is_told_to_stop(start: Callable[[], Run], home: Path) -> None:
    run = start().wait_for_answer()
    link = re.search(r"http://\S+/set-up/\S+", run.said)
    assert link is not None
    with urllib.request.urlopen(link[0]) as page:
        assert page.status == 200
    mark = (home / "run").read_text()
    assert len(find_marked(mark)) >= 3
    assert run.end(signal.SIGTERM) == 0
    assert find_marked(mark) == []


def test_another_command_leaves_the_folder_of_a_run_alone(
    start: Callable[[], Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    run = start().wait_for_answer()
    (used,) = tmp_path.glob(f"{PREFIX}*")
    subprocess.run([sys.executable, "-m", "implement", "map", "--help"], check=True, cwd=ROOT)
    assert used.exists()
    run.end(signal.SIGTERM)
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_a_killed_run_leaves_nobody_behind_and_the_next_one_answers(start: Callable[[], Run], home: Path) -> None:
    run = start().wait_for_answer()
    mark = (home / "run").read_text()
    run.end(signal.SIGKILL)
    wait_until(lambda: not find_marked(mark))
    again = start().wait_for_answer()
    assert again.end(signal.SIGINT) == 0


def test_an_orphan_that_holds_the_port_is_ended(start: Callable[[], Run], home: Path, port: int) -> None:
    home.mkdir()
    (home / "run").write_text("crashed")
    with listener(port, **{MARK: "crashed"}) as orphan:
        run = start().wait_for_answer()
        assert orphan.wait() == -signal.SIGKILL
    assert run.end(signal.SIGTERM) == 0
    assert "Ended 1 process(es)" in run.said


def test_a_port_that_another_program_holds_is_left_to_it(start: Callable[[], Run], port: int) -> None:
    with listener(port) as foreign:
        run = start()
        assert run.wait() == 2
        assert foreign.poll() is None
        foreign.kill()
    assert f"PORT={port + 1} make run" in run.said


def test_one_installation_is_run_once(home: Path) -> None:
    first, second = Group(home, "first"), Group(home, "second")
    first.take_over()
    with pytest.raises(AlreadyRunning):
        second.take_over()
    first.end()
    second.end()


def test_commands_are_listed_with_what_they_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    listed = capsys.readouterr().out
    for name in ("run", "worker", "demo", "reconcile", "backup", "restore", "user", "migrate"):
        assert re.search(rf"^  {name} +\w", listed, re.MULTILINE)


def test_an_unknown_command_is_the_persons_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconsile"]) == 2
    assert "no command 'reconsile'" in capsys.readouterr().err


def test_a_module_that_is_no_command_is_not_offered() -> None:
    assert "serving" not in find_commands()


def test_what_was_not_foreseen_is_our_fault_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IMPLEMENT_HOME", str(tmp_path))
    monkeypatch.setenv("IMPLEMENT_IDLE_MINUTES", "soon")
    assert main(["migrate"]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("IMPLEMENT_DEBUG", "1")
    assert main(["migrate"]) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["map", "reconcile"])
def test_commands_of_the_engine_import_no_web_framework(name: str) -> None:
    looked = f"import sys, implement.commands.{name}; sys.exit('flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", looked], cwd=ROOT, check=False).returncode == 0


def listener(port: int, **environment: str) -> subprocess.Popen[str]:
    """Another program that holds the port."""
    command, told = [sys.executable, "-c", LISTENING, str(port)], {**os.environ, **environment}
    program = subprocess.Popen(command, env=told, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdout is not None
    program.stdout.readline()
    return program


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.05)
