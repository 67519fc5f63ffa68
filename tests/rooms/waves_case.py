"""A rollout in two waves, for tests of the pilot's room."""

from datetime import date, timedelta

from implement.db import utc_now
from implement.engine.staff import StaffRow
from implement.engine.support_load import SupportTerms
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.staff import take_over_staff
from implement.rollout.tables import User
from implement.web.access import Role
from tests.builders import a_member, a_rollout

SUPPORT = SupportTerms(supporters=2, minutes_each=600, minutes_by_week=(120, 60))
"""Twenty hours a week; two hours and one for each newcomer."""
TEAM_OF = ("North", "Pilot"), ("South", "Wave 2")


def a_rollout_in_waves(today: date, *, people: int = 6, rollout_id: int | None = None, pilot_days: int = 14) -> int:
    """Two teams of `people` each: the pilot starts `pilot_days` before `today`, the second wave today."""
    rollout_id = rollout_id or a_rollout().id
    by = a_member(rollout_id, Role.LEAD)
    rows = [
        StaffRow(place, f"{team}-{place}", f"{team} {place}", f"{team}.{place}@example.com", f"{team}.{place}".lower(),
                 "salesperson", team, "", wave, 1.0, "12345", None, None)
        for team, wave in TEAM_OF
        for place in range(people)
    ]  # fmt: skip
    take_over_staff(rollout_id, rows, by=by, now=utc_now())
    put_forward(rollout_id, 0, today - timedelta(days=pilot_days), by=by)
    put_forward(rollout_id, 1, today, by=by)
    return rollout_id


def put_forward(rollout_id: int, place: int, first_day: date, *, by: User) -> None:
    """Let a wave start on another day."""
    plan_wave(list_waves(rollout_id)[place], go_live=first_day, by=by, now=utc_now())
