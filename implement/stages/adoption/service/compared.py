"""Figures of people before and after a day, for comparing teams that work with the CRM with teams that do not yet."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import case, func, select

from implement.db import db
from implement.engine.remedy_effect import BeforeAfter
from implement.rollout.service.usage import list_staff, match_users
from implement.stages.adoption.service.remedy_quality import Days, count_quality
from implement.stages.adoption.tables import BookedOrder

LEAST_ROWS, DAYS_A_WEEK = 5, 7
LevelsByPerson = Mapping[int, tuple[float | None, float | None]]


def compare_in_time(rollout_id: int, first: date, start: date, last: date) -> LevelsByPerson:
    """Records entered within the days agreed, of those that say when the thing happened."""
    return _compare_quality(rollout_id, "in_time", first, start, last)


def compare_filled(rollout_id: int, first: date, start: date, last: date) -> LevelsByPerson:
    """Fields that were filled, of those a record has."""
    return _compare_quality(rollout_id, "filled", first, start, last)


def compare_orders(rollout_id: int, first: date, start: date, last: date) -> LevelsByPerson:
    """Orders a week that another system booked; nothing while it booked none before or none after."""
    is_before = case((BookedOrder.day < start, 1), else_=0)
    asked = select(BookedOrder.crm_user, func.sum(is_before), func.sum(1 - is_before))
    here = (BookedOrder.rollout_id == rollout_id, BookedOrder.day.between(first, last))
    rows = db.session.execute(asked.where(*here).group_by(BookedOrder.crm_user)).all()
    if not (sum(before for _user, before, _after in rows) and sum(after for _user, _before, after in rows)):
        return {}
    staff = [one for one in list_staff(rollout_id) if not one.is_excluded]
    people, counts = match_users(staff), {one.person_id: (0, 0) for one in staff}
    for user, before, after in rows:
        person_id = people.get(user.strip().casefold())
        if person_id in counts:
            counts[person_id] = (counts[person_id][0] + int(before), counts[person_id][1] + int(after))
    weeks = (start - first).days / DAYS_A_WEEK, ((last - start).days + 1) / DAYS_A_WEEK
    return {person_id: (before / weeks[0], after / weeks[1]) for person_id, (before, after) in counts.items()}


def _compare_quality(rollout_id: int, figure: str, first: date, start: date, last: date) -> LevelsByPerson:
    staff = {one.person_id: one for one in list_staff(rollout_id) if not one.is_excluded}
    counted = count_quality(rollout_id, figure, staff, Days(first, start, last))
    return {person_id: _levels(one) for person_id, one in counted.items()}


def _levels(one: BeforeAfter) -> tuple[float | None, float | None]:
    before = one.active_before / one.days_before if one.days_before >= LEAST_ROWS else None
    return before, one.active_after / one.days_after if one.days_after >= LEAST_ROWS else None
