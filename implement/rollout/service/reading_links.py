"""Links by which people without an account read and acknowledge what is handed out to them.

Like every link: for one person, until a day, kept as a hash; a newer one ends it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from implement.db import db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor
from implement.rollout.service.people import list_accounts
from implement.rollout.service.person_links import LinkGuest, find_link_guest, give_links
from implement.rollout.service.rollouts import local_day
from implement.rollout.tables import Acknowledgement, LinkToken, Person
from implement.web.texts import lazy

PURPOSE = "reading"
HOLDS = timedelta(days=30)


@dataclass(frozen=True)
class LinkRow:
    """Somebody on the staff without an account, and until when the link they were given holds."""

    person_id: int
    name: str
    email: str
    until: datetime | None


def list_without_account(rollout_id: int, today: date) -> list[LinkRow]:
    """Everybody on the staff who works here today and has no account, by name."""
    accounts, links = list_accounts(rollout_id), _list_links(rollout_id)
    works = or_(Person.left.is_(None), Person.left >= today)
    asked = select(Person.id, Person.name, Person.email).where(
        Person.rollout_id == rollout_id, works, Person.is_excluded.is_(False)
    )
    rows = db.session.execute(asked.order_by(Person.name, Person.id))
    return [LinkRow(who, name, email, links.get(who)) for who, name, email in rows if who not in accounts]


def give_reading_links(
    rollout_id: int, person_ids: Collection[int], *, by: Actor, now: datetime
) -> list[tuple[LinkRow, str]]:
    """New links for these people without an account, whose earlier ones end; each with its token, shown only now."""
    known = {row.person_id: row for row in list_without_account(rollout_id, local_day(rollout_id, now))}
    if not known.keys() >= set(person_ids):
        raise RuleBroken(lazy("Whoever has an account reads and acknowledges there."))
    tokens = give_links(rollout_id, PURPOSE, set(person_ids), days=HOLDS.days, by=by, now=now)
    return [(replace(row, until=now + HOLDS), tokens[who]) for who, row in known.items() if who in tokens]


def find_reader(token: str, *, now: datetime) -> LinkGuest:
    """Whose link this is; raises NotFound when it was replaced, has expired, was made up, or its person has left."""
    return find_link_guest(token, PURPOSE, now=now)


def list_link_readers(rollout_id: int) -> frozenset[int]:
    """Everybody who was ever given a link to read: links are deleted in time, what was acknowledged by them stays."""
    asked = select(Acknowledgement.person_id).join(Person, Person.id == Acknowledgement.person_id)
    acknowledged = db.session.scalars(asked.where(Person.rollout_id == rollout_id).distinct())
    return frozenset(_list_links(rollout_id)) | frozenset(one for one in acknowledged if one is not None)


def _list_links(rollout_id: int) -> dict[int, datetime]:
    """By person until when the newest of their links holds, past or not."""
    asked = select(LinkToken.terms, LinkToken.expires_at).where(
        LinkToken.rollout_id == rollout_id, LinkToken.purpose == PURPOSE
    )
    return {int(str(terms["person_id"])): until for terms, until in db.session.execute(asked.order_by(LinkToken.id))}
