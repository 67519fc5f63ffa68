"""Who is bound by a version, who has acknowledged exactly it, whom it waits for (M113)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.law import Terms, read_terms
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_accounts
from implement.rollout.service.reading_links import list_link_readers, list_without_account
from implement.rollout.service.regulations.versions import VersionRow, list_versions
from implement.rollout.tables import Acknowledgement, Membership, Person, RegulationVersion, Team, User
from implement.web.access import Role
from implement.web.texts import lazy


@dataclass(frozen=True)
class BoundPerson:
    """Somebody whom a version binds, and when they acknowledged it; without `user_id` they read by a link."""

    user_id: int | None
    name: str
    email: str
    language: str
    team_id: int | None
    person_id: int | None
    acknowledged_at: datetime | None
    left: date | None = None

    def works_on(self, day: date) -> bool:
        """False once their last day is over."""
        return self.left is None or self.left >= day


@dataclass
class _Member:
    user_id: int | None
    name: str
    email: str
    language: str
    roles: list[str] = field(default_factory=list)
    person_id: int | None = None
    team_id: int | None = None
    left: date | None = None


def acknowledge(
    version: RegulationVersion, rollout_id: int, *, sha256: str, by: Actor, now: datetime, person_id: int | None = None
) -> None:
    """Note that a person has read exactly this text; twice is once, another text is refused. Whoever has no account
    reads by a link as somebody on the staff (`person_id`).
    """
    if version.handed_out_at is None:
        raise RuleBroken(lazy("This version has not been handed out yet."))
    if sha256 != version.sha256:
        raise RuleBroken(lazy("The text has changed since you opened it. Please read it again."))
    if has_acknowledged(version.id, by.id, person_id=person_id):
        return
    reader = {"person_id": person_id} if person_id is not None else {"user_id": by.id}
    db.session.add(Acknowledgement(version_id=version.id, name=by.name, sha256=sha256, at=now, **reader))
    log_write("acknowledge", f"version:{version.id}", by=by, now=now, rollout_id=rollout_id, sha256=sha256)


def has_acknowledged(version_id: int, user_id: int, *, person_id: int | None = None) -> bool:
    """True when the person has acknowledged exactly this version: by their account, or by link."""
    one = Acknowledgement
    mine = one.user_id == user_id if person_id is None else one.person_id == person_id
    return db.session.scalar(select(one.id).where(one.version_id == version_id, mine)) is not None


def list_acknowledged(version_id: int) -> list[tuple[str, datetime]]:
    """Who acknowledged the version, and when."""
    found = select(Acknowledgement.name, Acknowledgement.at).where(Acknowledgement.version_id == version_id)
    return [(name, at) for name, at in db.session.execute(found.order_by(Acknowledgement.at))]


def list_bound(rollout_id: int, version_ids: Iterable[int], terms: dict[int, Terms]) -> dict[int, list[BoundPerson]]:
    """Everybody whom each version binds, by version, in the order of names; people who left the rollout are missing.

    Of people without an account those are bound who were given a link to read, also once they have left: what they had
    acknowledged counts for the months they worked.
    """
    wanted = list(version_ids)
    one = Acknowledgement
    rows = db.session.execute(
        select(one.version_id, one.user_id, one.person_id, one.at).where(one.version_id.in_(wanted))
    ).all()
    done: dict[tuple[int, int | None], datetime] = {(row[0], row[1]): row[3] for row in rows if row[1] is not None}
    by_link: dict[tuple[int, int | None], datetime] = {(row[0], row[2]): row[3] for row in rows if row[2] is not None}
    members = [*_list_members(rollout_id), *_list_link_readers(rollout_id)]
    return {
        version_id: [
            BoundPerson(
                one.user_id, one.name, one.email, one.language, one.team_id, one.person_id,
                done.get((version_id, one.user_id)) or by_link.get((version_id, one.person_id)), one.left,
            )
            for one in members
            if terms[version_id].binds(one.roles, one.team_id)
        ]
        for version_id in wanted
    }  # fmt: skip


def list_not_acknowledged(rollout_id: int, version: RegulationVersion) -> list[str]:
    """Those whom the version binds and who have not acknowledged it."""
    bound = list_bound(rollout_id, [version.id], {version.id: read_terms(version.terms)})[version.id]
    return [one.name for one in bound if one.acknowledged_at is None]


def list_waiting(rollout_id: int, user_id: int) -> list[tuple[int, str]]:
    """The texts that wait for this account, as id and title: of each the newest version that was handed out."""
    bound = _list_newest_bound(rollout_id)
    return [
        (row.version_id, row.title)
        for row, people in bound
        if any(one.user_id == user_id and one.acknowledged_at is None for one in people)
    ]


def list_readings(rollout_id: int) -> dict[int, list[tuple[VersionRow, datetime | None]]]:
    """By person on the staff every text that binds them in its newest version, and when they acknowledged it."""
    found: dict[int, list[tuple[VersionRow, datetime | None]]] = {}
    for row, people in _list_newest_bound(rollout_id):
        for one in people:
            if one.person_id is not None:
                found.setdefault(one.person_id, []).append((row, one.acknowledged_at))
    return found


def _list_newest_bound(rollout_id: int) -> list[tuple[VersionRow, list[BoundPerson]]]:
    newest = list_newest(rollout_id)
    bound = list_bound(rollout_id, newest, {key: row.terms for key, row in newest.items()})
    return [(newest[version_id], people) for version_id, people in bound.items()]


def list_newest(rollout_id: int) -> dict[int, VersionRow]:
    """Of each text the newest version that was handed out, by its id."""
    found: dict[int, VersionRow] = {}
    for row in list_versions(rollout_id):
        if row.handed_out_at is not None:
            found.setdefault(row.regulation_id, row)
    return {row.version_id: row for row in found.values()}


def count_without_account(rollout_id: int, terms: Terms, today: date) -> int:
    """How many people on the staff of the teams a version binds have neither an account here nor a link, and so cannot
    acknowledge.
    """
    linked = list_link_readers(rollout_id)
    without = [row.person_id for row in list_without_account(rollout_id, today) if row.person_id not in linked]
    asked = select(func.count(Person.id)).where(Person.id.in_(without))
    if terms.team_ids:
        asked = asked.where(Person.team_id.in_(terms.team_ids))
    return db.session.scalar(asked) or 0


def _list_link_readers(rollout_id: int) -> list[_Member]:
    """People without an account who were given a link: whoever heads a team as head, everybody else as salesperson."""
    linked = list_link_readers(rollout_id) - list_accounts(rollout_id).keys()
    asked = select(Person.id, Person.name, Person.email, Person.left, Person.team_id, Team.id)
    asked = asked.join(Team, Team.head_id == Person.id, isouter=True).order_by(Person.name, Person.id)
    rows = db.session.execute(asked.where(Person.rollout_id == rollout_id, Person.is_excluded.is_(False)))
    return [
        _Member(
            None, name, email, "", [Role.SALESPERSON if heads is None else Role.HEAD], who, heads or team_id, left
        )
        for who, name, email, left, team_id, heads in rows if who in linked
    ]  # fmt: skip


def _list_members(rollout_id: int) -> list[_Member]:
    """Every account here that is in use, with its roles, person and team, in the order of names."""
    rows = db.session.execute(
        select(User.id, User.name, User.email, User.language, Membership.role, Person.id, Person.team_id, Person.left)
        .join(Membership, Membership.user_id == User.id)
        .join(Person, Person.id == Membership.person_id, isouter=True)
        .where(Membership.rollout_id == rollout_id, User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    )
    found: dict[int, _Member] = {}
    for user_id, name, email, language, role, person_id, team_id, left in rows:
        one = found.setdefault(user_id, _Member(user_id, name, email, language))
        one.roles.append(role)
        one.person_id, one.team_id = one.person_id or person_id, one.team_id or team_id
        one.left = one.left or left
    return list(found.values())
