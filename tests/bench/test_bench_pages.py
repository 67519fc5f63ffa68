"""How fast pages of a rollout with thousands of people are, against a static answer of the same server (trust.md:
the overview ≥ 1/6 of it, other pages ≥ 1/25).

Pages are asked again and again by one log-in while nothing is written; "afresh" is the first answer after a write.
`IMPLEMENT_BENCH_STAFF` people (5,000), `IMPLEMENT_BENCH_SECONDS` for each page and round (3), 8 clients.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from implement.db import db, utc_now, writing
from implement.rollout.service.log import log_write
from implement.settings import Settings
from tests.bench.clients import Answers, ask_for
from tests.bench.large_rollout import LargeRollout, make_large_rollout
from tests.bench.measuring import ROOT, RUNS
from tests.bench.served import STATIC
from tests.bench.tables import print_table
from tests.fixtures.application import build_app, close, migrate

STAFF = int(os.environ.get("IMPLEMENT_BENCH_STAFF", "5000"))
SECONDS = float(os.environ.get("IMPLEMENT_BENCH_SECONDS", "3"))
CLIENTS, SERVERS = 8, 2
PAGES = {
    "static answer": STATIC,
    "health": "/healthz",
    "overview of the hall": "{rollout}",
    "people": "{rollout}/people",
    "gates": "{rollout}/gates",
    "tasks": "{rollout}/tasks",
    "audit": "{rollout}/audit",
    "transfer: last run": "{rollout}/transfer/runs/1",
    "transfer: findings": "{rollout}/transfer/runs/1/findings",
    "adoption: heat map of teams": "{rollout}/adoption/teams",
    "adoption: one team": "{rollout}/adoption/teams/{team}",
    "adoption: people": "{rollout}/adoption/people",
}


@dataclass(frozen=True)
class Served:
    """A running server with the large rollout, and the application over the same database."""

    app: Flask
    large: LargeRollout
    address: tuple[str, int]
    process: int

    def path(self, page: str) -> str:
        """The address of a page in the large rollout."""
        return page.format(rollout=f"/rollouts/{self.large.rollout_id}", team=self.large.team_id)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The application as `run` serves it, with two workers."""
    home = tmp_path_factory.mktemp("installation")
    settings = _settings(home)
    migrate(settings)
    app = build_app(settings)
    large = make_large_rollout(app, STAFF)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.served", str(port), str(SERVERS)],
        cwd=ROOT,
        env={**os.environ, "IMPLEMENT_HOME": str(home), "IMPLEMENT_SECRET": settings.secret},
        process_group=0,
    )
    _wait_for(port)
    yield Served(app, large, ("127.0.0.1", port), server.pid)
    server.terminate()
    server.wait()
    close(app)


@pytest.mark.bench
def test_pages_are_measured_against_a_static_answer(served: Served) -> None:
    asked = {name: served.path(page) for name, page in PAGES.items()}
    found: dict[str, list[Answers]] = {name: [] for name in PAGES}
    for _ in range(RUNS):
        for name, path in asked.items():
            found[name].append(_ask(served, path))
    limit = found["static answer"]
    afresh = {name: _answer_afresh(served, path) for name, path in asked.items() if path != STATIC}
    rows = [[name, *_figures(answers, limit), *afresh.get(name, ["", ""])] for name, answers in found.items()]
    header = ["page", "a second", "of static", "p50 ms", "p95 ms", "CPU ms", "ratio", "errors", "afresh ms", "queries"]
    print_table(f"Pages of a rollout with {STAFF:,} people, {CLIENTS} clients, {SERVERS} workers", header, rows)
    assert sum(answers.errors for many in found.values() for answers in many) == 0


def _ask(served: Served, path: str) -> Answers:
    """Ask for one page by all clients, after a first answer that fills what is kept in memory."""
    cookie = "" if path == STATIC else served.large.cookie
    ask_for(served.address, path, cookie, served.process, clients=CLIENTS, seconds=0.3)
    return ask_for(served.address, path, cookie, served.process, clients=CLIENTS, seconds=SECONDS)


def _figures(answers: list[Answers], limit: list[Answers]) -> list[str]:
    rate, static = _median(answers, "per_second"), _median(limit, "per_second")
    cpu, least = _median(answers, "cpu_ms"), _median(limit, "cpu_ms")
    late = (f"{_median(answers, name):.1f}" for name in ("median_ms", "p95_ms"))
    errors = sum(one.errors for one in answers)
    return [f"{rate:.0f}", f"1/{static / rate:.1f}", *late, f"{cpu:.2f}", f"{cpu / least:.1f}", str(errors)]


def _median(answers: list[Answers], name: str) -> float:
    return statistics.median(getattr(one, name) for one in answers)


def _answer_afresh(served: Served, path: str) -> list[str]:
    """What a page costs the first time after somebody has written: CPU milliseconds, and questions to the database."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    client = served.app.test_client()
    name, _, value = served.large.cookie.partition("=")
    client.set_cookie(name, value)
    spent = []
    for _ in range(RUNS):
        _write_something(served.app)
        event.listen(Engine, "before_cursor_execute", note)
        began = time.process_time()
        client.get(path, headers={"Accept-Language": "de"})
        spent.append(1000 * (time.process_time() - began))
        event.remove(Engine, "before_cursor_execute", note)
    queries = len([statement for statement in asked if statement.startswith("SELECT")]) // RUNS
    return [f"{statistics.median(spent):.0f}", str(queries)]


def _write_something(app: Flask) -> None:
    """Add a row to the log, so that nothing kept holds any more."""
    with app.app_context(), writing():
        log_write("measure", "pages", by=None, now=utc_now())
        db.session.commit()


def _settings(home: Path) -> Settings:
    return Settings(
        home=home, database=f"sqlite:///{home / 'implement.sqlite'}", store=str(home / "store"),
        queue=f"sqlite:///{home / 'queue.sqlite'}", outbox=str(home / "outbox"), secret="bench " * 8,
        jobs_immediate=True,
    )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")
