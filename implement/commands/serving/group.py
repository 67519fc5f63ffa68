"""The processes that make up a running Implement: started together, ended together, found again after a crash."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from implement.commands.serving.lifeline import PARENT

MARK = "IMPLEMENT_RUN"
SECONDS_TO_END = 8.0
PROCESSES = Path("/proc")


class AlreadyRunning(RuntimeError):
    """Another `run` of the same installation lives."""


class Group:
    """The children of this run, each in a process group of its own; they and theirs carry the run's mark."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._note = home / "run"
        self._file = self._note.open("a+", encoding="ascii")
        self._children: dict[str, subprocess.Popen[str]] = {}
        self.mark = uuid4().hex

    def take_over(self) -> int:
        """Hold the installation as the only run; ends what a crashed one left behind and returns how many that were."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyRunning from held
        self._file.seek(0)
        left_behind = end_marked(self._file.read().strip())
        self._file.truncate(0)
        self._file.write(self.mark)
        self._file.flush()
        return left_behind

    def start(self, name: str, *arguments: str) -> None:
        """Start a module of Implement as a child."""
        self._children[name] = self._open(arguments)

    def ask(self, *arguments: str) -> tuple[int, str]:
        """Run a module to its end; its exit code and what it said."""
        self._children["asked"] = self._open(arguments, stdout=subprocess.PIPE)
        said, _ = self._children["asked"].communicate()
        return self._children.pop("asked").returncode, said

    def find_ended(self) -> str | None:
        """The name of a child that has ended, or None while all run."""
        return next((name for name, child in self._children.items() if child.poll() is not None), None)

    def end(self) -> None:
        """End all children, at last by force, and whatever they started."""
        for child in self._children.values():
            child.terminate()
        until = time.monotonic() + SECONDS_TO_END
        while any(child.poll() is None for child in self._children.values()) and time.monotonic() < until:
            time.sleep(0.05)
        for child in self._children.values():
            _kill_group(child.pid)
            child.wait()
        end_marked(self.mark)
        self._file.close()

    def _open(self, arguments: tuple[str, ...], *, stdout: int | None = None) -> subprocess.Popen[str]:
        told = {**os.environ, MARK: self.mark, PARENT: str(os.getpid())}
        command = [sys.executable, "-m", *arguments]
        return subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, stdout=stdout, text=True, process_group=0)


def end_marked(mark: str) -> int:
    """Kill every process that carries the mark of a run; returns how many there were."""
    found = find_marked(mark) if mark else []
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + SECONDS_TO_END
    while found and find_marked(mark) and time.monotonic() < until:
        time.sleep(0.05)
    return len(found)


def find_marked(mark: str) -> list[int]:
    """The living processes with the mark of a run in their environment, but for this one."""
    wanted = f"{MARK}={mark}".encode()
    others = [path for path in PROCESSES.glob("[0-9]*") if path.name != str(os.getpid())]
    return [int(path.name) for path in others if wanted in _read_environment(path)]


def _read_environment(running: Path) -> list[bytes]:
    try:
        return (running / "environ").read_bytes().split(b"\0")
    except OSError:  # gone meanwhile, or somebody else's
        return []


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
