"""Support persons: who helps a team, or one person, from when until when (M22, M27)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from implement.db import db
from implement.rollout.kept_classes import start_of
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.staff import list_teams
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.tables import SupportPerson, SupportQuestion
from implement.web.texts import lazy

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HelpSaid:
    """Who helps: the account, a team or one person, the days, and the remedy that asked for it."""

    user_id: int
    team_id: int | None
    person_id: int | None
    first_day: date
    last_day: date
    remedy_id: int | None = None


@dataclass(frozen=True)
class Helping:
    """Somebody who helps, as pages say it: `team` is empty where it is one person."""

    user_id: int
    name: str
    email: str
    team: str
    first_day: date
    last_day: date


def name_support_person(rollout_id: int, said: HelpSaid, *, by: Actor, now: datetime) -> SupportPerson:
    """Say who helps whom, from when until when."""
    if said.first_day > said.last_day:
        raise RuleBroken(lazy("The last day cannot be before the first."))
    row = SupportPerson(rollout_id=rollout_id, by_name=by.name, at=now, **vars(said))
    db.session.add(row)
    db.session.flush()
    log_write("name_support_person", f"support_person:{row.id}", by=by, now=now, rollout_id=rollout_id)
    return row


def end_help(rollout_id: int, remedy_id: int, *, today: date, by: Actor, now: datetime) -> None:
    """Nobody helps any more for this remedy from today on."""
    here = (SupportPerson.rollout_id == rollout_id, SupportPerson.remedy_id == remedy_id)
    for row in db.session.scalars(select(SupportPerson).where(*here, SupportPerson.last_day >= today)):
        row.last_day = max(row.first_day, today - ONE_DAY)
        log_write("end_help", f"support_person:{row.id}", by=by, now=now, rollout_id=rollout_id)


def find_of_remedy(rollout_id: int, remedy_id: int) -> Helping | None:
    """Who was named for a remedy."""
    found = _list(rollout_id, SupportPerson.remedy_id == remedy_id)
    return found[-1] if found else None


def list_helping(rollout_id: int, today: date) -> list[Helping]:
    """Everybody who helps today or will; the first to end first."""
    return _list(rollout_id, SupportPerson.last_day >= today)


def list_supporters_of(rollout_id: int, person_id: int | None, today: date) -> list[Helping]:
    """Who helps this person today, themselves or their team."""
    me = next((one for one in list_staff(rollout_id) if one.person_id == person_id), None)
    if me is None:
        return []
    mine = or_(SupportPerson.person_id == me.person_id, SupportPerson.team_id == me.team_id)
    return _list(
        rollout_id, mine, SupportPerson.first_day <= today, SupportPerson.last_day >= today
    )


def count_asked(rollout_id: int, said: Helping, team_ids: list[int]) -> tuple[int, int]:
    """How many questions came from these teams in the days of the help, and how many are answered."""
    one = SupportQuestion
    asked = select(func.count(), func.count(one.answered_at)).where(
        one.rollout_id == rollout_id, one.team_id.in_(team_ids), one.asked_at >= start_of(said.first_day),
        one.asked_at < start_of(said.last_day + ONE_DAY),
    )  # fmt: skip
    count, answered = db.session.execute(asked).one()
    return count, answered


def _list(rollout_id: int, *which: ColumnElement[bool]) -> list[Helping]:
    asked = select(SupportPerson).where(SupportPerson.rollout_id == rollout_id, *which)
    rows = list(db.session.scalars(asked.order_by(SupportPerson.last_day, SupportPerson.id)))
    if not rows:
        return []
    members = {user_id: (name, email) for user_id, name, email, *_rest in list_members(rollout_id)}
    teams = {team_id: name for team_id, name, *_rest in list_teams(rollout_id)}
    return [
        Helping(row.user_id, *members[row.user_id], teams.get(row.team_id or 0, ""), row.first_day, row.last_day)
        for row in rows
        if row.user_id in members
    ]
