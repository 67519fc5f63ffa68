"""A rollout in two waves, for tests of the pilot's room."""

from datetime import date, datetime, timedelta

from implement.db import utc_now
from implement.engine.staff import StaffRow
from implement.engine.support_load import SupportTerms
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.staff import list_teams, take_over_staff
from implement.rollout.tables import User
from implement.stages.pilot.service import values
from implement.stages.pilot.service.conflicts import register
from implement.stages.pilot.service.conflicts.register import ConflictSaid, Party
from implement.stages.pilot.service.support import book
from implement.stages.pilot.service.support.book import EntrySaid
from implement.stages.pilot.service.values import Timing, ValueSaid
from implement.web.access import Role
from tests.builders import a_member, a_rollout

SUPPORT = SupportTerms(supporters=2, minutes_each=600, minutes_by_week=(120, 60))
"""Twenty hours a week; two hours and one for each newcomer."""
TEAM_OF = ("North", "Pilot"), ("South", "Wave 2")


def a_rollout_in_waves(today: date, *, people: int = 6, rollout_id: int | None = None, pilot_days: int = 14) -> int:
    """Two teams of `people` each: the pilot starts `pilot_days` before `today`, the second wave today."""
    rollout_id = rollout_id or a_rollout().id
    by = a_member(rollout_id, Role.LEAD)
    rows = [a_row(place, team, wave) for team, wave in TEAM_OF for place in range(people)]
    take_over_staff(rollout_id, rows, by=by, now=utc_now())
    put_forward(rollout_id, 0, today - timedelta(days=pilot_days), by=by)
    put_forward(rollout_id, 1, today, by=by)
    return rollout_id


def put_forward(rollout_id: int, place: int, first_day: date, *, by: User) -> None:
    """Let a wave start on another day."""
    plan_wave(list_waves(rollout_id)[place], go_live=first_day, by=by, now=utc_now())


def a_row(place: int, team: str, wave: str) -> StaffRow:
    """Somebody of a team on the staff list."""
    return StaffRow(
        place, f"{team}-{place}", f"{team} {place}", f"{team}.{place}@example.com", f"{team}.{place}".lower(),
        "salesperson", team, "", wave, 1.0, "12345", None, None,
    )  # fmt: skip


def a_newcomer(rollout_id: int, crm_user: str, *, by: User) -> None:
    """Somebody new of the South."""
    take_over_staff(rollout_id, [a_row(int(crm_user.rpartition(".")[2]), *TEAM_OF[1])], by=by, now=utc_now())


def a_first_week(rollout_id: int, *, by: User, now: datetime) -> None:
    """A script in the book of sales, a conflict between both teams, and a comparison that was measured."""
    script = EntrySaid("script", "function.deal", "First call: three sentences", "Say who calls, why, and what next.")
    book.add_entry(rollout_id, script, by=by, now=now)
    sides = [Party.read(f"team:{team_id}") for team_id, *_rest in list_teams(rollout_id)]
    said = ConflictSaid("Who enters the address?", "function.deal", *sides, "Each waits.", by.id, now.date())
    register.add_conflict(rollout_id, said, by=by, now=now)
    row = values.add_message(rollout_id, ValueSaid("salesperson", "History of a client", "At once.", 3), by=by, now=now)
    for side, seconds in (("before", (300, 360, 420)), ("after", (35, 40, 45))):
        for one in seconds:
            values.add_timing(row, side, Timing(one, now.date()), today=now.date(), by=by, now=now)
