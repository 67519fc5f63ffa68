"""Links by which one person on the staff does one thing without an account; a new one ends the one before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound
from implement.rollout.service.links import NOBODYS_ACCOUNT, end_links, find_link, issue_links
from implement.rollout.service.log import Actor
from implement.rollout.service.rollouts import local_day
from implement.rollout.tables import LinkToken, Person
from implement.web.texts import lazy


@dataclass
class LinkGuest:
    """Somebody on the staff who came by a link: the actor of what they do."""

    id: int
    name: str
    rollout_id: int
    person_id: int
    until: datetime


def give_links(
    rollout_id: int, purpose: str, person_ids: Collection[int], *, days: int, by: Actor | None, now: datetime
) -> dict[int, str]:
    """A new link's token for each of these people, in a few statements however many; those they had for it end."""
    here = (LinkToken.rollout_id == rollout_id, LinkToken.purpose == purpose, LinkToken.used_at.is_(None))
    live = db.session.execute(select(LinkToken.id, LinkToken.terms).where(*here, LinkToken.expires_at > now))
    end_links([key for key, terms in live if terms.get("person_id") in person_ids], now=now)
    meant: list[dict[str, Plain]] = [{"person_id": one} for one in person_ids]
    said = {"expires_in": timedelta(days=days), "by": by, "now": now, "rollout_id": rollout_id}
    return dict(zip(person_ids, issue_links(purpose, meant, **said), strict=True))  # type: ignore[arg-type]


def find_link_guest(token: str, purpose: str, *, now: datetime) -> LinkGuest:
    """Whose link this is; raises `NotFound` when it has ended, was made up, or they have left the firm."""
    link = find_link(token, purpose, now=now)
    person: Person | None = db.session.get(Person, int(str(link.terms.get("person_id") or 0)))
    if person is None or person.rollout_id != link.rollout_id or _has_left(person, now):
        raise NotFound(lazy("This link has been used already or has expired. Please ask for a new one."))
    return LinkGuest(NOBODYS_ACCOUNT, person.name, person.rollout_id, person.id, link.expires_at)


def _has_left(person: Person, now: datetime) -> bool:
    return person.left is not None and person.left < local_day(person.rollout_id, now)
