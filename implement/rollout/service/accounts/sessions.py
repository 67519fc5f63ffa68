"""Log-ins kept on the server: opened, found by the token in the cookie, ended from anywhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from implement.db import db
from implement.rollout.service.accounts.passwords import hash_token
from implement.rollout.tables import LoginSession, User

TOUCH_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class LoginRules:
    """How long a log-in holds: unused, and at the longest."""

    idle: timedelta
    longest: timedelta


USUAL_RULES = LoginRules(idle=timedelta(minutes=30), longest=timedelta(hours=12))


def open_session(user: User, *, address: str, now: datetime) -> str:
    """Open a log-in; only the hash of the returned token is kept."""
    token = secrets.token_urlsafe(32)
    row = LoginSession(token_hash=hash_token(token), user_id=user.id, address=address, created_at=now, last_seen_at=now)
    db.session.add(row)
    return token


def find_user_by_session(token: str, *, rules: LoginRules, now: datetime) -> tuple[User, bool] | None:
    """The user of a live log-in and whether it is time to note that it was seen; None once ended, idle or too old."""
    row = db.session.execute(
        select(User, LoginSession.last_seen_at)
        .join(LoginSession, LoginSession.user_id == User.id)
        .where(LoginSession.token_hash == hash_token(token), User.disabled_at.is_(None), *_is_live(rules, now))
    ).one_or_none()
    return (row[0], row[1] < now - TOUCH_AFTER) if row else None


def touch_session(token: str, *, now: datetime) -> None:
    """Note that the log-in is in use; a clock that jumped back never makes it older."""
    mine = (LoginSession.token_hash == hash_token(token), LoginSession.last_seen_at < now)
    db.session.execute(update(LoginSession).where(*mine).values(last_seen_at=now))


def end_session(token: str, *, now: datetime) -> None:
    """Log out."""
    mine = (LoginSession.token_hash == hash_token(token), LoginSession.ended_at.is_(None))
    db.session.execute(update(LoginSession).where(*mine).values(ended_at=now))


def end_all_sessions(user_id: int, *, now: datetime) -> None:
    """End every log-in of the user, on every device."""
    theirs = (LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
    db.session.execute(update(LoginSession).where(*theirs).values(ended_at=now))


def list_sessions(
    user_id: int, *, rules: LoginRules = USUAL_RULES, now: datetime
) -> list[tuple[str, datetime, datetime]]:
    """Where somebody is logged in: address, since, last seen."""
    asked = (
        select(LoginSession.address, LoginSession.created_at, LoginSession.last_seen_at)
        .where(LoginSession.user_id == user_id, *_is_live(rules, now))
        .order_by(LoginSession.created_at)
    )
    return [(address, since, seen) for address, since, seen in db.session.execute(asked)]


def _is_live(rules: LoginRules, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        LoginSession.ended_at.is_(None),
        LoginSession.last_seen_at > now - rules.idle,
        LoginSession.created_at > now - rules.longest,
    )
