"""Who is bound by a version, who has acknowledged exactly it, whom it waits for (M113)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.law import Terms, read_terms
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.regulations.versions import VersionRow, list_versions
from implement.rollout.tables import Acknowledgement, Membership, Person, RegulationVersion, User
from implement.web.texts import lazy


@dataclass(frozen=True)
class BoundPerson:
    """Somebody whom a version binds, and when they acknowledged it."""

    user_id: int
    name: str
    email: str
    language: str
    team_id: int | None
    person_id: int | None
    acknowledged_at: datetime | None


@dataclass
class _Member:
    user_id: int
    name: str
    email: str
    language: str
    roles: list[str] = field(default_factory=list)
    person_id: int | None = None
    team_id: int | None = None


def acknowledge(version: RegulationVersion, rollout_id: int, *, sha256: str, by: Actor, now: datetime) -> None:
    """Note that a person has read exactly this text; twice is once, another text is refused."""
    if version.handed_out_at is None:
        raise RuleBroken(lazy("This version has not been handed out yet."))
    if sha256 != version.sha256:
        raise RuleBroken(lazy("The text has changed since you opened it. Please read it again."))
    if has_acknowledged(version.id, by.id):
        return
    db.session.add(Acknowledgement(version_id=version.id, user_id=by.id, name=by.name, sha256=sha256, at=now))
    log_write("acknowledge", f"version:{version.id}", by=by, now=now, rollout_id=rollout_id, sha256=sha256)


def has_acknowledged(version_id: int, user_id: int) -> bool:
    """True when the person has acknowledged exactly this version."""
    mine = (Acknowledgement.version_id == version_id, Acknowledgement.user_id == user_id)
    return db.session.scalar(select(Acknowledgement.id).where(*mine)) is not None


def list_acknowledged(version_id: int) -> list[tuple[str, datetime]]:
    """Who acknowledged the version, and when."""
    found = select(Acknowledgement.name, Acknowledgement.at).where(Acknowledgement.version_id == version_id)
    return [(name, at) for name, at in db.session.execute(found.order_by(Acknowledgement.at))]


def list_bound(rollout_id: int, version_ids: Iterable[int], terms: dict[int, Terms]) -> dict[int, list[BoundPerson]]:
    """Everybody whom each version binds, by version, in the order of names; people who left the rollout are missing."""
    wanted = list(version_ids)
    rows = db.session.execute(
        select(Acknowledgement.version_id, Acknowledgement.user_id, Acknowledgement.at).where(
            Acknowledgement.version_id.in_(wanted)
        )
    )
    done = {(version_id, user_id): at for version_id, user_id, at in rows}
    members = _list_members(rollout_id)
    return {
        version_id: [
            BoundPerson(
                one.user_id, one.name, one.email, one.language, one.team_id, one.person_id,
                done.get((version_id, one.user_id)),
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
    """The texts that wait for this person, as id and title: of each the newest version that was handed out."""
    newest = list_newest(rollout_id)
    bound = list_bound(rollout_id, newest, {key: row.terms for key, row in newest.items()})
    return [
        (version_id, newest[version_id].title)
        for version_id, people in bound.items()
        if any(one.user_id == user_id and one.acknowledged_at is None for one in people)
    ]


def list_newest(rollout_id: int) -> dict[int, VersionRow]:
    """Of each text the newest version that was handed out, by its id."""
    found: dict[int, VersionRow] = {}
    for row in list_versions(rollout_id):
        if row.handed_out_at is not None:
            found.setdefault(row.regulation_id, row)
    return {row.version_id: row for row in found.values()}


def count_without_account(rollout_id: int, terms: Terms) -> int:
    """How many people on the staff of the teams a version binds have no account here, and so cannot acknowledge."""
    accounts = select(Membership.person_id).where(
        Membership.rollout_id == rollout_id, Membership.person_id.is_not(None)
    )
    asked = select(func.count(Person.id)).where(
        Person.rollout_id == rollout_id, Person.left.is_(None), Person.id.not_in(accounts)
    )
    if terms.team_ids:
        asked = asked.where(Person.team_id.in_(terms.team_ids))
    return db.session.scalar(asked) or 0


def _list_members(rollout_id: int) -> list[_Member]:
    """Every account here that is in use, with its roles, person and team, in the order of names."""
    rows = db.session.execute(
        select(User.id, User.name, User.email, User.language, Membership.role, Person.id, Person.team_id)
        .join(Membership, Membership.user_id == User.id)
        .join(Person, Person.id == Membership.person_id, isouter=True)
        .where(Membership.rollout_id == rollout_id, User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    )
    found: dict[int, _Member] = {}
    for user_id, name, email, language, role, person_id, team_id in rows:
        one = found.setdefault(user_id, _Member(user_id, name, email, language))
        one.roles.append(role)
        one.person_id, one.team_id = one.person_id or person_id, one.team_id or team_id
    return list(found.values())
