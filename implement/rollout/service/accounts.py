"""Accounts: the first admin's set-up link, invitations, passwords, log-ins that can be ended from the server."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, func, select, update

from implement.db import db
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.links import issue_link, redeem_link
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import LinkToken, LoginAttempt, LoginSession, Membership, User
from implement.web.access import Role
from implement.web.texts import lazy

STEERING_ROLES = (Role.CONSULTANT, Role.LEAD, Role.ADMIN)
SETUP_HOURS = 24
INVITATION_DAYS = 7
MOST_ATTEMPTS = 5
ATTEMPT_WINDOW = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
TOUCH_AFTER = timedelta(seconds=60)

hasher = PasswordHasher()


@dataclass(frozen=True)
class LoginRules:
    """How long a log-in holds."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class UserRow:
    """An account as the administrator's list shows it."""

    id: int
    name: str
    email: str
    site_role: str | None
    disabled_at: datetime | None


def needs_first_admin() -> bool:
    """True while nobody can administer the installation."""
    return not db.session.scalar(select(func.count(User.id)).where(User.site_role == Role.ADMIN))


def issue_setup_link(*, now: datetime) -> str:
    """A one-time token with which the first admin makes their account; earlier ones stop working."""
    db.session.execute(
        update(LinkToken).where(LinkToken.purpose == "setup", LinkToken.used_at.is_(None)).values(used_at=now)
    )
    return issue_link("setup", expires_in=timedelta(hours=SETUP_HOURS), by=None, now=now)


def set_up_first_admin(token: str, *, name: str, email: str, password: str, now: datetime) -> User:
    """Make the first admin with the set-up link; refused once there is an admin."""
    if not needs_first_admin():
        raise NotAllowed(lazy("This installation already has an administrator."))
    redeem_link(token, "setup", now=now)
    return create_user(name=name, email=email, password=password, site_role=Role.ADMIN, by=None, now=now)


def create_user(
    *, name: str, email: str, password: str | None, site_role: Role | None, by: Actor | None, now: datetime
) -> User:
    """Make an account; the mail address is its log-in name."""
    address = email.strip().lower()
    if db.session.scalar(select(User.id).where(User.email == address)):
        raise RuleBroken(lazy("There is already an account with this e-mail address."))
    user = User(name=name.strip(), email=address, site_role=site_role, created_at=now)
    user.password_hash = hash_password(password) if password is not None else None
    db.session.add(user)
    db.session.flush()
    log_write("create_user", f"user:{user.id}", by=by or user, now=now, site_role=site_role)
    return user


def invite_member(
    rollout_id: int, *, name: str, email: str, role: Role, person_id: int | None, by: Actor, now: datetime
) -> str | None:
    """Give somebody a role in the rollout; returns the token of the link for a new account, None for a known one."""
    address = email.strip().lower()
    user = db.session.scalar(select(User).where(User.email == address))
    if user is None:
        user = create_user(name=name, email=address, password=None, site_role=None, by=by, now=now)
    add_member(rollout_id, user.id, role, person_id=person_id, by=by, now=now)
    if user.password_hash is not None:
        return None
    return issue_link(
        "invitation", expires_in=timedelta(days=INVITATION_DAYS), by=by, now=now, rollout_id=rollout_id, user_id=user.id
    )


def accept_invitation(token: str, *, password: str, now: datetime) -> User:
    """Set the password of an invited account with its link."""
    link = redeem_link(token, "invitation", now=now)
    user = db.session.get_one(User, link.user_id)
    user.password_hash = hash_password(password)
    log_write("accept_invitation", f"user:{user.id}", by=user, now=now, rollout_id=link.rollout_id)
    return user


def add_member(
    rollout_id: int, user_id: int, role: Role, *, person_id: int | None = None, by: Actor, now: datetime
) -> None:
    """Give a user a role in the rollout; twice is once."""
    here = (Membership.rollout_id == rollout_id, Membership.user_id == user_id, Membership.role == role)
    if db.session.scalar(select(Membership.id).where(*here)):
        return
    db.session.add(Membership(rollout_id=rollout_id, user_id=user_id, role=role, person_id=person_id))
    log_write("add_member", f"user:{user_id}", by=by, now=now, rollout_id=rollout_id, role=role)


def remove_member(rollout_id: int, user_id: int, role: Role, *, by: Actor, now: datetime) -> None:
    """Take a role away again; whoever steers a rollout alone stays."""
    others = select(func.count(Membership.id)).where(
        Membership.rollout_id == rollout_id, Membership.role.in_(STEERING_ROLES), Membership.user_id != user_id
    )
    if role in STEERING_ROLES and not db.session.scalar(others):
        raise RuleBroken(lazy("Somebody must be able to steer the rollout: give the role to another person first."))
    here = (Membership.rollout_id == rollout_id, Membership.user_id == user_id, Membership.role == role)
    db.session.execute(delete(Membership).where(*here))
    log_write("remove_member", f"user:{user_id}", by=by, now=now, rollout_id=rollout_id, role=role)


