"""The first month of close control (M60, M112): made from the template for a team or all teams of a wave, ticked with
evidence, overdue while it runs, over by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import case, func, select

from implement.db import db
from implement.engine.checklist.control_programme import ControlProgramme, load_control_programme
from implement.rollout.service.accounts import get_user
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import find_member
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import get_team, list_teams
from implement.rollout.service.usage import list_staff
from implement.stages.adoption.tables import TeamCheck, TeamControl
from implement.web.access import STEERING, Role, Standing
from implement.web.texts import lazy

TEMPLATE = Path(__file__).parents[4] / "checklists/control_programme.yaml"
LONGEST_EVIDENCE = 1_000


@dataclass(frozen=True)
class ControlRow:
    """A programme as the list shows it; overdue counts only while it runs."""

    id: int
    team: str
    starts_on: date
    ends_on: date
    head_minutes: int
    checks: int
    ticked: int
    overdue: int
    has_ended: bool


@cache
def template() -> ControlProgramme:
    """The template of `checklists/control_programme.yaml`."""
    return load_control_programme(TEMPLATE)


def start_control(
    standing: Standing, team_ids: Sequence[int], starts_on: date, *, by: Actor, now: datetime
) -> list[TeamControl]:
    """Start the month for teams; the head checks what is the head's, who starts it the rest (all without a head)."""
    if not standing.roles & STEERING:
        raise NotAllowed(lazy("The month of close control is started by whoever steers the rollout."))
    if not team_ids:
        raise RuleBroken(lazy("There is no team to control yet."))
    return [_start(standing.rollout_id, team_id, starts_on, by, now) for team_id in team_ids]


def tick_check(standing: Standing, check: TeamCheck, evidence: str, *, by: Actor, now: datetime) -> None:
    """Tick a check off, with what was seen; once, by its owner or whoever steers."""
    control = db.session.get_one(TeamControl, check.control_id)
    if check.owner_id != by.id and not standing.roles & STEERING:
        raise NotAllowed(lazy("A check is ticked by whoever it was given to, or by whoever steers the rollout."))
    if control.has_ended(local_day(standing.rollout_id, now)):
        raise RuleBroken(lazy("This month of close control is over; what was not checked stays so."))
    if check.ticked_at is not None:
        raise RuleBroken(lazy("This check is ticked already."))
    if not evidence.strip():
        raise RuleBroken(lazy("Please say what you saw; a tick alone tells nothing."))
    check.evidence, check.ticked_at, check.ticked_by = evidence.strip(), now, by.name
    log_write("tick_check", f"team_check:{check.id}", by=by, now=now, rollout_id=standing.rollout_id, item=check.item)


def list_controls(rollout_id: int, today: date) -> list[ControlRow]:
    """All programmes, the newest first."""
    is_late = TeamCheck.ticked_at.is_(None) & (TeamCheck.due < today) & (TeamControl.ends_on >= today)
    late = func.sum(case((is_late, 1), else_=0))
    rows = db.session.execute(
        select(TeamControl, func.count(TeamCheck.id), func.count(TeamCheck.ticked_at), late)
        .join(TeamCheck, TeamCheck.control_id == TeamControl.id)
        .where(TeamControl.rollout_id == rollout_id)
        .group_by(TeamControl.id)
        .order_by(TeamControl.starts_on.desc(), TeamControl.id)
    )
    teams = {team_id: name for team_id, name, *_rest in list_teams(rollout_id)}
    return [
        ControlRow(
            one.id, teams[one.team_id], one.starts_on, one.ends_on, one.head_minutes, count, ticked, int(overdue or 0),
            one.has_ended(today),
        )
        for one, count, ticked, overdue in rows
    ]  # fmt: skip


