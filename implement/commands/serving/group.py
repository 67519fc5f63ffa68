"""The processes that make up a running Implement: started together, ended together, found again after a crash.

They are forked from the one that read the program, which takes seconds, and share its memory.
"""

import fcntl
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from implement.commands.serving.lifeline import end_with_forker
from implement.scratch import leave_scratch

FORKED = multiprocessing.get_context("fork")
MARK = "IMPLEMENT_RUN"
SECONDS_TO_END = 8.0
PROCESSES = Path("/proc")


class AlreadyRunning(RuntimeError):
    """Another `run` of the same installation lives."""


class Group:
    """The children of this run, each in a process group of its own; they and theirs carry the run's mark."""

    def __init__(self, home: Path, mark: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._note = home / "run"
        self._file = self._note.open("a+", encoding="ascii")
        self._children: dict[str, multiprocessing.process.BaseProcess] = {}
        self.mark = mark

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

    def start(self, name: str, work: Callable[[], int]) -> None:
        """Have a child do the work; what it returns is its exit code."""
        self._children[name] = self._fork(work)

    def ask(self, work: Callable[[], int]) -> tuple[int, str]:
        """Have a child do the work to its end; its exit code and what it said."""
        listening, said = os.pipe()
        child = self._children["asked"] = self._fork(work, stdout=said)
        os.close(said)
        with os.fdopen(listening, encoding="utf-8") as answer:
            heard = answer.read()
        child.join()
        return int(self._children.pop("asked").exitcode or 0), heard

    def find_ended(self) -> str | None:
        """The name of a child that has ended, or None while all run."""
        return next((name for name, child in self._children.items() if child.exitcode is not None), None)

    def end(self) -> None:
        """End all children, at last by force, and whatever they started."""
        for child in self._children.values():
            child.terminate()
        until = time.monotonic() + SECONDS_TO_END
        for child in self._children.values():
            child.join(max(0.0, until - time.monotonic()))
            _kill_group(child)
            child.join()
        end_marked(self.mark)
        self._file.close()

    def _fork(self, work: Callable[[], int], *, stdout: int | None = None) -> multiprocessing.process.BaseProcess:
        child = FORKED.Process(target=self._live, args=(work, stdout))
        child.start()
        return child

    def _live(self, work: Callable[[], int], stdout: int | None) -> None:
        """What a child does: leave what is its parent's (group, signals, the hold on the installation), then work."""
        os.setpgid(0, 0)
        end_with_forker()
        self._file.close()
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(told, signal.SIG_DFL)
        if stdout is not None:
            os.dup2(stdout, sys.stdout.fileno())
            os.close(stdout)
        sys.exit(work())


def carry_mark() -> str:
    """A mark for this run, to be found on this process and all it forks.

    Linux tells of a process only the environment it began with: the program begins anew, once, under the same number.
    """
    carried = os.environ.get(MARK, "")
    if not carried.endswith(f"-{os.getpid()}"):
        marked = {**leave_scratch(), MARK: f"{uuid4().hex}-{os.getpid()}"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], marked)
    return carried


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


def _kill_group(leader: multiprocessing.process.BaseProcess) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader.pid or 0, signal.SIGKILL)