def disable_user(user: User, *, by: Actor, now: datetime) -> None:
    """Close the account and end its log-ins at once."""
    user.disabled_at = now
    end_all_sessions(user.id, now=now)
    log_write("disable_user", f"user:{user.id}", by=by, now=now)


def log_in(email: str, password: str, *, address: str, now: datetime) -> tuple[User, str] | None:
    """Check the password and open a session; None when it does not fit. Refused after five failures in 15 minutes."""
    account = email.strip().lower()
    _refuse_when_too_many((f"account:{account}", f"address:{address}"), now)
    user = db.session.scalar(select(User).where(User.email == account, User.disabled_at.is_(None)))
    if user is None or not _fits(user.password_hash, password):
        db.session.add_all(LoginAttempt(subject=s, at=now) for s in (f"account:{account}", f"address:{address}"))
        return None
    return user, open_session(user, address=address, now=now)


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
        .where(
            LoginSession.token_hash == hash_token(token),
            LoginSession.ended_at.is_(None),
            LoginSession.last_seen_at > now - rules.idle,
            LoginSession.created_at > now - rules.longest,
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return (row[0], row[1] < now - TOUCH_AFTER) if row else None


def touch_session(token: str, *, now: datetime) -> None:
    """Note that the log-in is in use."""
    seen = update(LoginSession).where(LoginSession.token_hash == hash_token(token)).values(last_seen_at=now)
    db.session.execute(seen)


def end_session(token: str, *, now: datetime) -> None:
    """Log out."""
    mine = (LoginSession.token_hash == hash_token(token), LoginSession.ended_at.is_(None))
    db.session.execute(update(LoginSession).where(*mine).values(ended_at=now))


def end_all_sessions(user_id: int, *, now: datetime) -> None:
    """End every log-in of the user, on every device."""
    theirs = (LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
    db.session.execute(update(LoginSession).where(*theirs).values(ended_at=now))


def change_password(user: User, password: str, *, now: datetime) -> None:
    """Set a new password and end every log-in."""
    user.password_hash = hash_password(password)
    end_all_sessions(user.id, now=now)
    log_write("change_password", f"user:{user.id}", by=user, now=now)


def invite_user(*, name: str, email: str, site_role: Role | None, by: Actor, now: datetime) -> str:
    """Make an account without a password; returns the token of the link with which its owner sets one."""
    user = create_user(name=name, email=email, password=None, site_role=site_role, by=by, now=now)
    return issue_link("invitation", expires_in=timedelta(days=INVITATION_DAYS), by=by, now=now, user_id=user.id)


def list_users() -> list[UserRow]:
    """All accounts by name."""
    asked = select(User.id, User.name, User.email, User.site_role, User.disabled_at).order_by(User.name, User.id)
    return [UserRow(*row) for row in db.session.execute(asked)]


def list_sessions(user_id: int, *, now: datetime) -> list[tuple[str, datetime, datetime]]:
    """Where somebody is logged in: address, since, last seen."""
    live = (LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
    asked = select(LoginSession.address, LoginSession.created_at, LoginSession.last_seen_at).where(*live)
    return [
        (address, since, seen) for address, since, seen in db.session.execute(asked.order_by(LoginSession.created_at))
    ]


def find_user(email: str) -> User | None:
    """The account with this address."""
    found: User | None = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    return found


def get_user(user_id: int | None) -> User:
    """An account."""
    user = db.session.get(User, user_id) if user_id is not None else None
    if user is None:
        raise NotFound(lazy("There is no such account."))
    return user


def choose_face(user: User, *, language: str | None = None, theme: str | None = None, now: datetime) -> None:
    """Keep the language and theme somebody chose."""
    user.language = language or user.language
    user.theme = theme or user.theme
    log_write("choose_face", f"user:{user.id}", by=user, now=now)


def hash_password(password: str) -> str:
    """Argon2id hash of a password that is long enough."""
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(lazy("A password needs at least 10 characters."))
    return hasher.hash(password)


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def _fits(password_hash: str | None, password: str) -> bool:
    """Check in the same time whether or not there is an account."""
    try:
        return hasher.verify(password_hash or _DUMMY_HASH, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def _refuse_when_too_many(subjects: tuple[str, ...], now: datetime) -> None:
    recent = (LoginAttempt.subject.in_(subjects), LoginAttempt.at > now - ATTEMPT_WINDOW)
    counts = db.session.execute(
        select(func.count(LoginAttempt.id)).where(*recent).group_by(LoginAttempt.subject)
    ).scalars()
    if any(count >= MOST_ATTEMPTS for count in counts):
        raise NotAllowed(lazy("Too many failed log-ins. Please try again in 15 minutes."))


_DUMMY_HASH = hasher.hash("a password nobody has")
