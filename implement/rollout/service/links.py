"""Links that act without an account: one person, one purpose, an expiry; only the hash of the token is kept."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from implement.db import change_rows, db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import LinkToken
from implement.web.texts import lazy

AT_ONCE = 500
NOBODYS_ACCOUNT = 0  # the id of an actor who came by a link


def issue_link(
    purpose: str,
    *,
    expires_in: timedelta,
    by: Actor | None,
    now: datetime,
    rollout_id: int | None = None,
    user_id: int | None = None,
    **terms: Plain,
) -> str:
    """Make a link's token for the purpose; `terms` say what exactly it allows."""
    token = secrets.token_urlsafe(32)
    link = LinkToken(
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        purpose=purpose,
        rollout_id=rollout_id,
        user_id=user_id,
        terms=terms,
        created_at=now,
        expires_at=now + expires_in,
    )
    db.session.add(link)
    db.session.flush()
    log_write("issue_link", f"link:{link.id}", by=by, now=now, rollout_id=rollout_id, purpose=purpose)
    return token


def issue_links(
    purpose: str, meant: Sequence[dict[str, Plain]], *, expires_in: timedelta, by: Actor | None, now: datetime,
    rollout_id: int,
) -> list[str]:  # fmt: skip
    """Make a link's token for each of these terms, in their order; one row of the log names them all."""
    tokens = [secrets.token_urlsafe(32) for _one in meant]
    said = {"purpose": purpose, "rollout_id": rollout_id, "created_at": now, "expires_at": now + expires_in}
    rows = [
        {"token_hash": hashlib.sha256(token.encode()).hexdigest(), "terms": terms, **said}
        for token, terms in zip(tokens, meant, strict=True)
    ]
    if rows:
        db.session.execute(insert(LinkToken), rows)
        about: dict[str, Plain] = {"purpose": purpose, "for": list(meant)}
        log_write("issue_links", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **about)
    return tokens


def end_links(link_ids: Sequence[int], *, now: datetime) -> None:
    """Let these links work no more."""
    for part in range(0, len(link_ids), AT_ONCE):
        mine = LinkToken.id.in_(link_ids[part : part + AT_ONCE])
        change_rows(update(LinkToken).where(mine).values(used_at=now))


def find_link(token: str, purpose: str, *, now: datetime) -> LinkToken:
    """The live link of this token; raises `NotFound` when used, expired or made up."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    live = (LinkToken.token_hash == token_hash, LinkToken.purpose == purpose, LinkToken.used_at.is_(None))
    link: LinkToken | None = db.session.scalar(select(LinkToken).where(*live, LinkToken.expires_at > now))
    if link is None:
        raise NotFound(lazy("This link has been used already or has expired. Please ask for a new one."))
    return link


def redeem_link(token: str, purpose: str, *, now: datetime) -> LinkToken:
    """Use the link up; of two who use it at once only one succeeds."""
    link = find_link(token, purpose, now=now)
    won = update(LinkToken).where(LinkToken.id == link.id, LinkToken.used_at.is_(None)).values(used_at=now)
    if not change_rows(won):
        raise NotFound(lazy("This link has been used already or has expired. Please ask for a new one."))
    return link


def end_link(
    rollout_id: int, purpose: str, meant: Mapping[str, Plain], *, by: Actor, now: datetime
) -> dict[str, Plain]:
    """Let the live link of these terms work no more, and say all its terms; raises `NotFound` where there is none."""
    here = (LinkToken.rollout_id == rollout_id, LinkToken.purpose == purpose, LinkToken.used_at.is_(None))
    live = db.session.scalars(select(LinkToken).where(*here, LinkToken.expires_at > now))
    found = next((link for link in live if meant.items() <= link.terms.items()), None)
    if found is None:
        raise NotFound(lazy("There is no such link."))
    found.used_at = now
    log_write("end_link", f"link:{found.id}", by=by, now=now, rollout_id=rollout_id, purpose=purpose)
    return found.terms
