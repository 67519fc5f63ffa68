"""What each side of a conflict carries, per working day that its people were there (M132)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from implement.engine.suppression import LEAST_PEOPLE
from implement.engine.task_load import SideLoad, Worker, sum_minutes
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.people import list_accounts
from implement.rollout.service.privacy import PeopleView, views_for
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.rollout.service.tasks import list_tasks
from implement.rollout.service.usage import StaffMember, list_absences, list_staff, match_users, read_usage_days
from implement.rollout.service.usage import span_of_usage as find_span
from implement.stages.pilot.service.conflicts.register import PERSON, Party, parties
from implement.stages.pilot.tables.changes import TaskConflict
from implement.stages.specification.service.overload import weigh
from implement.web.access import Standing

COUNTED_DAYS = 28
UNKNOWN, TOO_FEW, NOT_YOURS, NO_USAGE = "unknown", "too_few", "not_yours", "no_usage"


@dataclass(frozen=True)
class PartyLoad:
    """A side: its team's name (of a person: how they may be seen), its load, or why that is not said."""

    party: Party
    team: str
    view: PeopleView | None
    load: SideLoad | None
    reason: str


@dataclass(frozen=True)
class Loads:
    """Both sides over the same span; None before any usage is known."""

    first: PartyLoad
    other: PartyLoad
    first_day: date | None
    last_day: date | None


def read_loads(row: TaskConflict, standing: Standing, today: date) -> Loads:
    """Both sides over four weeks up to the decision, else up to the newest day of the log."""
    span = find_span(row.rollout_id)
    decided_on = local_day(row.rollout_id, row.decided_at) if row.decided_at else None
    last = min(span[1], decided_on or span[1]) if span else None
    first = max(span[0], last - timedelta(days=COUNTED_DAYS - 1)) if span and last else None
    staff = list_staff(row.rollout_id)
    persons = {one.id for one in parties(row) if one.kind == PERSON and one.id is not None}
    profile = get_rollout(row.rollout_id).legal_profile
    views = views_for(standing, profile, persons, today) if persons else {}
    sides = [_find_side(one, staff, views) for one in parties(row)]
    if first is None or last is None:
        hidden = [_without(side, side.reason or NO_USAGE) for side in sides]
        return Loads(hidden[0], hidden[1], None, None)
    counted = _count(row.rollout_id, staff, first, last)
    found = [side if side.reason else _with(side, _people_of(side.party, staff), counted) for side in sides]
    return Loads(found[0], found[1], first, last)


@dataclass(frozen=True)
class _Counted:
    entries: Mapping[int, int]
    tasks: Mapping[int, int]
    days: Mapping[int, int]
    minutes: Mapping[str, Fraction]


def _find_side(one: Party, staff: list[StaffMember], views: Mapping[int, PeopleView]) -> PartyLoad:
    """Who the side is, and whether its load may be said."""
    people = _people_of(one, staff)
    team = next((person.team or "" for person in people), "")
    if one.id is None:
        return PartyLoad(one, "", None, None, UNKNOWN)
    if one.kind == PERSON:
        view = views.get(one.id)
        return PartyLoad(one, team, view, None, "" if view else NOT_YOURS)
    return PartyLoad(one, team, None, None, "" if len(people) >= LEAST_PEOPLE else TOO_FEW)


def _people_of(one: Party, staff: list[StaffMember]) -> list[StaffMember]:
    if one.id is None:
        return []
    return [each for each in staff if one.id == (each.person_id if one.kind == PERSON else each.team_id)]


def _with(side: PartyLoad, people: list[StaffMember], counted: _Counted) -> PartyLoad:
    ids = [one.person_id for one in people]
    load = SideLoad(
        people=len(people),
        days=sum(counted.days[who] for who in ids),
        tasks=sum(counted.tasks.get(who, 0) for who in ids),
        entries=sum(counted.entries.get(who, 0) for who in ids),
        minutes=sum_minutes((counted.days[one.person_id], counted.minutes.get(one.role.casefold())) for one in people),
    )
    return PartyLoad(side.party, side.team, side.view, load, "")


def _without(side: PartyLoad, reason: str) -> PartyLoad:
    return PartyLoad(side.party, side.team, side.view, None, reason)


def _count(rollout_id: int, staff: list[StaffMember], first: date, last: date) -> _Counted:
    users = match_users(staff)
    entries: dict[int, int] = {}
    for day in read_usage_days(rollout_id, first):
        person_id = users.get(day.crm_user.strip().casefold())
        if person_id is not None and day.day <= last:
            entries[person_id] = entries.get(person_id, 0) + day.records
    owners, accounts = [task.owner_id for task in list_tasks(rollout_id)], list_accounts(rollout_id)
    tasks = {person_id: owners.count(user_id) for person_id, user_id in accounts.items()}
    minutes = {one.role.casefold(): one.minutes_a_day for one in weigh(rollout_id).loads}
    return _Counted(entries, tasks, _count_days(rollout_id, staff, first, last), minutes)


def _count_days(rollout_id: int, staff: list[StaffMember], first: date, last: date) -> dict[int, int]:
    off, away = read_days_off(rollout_id, {first.year, last.year}), list_absences(rollout_id)
    return {
        one.person_id: Worker(
            one.work_days, one.hired, one.left, off.closed | off.of_team(one.team_id),
            [(span.first_day, span.last_day) for span in away if span.person_id == one.person_id],
        ).count_days(first, last)
        for one in staff
    }  # fmt: skip
