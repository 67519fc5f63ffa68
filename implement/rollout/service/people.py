"""Lists of people for pages, as column tuples."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, or_, select

from implement.db import db
from implement.rollout.tables import Membership, Person, Team, User, Wave
from implement.web.access import STEERING, Role
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

PEOPLE = Listing(
    columns=(
        Column("number", lazy("Number"), by=Person.number),
        Column("name", lazy("Name"), by=Person.name),
        Column("role", lazy("Function"), by=Person.role),
        Column("team", lazy("Team"), by=Team.name),
        Column("wave", lazy("Wave"), by=Wave.name),
        Column("fte", lazy("Share of full time"), kind="share", by=Person.fte),
    ),
    filters=(Filter("find", lazy("Name, number or team"), by=(Person.name, Person.number, Team.name)),),
    first_sort="name",
)


def page_people(rollout_id: int, query: Mapping[str, str]) -> Page:
    """One page of everybody in the rollout, sorted and filtered as asked."""
    asked = (
        select(
            Person.id,
            Person.number,
            Person.name,
            Person.role,
            Team.name.label("team"),
            Wave.name.label("wave"),
            Person.fte,
        )
        .join(Team, Team.id == Person.team_id, isouter=True)
        .join(Wave, Wave.id == Team.wave_id, isouter=True)
        .where(Person.rollout_id == rollout_id)
    )
    return PEOPLE.select_page(db.session(), asked, query)


def list_members(rollout_id: int) -> list[tuple[int, str, str, str, str | None]]:
    """Who has which role here: user id, name, e-mail address, role, and the person they are on the staff."""
    rows = db.session.execute(
        select(User.id, User.name, User.email, Membership.role, Person.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Person, Person.id == Membership.person_id, isouter=True)
        .where(Membership.rollout_id == rollout_id)
        .order_by(User.name, Membership.role)
    )
    return [(user_id, name, email, role, person) for user_id, name, email, role, person in rows]


def find_person_by_email(rollout_id: int, email: str) -> int | None:
    """The person on the staff with this address, so that an invited member is known to be them."""
    here = (Person.rollout_id == rollout_id, func.lower(Person.email) == email.strip().lower())
    return db.session.scalar(select(Person.id).where(*here).limit(1))


def find_people_by_name(rollout_id: int, names: Collection[str]) -> dict[str, int]:
    """Who of the staff is meant by names or CRM users that records carry; namesakes are not guessed."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.crm_user).where(
            Person.rollout_id == rollout_id, Person.name.in_(names) | Person.crm_user.in_(names)
        )
    )
    meant: dict[str, set[int]] = {}
    for person_id, name, crm_user in rows:
        for said in {name, crm_user}.intersection(names):
            meant.setdefault(said, set()).add(person_id)
    return {said: found.pop() for said, found in meant.items() if len(found) == 1}


def list_payees(rollout_id: int) -> dict[int, tuple[str, str]]:
    """Personnel number and name of everybody on the staff who is counted, by person."""
    asked = select(Person.id, Person.number, Person.name).where(
        Person.rollout_id == rollout_id, Person.is_excluded.is_(False)
    )
    return {person_id: (number, name) for person_id, number, name in db.session.execute(asked)}


def find_emails(person_ids: Collection[int]) -> dict[int, str]:
    """The addresses of those people who have one."""
    asked = select(Person.id, Person.email).where(Person.id.in_(person_ids), Person.email != "").order_by(Person.id)
    return {row.id: row.email for row in db.session.execute(asked)}


def list_addresses(rollout_id: int) -> dict[int, tuple[str, str]]:
    """By person who has one and has not left: the address, and the language of their account ("" without one)."""
    rows = db.session.execute(
        select(Person.id, Person.email, User.language)
        .join(Membership, (Membership.person_id == Person.id) & (Membership.rollout_id == rollout_id), isouter=True)
        .join(User, User.id == Membership.user_id, isouter=True)
        .where(Person.rollout_id == rollout_id, Person.email != "", Person.left.is_(None))
        .order_by(Person.id)
    )
    return {person_id: (email, language or "") for person_id, email, language in rows}


