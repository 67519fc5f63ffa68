"""Take over a staff list: people, teams, heads, waves; the same list twice changes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.staff import StaffRow
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import add_wave
from implement.rollout.tables import Person, Team, Wave
from implement.web.texts import lazy

FACTS = ("crm_user", "name", "email", "role", "fte", "work_days", "hired", "left")


@dataclass(frozen=True)
class TakenOver:
    """What a staff list changed."""

    added: int
    changed: int
    unchanged: int


def take_over_staff(rollout_id: int, rows: Sequence[StaffRow], *, by: Actor, now: datetime) -> TakenOver:
    """Add and update people by their number, all or none; nobody is removed by being left out of a list.

    A head who is only named is looked for among the known people first, and whoever came in as a mere name is known
    again when a list tells more of them.
    """
    known = {p.number: p for p in db.session.scalars(select(Person).where(Person.rollout_id == rollout_id))}
    rows = _find_named_heads(rows, known)
    _give_numbers(rows, known)
    _refuse_taken_crm_users(rows, known)
    teams = _ensure_teams(rollout_id, rows, by=by, now=now)
    _free_swapped_crm_users(rows, known)
    fresh = [_new_person(rollout_id, row) for row in rows if row.number not in known]
    db.session.add_all(fresh)
    people = known | {person.number: person for person in fresh}
    changed = sum(_fill(people[row.number], row, teams) for row in rows if row.number in known)
    for row in rows:
        _fill(people[row.number], row, teams)
    db.session.flush()
    _set_heads(rows, teams, people)
    counts = TakenOver(len(fresh), changed, len(rows) - len(fresh) - changed)
    log_write("take_over_staff", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **vars(counts))
    return counts


def list_teams(rollout_id: int) -> list[tuple[int, str, str | None, str | None, int]]:
    """Every team: id, name, head, wave, count of people."""
    head, members = select(Person.id, Person.name).subquery(), func.count(Person.id)
    rows = db.session.execute(
        select(Team.id, Team.name, head.c.name, Wave.name, members)
        .join(head, head.c.id == Team.head_id, isouter=True)
        .join(Wave, Wave.id == Team.wave_id, isouter=True)
        .join(Person, Person.team_id == Team.id, isouter=True)
        .where(Team.rollout_id == rollout_id)
        .group_by(Team.id, Team.name, head.c.name, Wave.name)
        .order_by(Team.name)
    )
    return [(team_id, name, head_name, wave, count) for team_id, name, head_name, wave, count in rows]


def assign_wave(rollout_id: int, team_id: int, wave_id: int | None, *, by: Actor, now: datetime) -> None:
    """Let a team start with a wave (M23)."""
    team = get_team(rollout_id, team_id)
    waves = select(Wave.id).where(Wave.rollout_id == rollout_id, Wave.id == wave_id)
    if wave_id is not None and db.session.scalar(waves) is None:
        raise NotFound(lazy("There is no such wave."))
    team.wave_id = wave_id
    log_write("assign_wave", f"team:{team.id}", by=by, now=now, rollout_id=rollout_id, wave_id=wave_id)


def get_team(rollout_id: int, team_id: int) -> Team:
    """A team of this rollout."""
    team: Team | None = db.session.scalar(select(Team).where(Team.id == team_id, Team.rollout_id == rollout_id))
    if team is None:
        raise NotFound(lazy("There is no such team."))
    return team


def get_person(rollout_id: int, person_id: int) -> Person:
    """A person of this rollout."""
    here = (Person.id == person_id, Person.rollout_id == rollout_id)
    person: Person | None = db.session.scalar(select(Person).where(*here))
    if person is None:
        raise NotFound(lazy("There is no such person."))
    return person


def count_people(rollout_id: int) -> int:
    """How many people the rollout knows."""
    return db.session.scalar(select(func.count(Person.id)).where(Person.rollout_id == rollout_id)) or 0


def count_by_wave(rollout_id: int) -> dict[int, tuple[int, int]]:
    """How many teams a wave has, and how many people are in them; waves without a team are left out."""
    here = (Team.rollout_id == rollout_id, Team.wave_id.is_not(None))
    standing = (Person.team_id == Team.id) & Person.left.is_(None)
    counted = select(Team.wave_id, func.count(Team.id.distinct()), func.count(Person.id))
    rows = db.session.execute(counted.join(Person, standing, isouter=True).where(*here).group_by(Team.wave_id))
    return {int(wave_id or 0): (teams, people) for wave_id, teams, people in rows}


def count_teams_without_head(rollout_id: int) -> int:
    """How many teams nobody heads yet."""
    lacking = (Team.rollout_id == rollout_id, Team.head_id.is_(None))
    return db.session.scalar(select(func.count(Team.id)).where(*lacking)) or 0


def _new_person(rollout_id: int, row: StaffRow) -> Person:
    return Person(rollout_id=rollout_id, number=row.number, crm_user=row.crm_user, name=row.name)


def _fill(person: Person, row: StaffRow, teams: dict[str, Team]) -> bool:
    """Write what the list states; True when something was different."""
    stated = {fact: getattr(row, fact) for fact in FACTS}
    stated["team_id"] = teams[row.team].id if row.team else person.team_id
    different = {fact: value for fact, value in stated.items() if getattr(person, fact) != value}
    for fact, value in different.items():
        setattr(person, fact, value)
    return bool(different)


def _ensure_teams(rollout_id: int, rows: Sequence[StaffRow], *, by: Actor, now: datetime) -> dict[str, Team]:
    waves = {w.name: w.id for w in db.session.scalars(select(Wave).where(Wave.rollout_id == rollout_id))}
    for name in dict.fromkeys(row.wave for row in rows if row.wave):
        if name not in waves:
            waves[name] = add_wave(rollout_id, name=name, go_live=None, by=by, now=now).id
    teams = {t.name: t for t in db.session.scalars(select(Team).where(Team.rollout_id == rollout_id))}
    for row in rows:
        if row.team and row.team not in teams:
            teams[row.team] = Team(rollout_id=rollout_id, name=row.team)
            db.session.add(teams[row.team])
        if row.team and row.wave:
            teams[row.team].wave_id = waves[row.wave]
    db.session.flush()
    return teams


def _set_heads(rows: Sequence[StaffRow], teams: dict[str, Team], people: dict[str, Person]) -> None:
    """A team is headed by whom most of its people name."""
    named: dict[str, Counter[str]] = {}
    for row in rows:
        if row.team and row.head:
            named.setdefault(row.team, Counter())[row.head] += 1
    for team, heads in named.items():
        number = min(heads, key=lambda one: (-heads[one], one))
        teams[team].head_id = people[number].id


def _find_named_heads(rows: Sequence[StaffRow], known: dict[str, Person]) -> list[StaffRow]:
    """Rows of heads who are only named and known already fall away; whoever names them means the known person."""
    numbers = {name.casefold(): p.number for p in known.values() for name in (p.name, p.email, p.crm_user) if name}
    numbers |= {number.casefold(): number for number in known}
    meant = {
        row.number: numbers[row.name.casefold()] for row in rows if row.is_added and row.name.casefold() in numbers
    }
    listed = [row for row in rows if row.number not in meant]
    return [replace(row, head=meant.get(row.head, row.head)) for row in listed]


def _give_numbers(rows: Sequence[StaffRow], known: dict[str, Person]) -> None:
    """Whoever was only named until now (their name stood for their number) gets the number that the list states."""
    for row in rows:
        if row.number not in known and row.name in known and known[row.name].name == row.name:
            known[row.number] = known.pop(row.name)
            known[row.number].number = row.number


def _free_swapped_crm_users(rows: Sequence[StaffRow], known: dict[str, Person]) -> None:
    """Let go of CRM users that pass from one listed person to another, for none may have two owners at any moment."""
    wanted = {row.crm_user: row.number for row in rows}
    for person in known.values():
        if wanted.get(person.crm_user, person.number) != person.number:
            person.crm_user = f"\N{REPLACEMENT CHARACTER}{person.number}"
    db.session.flush()


def _refuse_taken_crm_users(rows: Sequence[StaffRow], known: dict[str, Person]) -> None:
    """A CRM user may pass between people of the list, but not from somebody whom it does not mention."""
    listed = {row.number for row in rows}
    owners = {person.crm_user: person.number for person in known.values() if person.number not in listed}
    for row in rows:
        if owners.get(row.crm_user, row.number) != row.number:
            sentence = lazy(
                "Row %(row)s: the CRM user %(user)s belongs to somebody else.", row=row.row, user=row.crm_user
            )
            raise RuleBroken(sentence)
