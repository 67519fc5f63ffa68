"""Kill a real worker or command with its whole process group, at random moments, as often as a test wants.

A room's own test needs only a `begin` that starts one piece of work and a look at what came of it:

    house.kill_often(kills, begin=lambda number: start_import(rollout.id, number), chance=random.Random(1))
    assert …  # nothing lost, torn or double
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from implement.db import db, writing
from implement.jobs import Job, JobState
from implement.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
OPEN = (JobState.QUEUED, JobState.RUNNING)
PATIENCE_SECONDS = 120.0
LONGEST_LIFE_SECONDS = 0.9


class Mother:
    """The process that gives birth to those who are killed."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.kill.mother"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.itself = subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload]

    def bear(self, command: str, arguments: list[str], environment: dict[str, str]) -> int:
        """Start a command of Implement; returns its process, which leads a group of its own."""
        asked = {"command": command, "arguments": arguments, "environment": environment}
        self.itself.stdin.write(json.dumps(asked) + "\n")
        self.itself.stdin.flush()
        return int(self.itself.stdout.readline())

    def end(self) -> None:
        """No more births."""
        self.itself.stdin.close()
        self.itself.wait()
        self.itself.stdout.close()


class House:
    """An installation whose processes are killed; the test looks into it with an application of its own."""

    def __init__(self, app: Flask, mother: Mother) -> None:
        self.app, self.mother = app, mother
        self.settings: Settings = app.extensions["implement_settings"]
        self.kills_amid_work = 0

    def start(self, command: str, *arguments: str) -> int:
        """Start a command on this installation."""
        told = {name: getattr(self.settings, name.removeprefix("IMPLEMENT_").lower()) for name in ENVIRONMENT}
        return self.mother.bear(command, list(arguments), {name: str(value) for name, value in told.items()})

    def kill(self, group: int) -> None:
        """Kill the process and all it started; returns when it is gone."""
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        self.wait_until(lambda: not lives(group))

    def kill_often(self, kills: int, *, begin: Callable[[int], object], chance: random.Random) -> None:
        """Begin work, start a worker, kill it somewhere in it; at last let a worker finish what is left."""
        for number in range(kills):
            with self.app.app_context(), writing():
                begin(number)
                db.session.commit()
            worker = self.start("worker")
            self.wait_until(lambda: self.count_jobs(JobState.RUNNING) > 0 or not self.count_jobs(*OPEN))
            time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
            self.kills_amid_work += self.count_jobs(JobState.RUNNING) > 0
            self.kill(worker)
        self.finish()

    def finish(self) -> None:
        """Let a worker do everything that is left, with patience anew for each job."""
        worker = self.start("worker")
        while left := self.count_jobs(*OPEN):
            self.wait_until(lambda: self.count_jobs(*OPEN) < left)
        os.killpg(worker, signal.SIGTERM)
        self.wait_until(lambda: not lives(worker))

    def count_jobs(self, *states: JobState) -> int:
        """How many jobs stand like this."""
        with self.app.app_context():
            return int(db.session.scalar(select(func.count(Job.id)).where(Job.state.in_(states))) or 0)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait; a minute or two of patience on a busy machine, then something hangs."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < until, "it never came to be"
            time.sleep(0.01)


ENVIRONMENT = (
    "IMPLEMENT_HOME", "IMPLEMENT_DATABASE", "IMPLEMENT_STORE", "IMPLEMENT_QUEUE", "IMPLEMENT_OUTBOX",
    "IMPLEMENT_SECRET", "IMPLEMENT_BACKUP_FOLDER",
)  # fmt: skip


def lives(process: int) -> bool:
    """True until the process is gone."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
