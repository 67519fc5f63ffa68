"""Spans of days that are planned; no two overlap."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.control.activity.tables import ActivityPeriod
from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.texts import lazy

LONGEST_DAYS = 100


@dataclass(frozen=True)
class PeriodRow:
    """A planned span, both days inclusive."""

    id: int
    first_day: date
    last_day: date

    def has_begun(self, today: date) -> bool:
        """True from its first day on."""
        return self.first_day <= today

    def has_ended(self, today: date) -> bool:
        """True after its last day."""
        return self.last_day < today


def add_period(rollout_id: int, first_day: date, last_day: date, *, by: Actor, now: datetime) -> ActivityPeriod:
    """Begin a period to be planned."""
    if last_day < first_day:
        raise RuleBroken(lazy("The last day is before the first."))
    if (last_day - first_day).days >= LONGEST_DAYS:
        raise RuleBroken(lazy("A period is a quarter at most; shorter ones can be corrected sooner."))
    for one in list_periods(rollout_id):
        if one.first_day <= last_day and first_day <= one.last_day:
            raise RuleBroken(lazy("These days belong to another period already."))
    period = ActivityPeriod(rollout_id=rollout_id, first_day=first_day, last_day=last_day)
    db.session.add(period)
    db.session.flush()
    days = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    log_write("add_period", f"period:{period.id}", by=by, now=now, rollout_id=rollout_id, **days)
    return period


def list_periods(rollout_id: int) -> list[PeriodRow]:
    """Every period, the latest first."""
    asked = select(ActivityPeriod.id, ActivityPeriod.first_day, ActivityPeriod.last_day)
    asked = asked.where(ActivityPeriod.rollout_id == rollout_id).order_by(ActivityPeriod.first_day.desc())
    return [PeriodRow(*row) for row in db.session.execute(asked)]


def get_period(rollout_id: int, period_id: int) -> PeriodRow:
    """A period of this rollout."""
    found = next((one for one in list_periods(rollout_id) if one.id == period_id), None)
    if found is None:
        raise NotFound(lazy("There is no such period."))
    return found


def find_period(rollout_id: int, day: date) -> PeriodRow | None:
    """The period a day belongs to."""
    return next((one for one in list_periods(rollout_id) if one.first_day <= day <= one.last_day), None)


def lock_period(period_id: int) -> None:
    """Let nobody else change plans and targets of the period until the end of this transaction."""
    db.session.execute(select(ActivityPeriod.id).where(ActivityPeriod.id == period_id).with_for_update())
