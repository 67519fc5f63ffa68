"""Days that were computed: rules, amounts and targets change what comes after, never what was (R4)."""

from datetime import date

from sqlalchemy import func, select

from implement.control.incentives.tables import PayRun
from implement.db import db
from implement.rollout.service.errors import RuleBroken
from implement.web.texts import day as say_day
from implement.web.texts import lazy


def find_settled_day(rollout_id: int) -> date | None:
    """The last day of any regular run that is past its draft."""
    done = (PayRun.rollout_id == rollout_id, PayRun.kind == "regular", PayRun.state != "draft")
    return db.session.scalar(select(func.max(PayRun.last_day)).where(*done))


def demand_open_day(rollout_id: int, day: date) -> None:
    """Refuse a change from a day that a run has already priced."""
    settled = find_settled_day(rollout_id)
    if settled is not None and day <= settled:
        sentence = lazy("Pay is computed up to %(day)s; a change begins after it.", day=say_day(settled))
        raise RuleBroken(sentence)
