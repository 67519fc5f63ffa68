"""When the firm is open: its hours, with the holidays of its country and its own closed days."""

from datetime import date, datetime

from implement.db import db
from implement.engine.business_time import BusinessHours
from implement.jobs import Plain
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout
from implement.stages.pilot.tables import OpenHours
from implement.web.texts import lazy

OPENS, CLOSES, WEEKDAYS = 540, 1080, "12345"


def read_hours(rollout_id: int, today: date, team_id: int | None = None) -> BusinessHours:
    """The firm's hours as they hold now, with days off from the year before to the year after; of a team with its own
    calendar.
    """
    row = db.session.get(OpenHours, rollout_id)
    off = read_days_off(rollout_id, range(today.year - 1, today.year + 2))
    opens, closes, weekdays = (row.opens_minute, row.closes_minute, row.weekdays) if row else (OPENS, CLOSES, WEEKDAYS)
    zone = get_rollout(rollout_id).timezone
    return BusinessHours(zone, opens, closes, frozenset(map(int, weekdays)), off.closed | off.of_team(team_id))


def set_hours(rollout_id: int, opens: int, closes: int, weekdays: str, *, by: Actor, now: datetime) -> None:
    """Say when the firm is open; runs that were made keep the hours they were made with."""
    if opens >= closes:
        raise RuleBroken(lazy("The firm has to open before it closes."))
    row = db.session.get(OpenHours, rollout_id) or OpenHours(rollout_id=rollout_id)
    row.opens_minute, row.closes_minute, row.weekdays = opens, closes, weekdays
    row.by_name, row.at = by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("set_open_hours", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, opens=opens)


def freeze(hours: BusinessHours) -> dict[str, Plain]:
    """Hours as a run keeps them."""
    return {
        "timezone": hours.timezone,
        "opens_minute": hours.opens_minute,
        "closes_minute": hours.closes_minute,
        "weekdays": "".join(map(str, sorted(hours.weekdays))),
        "days_off": [day.isoformat() for day in sorted(hours.days_off)],
    }


def thaw(kept: dict[str, Plain]) -> BusinessHours:
    """The hours that a run was made with."""
    days = kept["days_off"]
    assert isinstance(days, list)
    return BusinessHours(
        str(kept["timezone"]), int(str(kept["opens_minute"])), int(str(kept["closes_minute"])),
        frozenset(map(int, str(kept["weekdays"]))), frozenset(date.fromisoformat(str(day)) for day in days),
    )  # fmt: skip
