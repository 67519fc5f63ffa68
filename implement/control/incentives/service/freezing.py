"""A priced run is frozen: inputs, basis and pay into the store, statements and lines into the database.

Everything is written in the caller's transaction; the files are named by their bytes, so that twice is once.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from sqlalchemy import insert

from implement.control.incentives.service.pricing import DrawnUp, Priced
from implement.control.incentives.service.runs import demand_state, move
from implement.control.incentives.tables import PayLine, PayRun, PayStatement
from implement.db import db
from implement.engine.pay import ENGINE
from implement.rollout.service.log import Actor
from implement.store import Store


def freeze_run(run: PayRun, priced: Priced, *, store: Store, by: Actor, now: datetime) -> None:
    """Keep a priced draft: three files, a statement for each person, its lines; then it is computed."""
    demand_state(run, "draft")
    kept = [store.put(BytesIO(content)).sha256 for content in (priced.plan, priced.basis, priced.pay)]
    run.plan_sha256, run.basis_sha256, run.pay_sha256 = kept
    run.engine, run.computed_by_id = ENGINE, by.id
    _keep(run, priced.statements)
    run.total_minor = sum(one.total_minor for one in priced.statements)
    move(run, "computed", by=by, now=now)


def _keep(run: PayRun, drawn: Sequence[DrawnUp]) -> None:
    """Statements and lines in a few statements, however many people are paid."""
    statements = [
        PayStatement(
            run_id=run.id, person_id=one.payee.person_id, number=one.payee.number, name=one.payee.name,
            total_minor=one.total_minor,
        )
        for one in drawn
    ]  # fmt: skip
    db.session.add_all(statements)
    db.session.flush()
    rows = [
        {**line, "statement_id": kept.id} for kept, one in zip(statements, drawn, strict=True) for line in one.lines
    ]
    if rows:
        db.session.execute(insert(PayLine), rows)