def get_control(rollout_id: int, control_id: int) -> TeamControl:
    """A programme of this rollout."""
    here = (TeamControl.id == control_id, TeamControl.rollout_id == rollout_id)
    found: TeamControl | None = db.session.scalar(select(TeamControl).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such month of control."))
    return found


def list_checks(control: TeamControl) -> list[TeamCheck]:
    """Its checks by day."""
    asked = select(TeamCheck).where(TeamCheck.control_id == control.id).order_by(TeamCheck.due, TeamCheck.id)
    return list(db.session.scalars(asked))


def get_check(control: TeamControl, check_id: int) -> TeamCheck:
    """One check of a programme."""
    here = (TeamCheck.id == check_id, TeamCheck.control_id == control.id)
    found: TeamCheck | None = db.session.scalar(select(TeamCheck).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such check."))
    return found


def find_due_checks(rollout_id: int, user_id: int, today: date) -> tuple[int, int, date] | None:
    """How many checks are due for this person today or before, in which programme the first, since when."""
    mine = (
        TeamControl.rollout_id == rollout_id, TeamCheck.owner_id == user_id, TeamCheck.ticked_at.is_(None),
        TeamCheck.due <= today, TeamControl.ends_on >= today,
    )  # fmt: skip
    rows = db.session.execute(
        select(TeamControl.id, TeamCheck.due)
        .join(TeamCheck, TeamCheck.control_id == TeamControl.id)
        .where(*mine)
        .order_by(TeamCheck.due, TeamCheck.id)
    ).all()
    return (len(rows), rows[0][0], rows[0][1]) if rows else None


def _list_working_days(rollout_id: int, team_id: int, first: date, last: date) -> list[date]:
    """The days on which somebody of the team works; every day of the week from Monday to Friday where none is known."""
    weekdays = "".join(one.work_days for one in list_staff(rollout_id) if one.team_id == team_id) or "12345"
    days_off = read_days_off(rollout_id, range(first.year, last.year + 1))
    off = days_off.closed | days_off.of_team(team_id)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if str(day.isoweekday()) in weekdays and day not in off] or days


def _put_off(days: Sequence[int], first: date, working: Sequence[date]) -> list[date]:
    """The days of a check, each put off to the next working day, at the end to the last one; two on one day are one."""
    wanted = [first + timedelta(days=day) for day in days]
    return list(dict.fromkeys(next((each for each in working if each >= day), working[-1]) for day in wanted))


def _start(rollout_id: int, team_id: int, starts_on: date, by: Actor, now: datetime) -> TeamControl:
    programme, team = template(), get_team(rollout_id, team_id)
    ends_on = starts_on + timedelta(days=programme.days - 1)
    overlaps = (TeamControl.team_id == team_id, TeamControl.starts_on <= ends_on, TeamControl.ends_on >= starts_on)
    if db.session.scalar(select(TeamControl.id).where(*overlaps).limit(1)) is not None:
        raise RuleBroken(lazy("Team %(name)s is under close control in these days already.", name=team.name))
    head = find_member(rollout_id, Role.HEAD, team.head_id) if team.head_id is not None else None
    working = _list_working_days(rollout_id, team_id, starts_on, ends_on)
    due = {check.id: _put_off(check.days, starts_on, working) for check in programme.checks}
    head_minutes = sum(check.minutes * len(due[check.id]) for check in programme.checks if check.by == "head")
    control = TeamControl(
        rollout_id=rollout_id, team_id=team_id, starts_on=starts_on, ends_on=ends_on, head_minutes=head_minutes,
        by_id=by.id, at=now,
    )  # fmt: skip
    db.session.add(control)
    db.session.flush()
    for check in programme.checks:
        owner_id = head if check.by == "head" and head is not None else by.id
        given = {"control_id": control.id, "item": check.id, "minutes": check.minutes, "owner_id": owner_id}
        name = get_user(owner_id).name
        db.session.add_all(TeamCheck(**given, owner_name=name, due=day) for day in due[check.id])
    first_day = starts_on.isoformat()
    log_write("start_control", f"team_control:{control.id}", by=by, now=now, rollout_id=rollout_id, first_day=first_day)
    return control