def list_people_with_account(rollout_id: int) -> frozenset[int]:
    """Who of the staff has an account here that is in use."""
    asked = select(Membership.person_id).join(User, User.id == Membership.user_id)
    mine = (Membership.rollout_id == rollout_id, Membership.person_id.is_not(None), User.disabled_at.is_(None))
    return frozenset(db.session.scalars(asked.where(*mine)))


def list_member_addresses(rollout_id: int) -> dict[int, tuple[str, str]]:
    """By account that is in use here: its address and language."""
    rows = db.session.execute(
        select(User.id, User.email, User.language)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.rollout_id == rollout_id, User.disabled_at.is_(None))
    )
    return {user_id: (email, language) for user_id, email, language in rows}


def list_leaders(rollout_id: int, team_id: int | None) -> list[tuple[int, str]]:
    """Who leads here, user id and name: whoever steers the rollout, and the head of the team."""
    head_id = select(Team.head_id).where(Team.id == team_id).scalar_subquery()
    leads = (Membership.role == Role.HEAD) & (Membership.person_id == head_id)
    rows = db.session.execute(
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.rollout_id == rollout_id, or_(Membership.role.in_(list(STEERING)), leads))
        .distinct()
        .order_by(User.name, User.id)
    )
    return [(user_id, name) for user_id, name in rows]


def list_names(rollout_id: int, *, person_id: int | None, team_id: int | None) -> frozenset[str]:
    """Under which names and CRM users records know a person, or everybody of a team."""
    mine = Person.id == person_id if person_id is not None else Person.team_id == team_id
    rows = db.session.execute(select(Person.name, Person.crm_user).where(Person.rollout_id == rollout_id, mine))
    return frozenset(name for row in rows for name in row if name)


def list_own_teams(person_id: int | None) -> frozenset[int]:
    """The team somebody belongs to, and those they head."""
    if person_id is None:
        return frozenset()
    own = select(Person.team_id).where(Person.id == person_id, Person.team_id.is_not(None))
    return frozenset(db.session.scalars(own.union(select(Team.id).where(Team.head_id == person_id))))


def list_team_people(rollout_id: int, team_id: int, on_day: date) -> list[tuple[int, str]]:
    """Who belongs to a team on a day, id and name: whoever has been hired and has not left."""
    here = (Person.rollout_id == rollout_id, Person.team_id == team_id, Person.is_excluded.is_(False))
    there = (
        or_(Person.hired.is_(None), Person.hired <= on_day),
        or_(Person.left.is_(None), Person.left >= on_day),
    )
    rows = db.session.execute(select(Person.id, Person.name).where(*here, *there).order_by(Person.name, Person.id))
    return [(person_id, name) for person_id, name in rows]


def list_accounts(rollout_id: int) -> dict[int, int]:
    """The account of each person on the staff who has one here."""
    here = (Membership.rollout_id == rollout_id, Membership.person_id.is_not(None))
    rows = db.session.execute(select(Membership.person_id, Membership.user_id).where(*here).order_by(Membership.id))
    return {int(person_id or 0): user_id for person_id, user_id in rows}


def list_accounts_by_team(rollout_id: int) -> dict[int, frozenset[int]]:
    """The accounts of the people of each team, its head among them."""
    member = (Membership.rollout_id == rollout_id,)
    own = select(Person.team_id, Membership.user_id).join(Membership, Membership.person_id == Person.id)
    led = select(Team.id, Membership.user_id).join(Membership, Membership.person_id == Team.head_id)
    found: dict[int, set[int]] = {}
    both = own.where(*member, Person.team_id.is_not(None)).union(led.where(*member, Team.rollout_id == rollout_id))
    for team_id, user_id in db.session.execute(both):
        if team_id is not None:
            found.setdefault(team_id, set()).add(user_id)
    return {team_id: frozenset(users) for team_id, users in found.items()}


def find_member(rollout_id: int, role: Role, person_id: int | None = None) -> int | None:
    """The account of whoever has a role here, the first that was given it; of this person where one is named."""
    here = [Membership.rollout_id == rollout_id, Membership.role == role]
    if person_id is not None:
        here.append(Membership.person_id == person_id)
    return db.session.scalar(select(Membership.user_id).where(*here).order_by(Membership.id).limit(1))
