"""A month of a firm from plan to payroll, and merely reading its rows: CPU seconds, a line each.

`python -m tests.bench.steps_of_pay PEOPLE`, in the house that IMPLEMENT_HOME names.
"""

import sys
import time
from collections.abc import Callable

from sqlalchemy import Table, select

from implement.app import create_app
from implement.commands.migrate import migrate_database
from implement.control.activity.tables import ActivityCount, ActivityDelivery, ActivityTarget
from implement.control.incentives.service.preparing import read_signed_file
from implement.control.incentives.service.verifying import verify_runs
from implement.control.incentives.tables import PayLine, PayRun, PayStatement, VariablePay
from implement.db import db, writing
from implement.rollout.tables import Acknowledgement, Membership, Person, User
from implement.settings import read_settings
from tests.rooms.paid_month import IN_EURO, PaidMonth

READ = (
    Person, User, Membership, Acknowledgement, VariablePay, ActivityTarget, ActivityDelivery, ActivityCount,
    PayStatement, PayLine,
)  # fmt: skip


def print_steps(people: int) -> None:
    """Every step of the month, then all its rows read as they stand."""
    app = create_app(read_settings())
    migrate_database(app)
    store = app.extensions["implement_store"]
    with app.app_context(), writing():
        month = PaidMonth(people)
        db.session.commit()
        _time("targets set, sheets handed out", month.plan)
        _time("actuals kept", month.count)
        runs: list[PayRun] = []
        _time("one job: gathered, priced, five files written and proved", lambda: runs.append(month.compute()[0]))
        (run,) = runs
        _time("checked and approved", lambda: month.approve(run, store))
        db.session.commit()
        for kind in IN_EURO:
            _time(f"given out: {kind}", lambda kind=kind: read_signed_file(run, kind, store=store))  # type: ignore[misc]
        _time("verified", lambda: all(verdict.holds for verdict in verify_runs(store)) or sys.exit(1))
        _time("all rows of it merely read", _read_rows)


def _read_rows() -> None:
    for one in READ:
        table: Table = one.__table__
        db.session.execute(select(*table.columns)).all()


def _time(name: str, step: Callable[[], object]) -> None:
    start = time.process_time()
    step()
    print(f"{name}\t{time.process_time() - start:.3f}", flush=True)


if __name__ == "__main__":
    print_steps(int(sys.argv[1]))
