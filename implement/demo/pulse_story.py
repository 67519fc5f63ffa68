"""The demonstration's survey: two rounds that are closed and one that is open; the answers are simulated."""

from datetime import datetime, timedelta

from flask import current_app

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.demo.people import Colleague, Habit, list_staff
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_staff as list_members
from implement.stages.adoption.service.ballots import count_answers, find_respondent
from implement.stages.adoption.service.pulse import close_round, find_open_round, list_items, list_rounds, open_round
from implement.store import Store
from implement.web.access import Role

LEVELS = {
    Habit.KEEN: 5, Habit.STEADY: 4, Habit.SPREADSHEET: 2, Habit.OVERWHELMED: 3, Habit.FADING: 3, Habit.BEREFT: 2,
}  # fmt: skip
HARDER = {"pulse.support": 1, "pulse.colleagues": 1}
SILENT_EVERY = 6
ROUNDS = ((42, 0), (14, 1))


def tell(rollout_id: int, store: Store) -> bool:
    """Ask twice in the past and once now; False when that was done before."""
    if list_rounds(rollout_id) or find_open_round(rollout_id) is not None:
        return False
    now, by = utc_now(), login_of(Role.CONSULTANT)
    for days_ago, gain in ROUNDS:
        then = now - timedelta(days=days_ago)
        row = open_round(rollout_id, days=7, by=by, now=then, today=local_day(rollout_id, then))
        _answer(rollout_id, then, gain)
        close_round(row, by=by, now=then + timedelta(days=6), today=local_day(rollout_id, then) + timedelta(days=6))
    open_round(rollout_id, days=7, by=by, now=now, today=local_day(rollout_id, now))
    return True


def _answer(rollout_id: int, then: datetime, gain: int) -> None:
    people = {one.crm_user: one.person_id for one in list_members(rollout_id)}
    items, secret = list_items(), current_app.config["SECRET_KEY"]
    for place, one in enumerate(list_staff(local_day(rollout_id, then))):
        if place % SILENT_EVERY == SILENT_EVERY - 1:
            continue
        who = find_respondent(rollout_id, people[one.crm_user], today=local_day(rollout_id, then))
        ballot = {item.id: _say(one, item.id, place + number, gain) for number, item in enumerate(items)}
        count_answers(who, ballot, secret=secret)


def _say(one: Colleague, item_id: str, turn: int, gain: int) -> int:
    """What somebody of this habit says: help is missed at first, and gets better."""
    level = LEVELS[one.habit] - HARDER.get(item_id, 0) - turn % 2
    helped = gain if item_id in ("pulse.support", "pulse.ability") else 0
    return max(1, min(5, level + helped))
