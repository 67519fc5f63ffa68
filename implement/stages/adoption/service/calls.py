"""Calls and mails past the CRM: taken over as counts under an agreement that covers it, held against the log (M25)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select, tuple_

from implement.db import change_rows, db
from implement.engine.exchange import ListedCalls
from implement.jobs import Plain
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.regulations import covers_calls, version_in_force
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_staff, match_users, read_usage_days
from implement.stages.adoption.booked import Booked
from implement.stages.adoption.calls import DayCounts, sum_calls
from implement.stages.adoption.service.counted_staff import list_counted_weeks
from implement.stages.adoption.tables import CountedCalls
from implement.web.texts import lazy

AT_ONCE = 200
BATCH_ROWS = 5_000
WEEK = timedelta(days=7)


def is_agreed(rollout_id: int, today: date) -> bool:
    """True while an agreement is in force that covers the counting."""
    version = version_in_force(rollout_id, "agreement", today)
    return version is not None and covers_calls(version)


def keep_calls(rollout_id: int, listed: ListedCalls, *, by: Actor, now: datetime) -> dict[str, Plain]:
    """Write counts down; what a list says of a person's day replaces what an earlier one said."""
    if not listed.counts and not listed.without_client:
        return {}
    if not is_agreed(rollout_id, local_day(rollout_id, now)):
        raise RuleBroken(lazy("Calls and mails are counted only under an agreement that covers it."))
    _forget_days(rollout_id, {(one.user, one.day, one.channel) for one in listed.counts})
    rows = [
        {"rollout_id": rollout_id, "crm_user": one.user, "day": one.day, "channel": one.channel,
         "direction": one.direction, "count": one.count}
        for one in listed.counts
    ]  # fmt: skip
    for start in range(0, len(rows), BATCH_ROWS):
        db.session.execute(insert(CountedCalls), rows[start : start + BATCH_ROWS])
    people = match_users(list_staff(rollout_id))
    strangers = sum(one.count for one in listed.counts if one.user.strip().casefold() not in people)
    counts: dict[str, Plain] = {"calls": sum(one.count for one in listed.counts), "calls_unknown": strangers}
    counts["calls_without_client"] = listed.without_client
    log_write("take_over_calls", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **counts)
    return counts


def read_calls(rollout_id: int) -> Booked | None:
    """Calls and mails by team and week beside what the same people recorded; None where none were handed in."""
    staff = [one for one in list_staff(rollout_id) if not one.is_excluded]
    people = match_users(list_staff(rollout_id))
    asked = select(CountedCalls.crm_user, CountedCalls.day, func.sum(CountedCalls.count))
    asked = asked.where(CountedCalls.rollout_id == rollout_id).group_by(CountedCalls.crm_user, CountedCalls.day)
    listed = _of_people(((user, day, int(count)) for user, day, count in db.session.execute(asked)), people)
    if not listed:
        return None
    days = read_usage_days(rollout_id, min(one.day for one in listed) - WEEK)
    counts = ((row.crm_user, row.day, row.records - row.counts.get("deal_records", 0)) for row in days)
    then = list_counted_weeks(rollout_id, max(one.day for one in listed))
    return sum_calls(listed, _of_people(counts, people), staff, then)


def count_of_nobody(rollout_id: int) -> int:
    """How many calls and mails are of users who are not on the staff."""
    people = _people(rollout_id)
    asked = select(CountedCalls.crm_user, func.sum(CountedCalls.count)).where(CountedCalls.rollout_id == rollout_id)
    rows = db.session.execute(asked.group_by(CountedCalls.crm_user))
    return sum(int(count) for user, count in rows if user.strip().casefold() not in people)


def _of_people(counts: Iterable[tuple[str, date, int]], people: Mapping[str, int]) -> list[DayCounts]:
    """Whose they are; what is of nobody on the staff falls away."""
    found = ((people.get(user.strip().casefold()), day, count) for user, day, count in counts)
    return [DayCounts(person_id, day, count) for person_id, day, count in found if person_id is not None]


def _people(rollout_id: int) -> Mapping[str, int]:
    return match_users([one for one in list_staff(rollout_id) if not one.is_excluded])


def _forget_days(rollout_id: int, days: Iterable[tuple[str, date, str]]) -> None:
    wanted = sorted(days)
    key = tuple_(CountedCalls.crm_user, CountedCalls.day, CountedCalls.channel)
    for start in range(0, len(wanted), AT_ONCE):
        here = (CountedCalls.rollout_id == rollout_id, key.in_(wanted[start : start + AT_ONCE]))
        change_rows(delete(CountedCalls).where(*here))
