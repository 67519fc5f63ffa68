"""What pay holds about people: statements of runs, and simulations of sheets."""

from sqlalchemy import func, select

from implement.control.incentives.tables import PayRun, PayStatement
from implement.db import db
from implement.rollout.service.retention import Held


def hold_statements(rollout_id: int) -> Held:
    """The first day of the oldest run that has statements, and how many statements there are."""
    asked = select(func.min(PayRun.first_day), func.count(PayStatement.id)).join(
        PayStatement, PayStatement.run_id == PayRun.id
    )
    oldest, count = db.session.execute(asked.where(PayRun.rollout_id == rollout_id)).one()
    return Held(oldest, count)
