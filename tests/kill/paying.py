"""Go on with pay as far as it goes, step by step as the pages do, until somebody kills the process.

Adjustment after adjustment of one approved run is begun, computed, checked, approved, exported to every program and
closed. What was committed is noted in a file, a line each: run, state, hash of the archives.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from implement.app import create_app
from implement.control.incentives.service import adjusting, runs
from implement.control.incentives.service.preparing import read_edition, read_signed_file
from implement.control.incentives.tables import PayRun, PayStatement
from implement.db import db, utc_now, writing
from implement.rollout.tables import User
from implement.store import Store
from implement.web.access import Role
from tests.rooms.pay_house import see_files

VISITS, NUMBER = "kpi.visits", "1002"
MOST = 100_000
WAY = ("begun", "computed", "checked", "approved", "exported", "closed")


class Payday:
    """Who pays which run, and how each step is taken."""

    def __init__(self, original_id: int, computing_id: int, checking_id: int, approving_id: int) -> None:
        self.original = db.session.get_one(PayRun, original_id)
        people = (computing_id, checking_id, approving_id)
        self.hanna, self.alice, self.hugo = (db.session.get_one(User, one) for one in people)
        self.store = current_app.extensions["implement_store"]
        self.steps: dict[str, Callable[[PayRun], None]] = {
            "draft": lambda run: adjusting.compute_adjustment(run, store=self.store, by=self.hanna, now=utc_now()),
            "computed": lambda run: runs.check_run(run, seen=run.pay_sha256, by=self.alice, now=utc_now()),
            "checked": self.approve,
            "approved": lambda run: runs.note_exported(run, note="", by=self.hugo, now=utc_now()),
            "exported": lambda run: runs.close_run(run, by=self.hugo, now=utc_now()),
        }

    def go_on(self) -> str:
        """Take the next step of the newest adjustment, or begin one; returns what is to be noted once it is kept."""
        run = db.session.scalar(select(PayRun).where(PayRun.adjusts_id.is_not(None)).order_by(PayRun.number.desc()))
        if run is None or run.state == "closed":
            run = self.begin()
            return f"{run.id} begun -"
        archives = hash_archives(run, self.store) if run.state == "approved" else "-"
        self.steps[run.state](run)
        return f"{run.id} {run.state} {archives}"

    def begin(self) -> PayRun:
        """An adjustment that says, in turn, another number of visits."""
        run = adjusting.begin_adjustment(self.original, by=self.hanna, now=utc_now())
        statement = db.session.scalars(select(PayStatement).where(PayStatement.run_id == self.original.id)).one()
        said = {"reason": "They were counted again", "store": self.store, "by": self.hanna, "now": utc_now()}
        adjusting.correct_actual(run, statement, NUMBER, VISITS, str(run.number % 10), **said)
        return run

    def approve(self, run: PayRun) -> None:
        """Sign it as somebody else."""
        said = {"roles": frozenset({Role.HR}), "store": self.store, "by": self.hugo, "now": utc_now()}
        runs.approve_run(run, seen=run.pay_sha256, files_seen=see_files(run), **said)


def hash_archives(run: PayRun, store: Store) -> str:
    """One hash over all archives of a run as they go out."""
    kinds = [one.kind for one in read_edition(run).files]
    contents = (read_signed_file(run, kind, store=store).content for kind in kinds)
    return hashlib.sha256(b"".join(contents)).hexdigest()


def run(arguments: list[str]) -> int:
    """Begin where whoever was killed before left off."""
    noted = Path(arguments[-1])
    with create_app().app_context():
        payday = Payday(*(int(one) for one in arguments[:-1]))
        for _ in range(MOST):
            with writing():
                line = payday.go_on()
                db.session.commit()
            with noted.open("a") as lines:
                lines.write(f"{line}\n")
    return 0
