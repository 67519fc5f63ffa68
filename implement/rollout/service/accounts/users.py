"""Accounts themselves: the first admin's set-up link, invitations, passwords, closing and opening again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from implement.db import db
from implement.rollout.service.accounts.passwords import fits, hash_password
from implement.rollout.service.accounts.sessions import end_all_sessions
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.links import issue_link, redeem_link
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import LinkToken, User
from implement.web.access import Role
from implement.web.texts import lazy

SETUP_HOURS = 24
INVITATION_DAYS = 7


@dataclass(frozen=True)
class UserRow:
    """An account as the administrator's list shows it; without a password it waits for its owner."""

    id: int
    name: str
    email: str
    site_role: str | None
    disabled_at: datetime | None
    has_password: bool = True
    has_second_factor: bool = False


def needs_first_admin() -> bool:
    """True while nobody can administer the installation."""
    return not _count_admins()


def issue_setup_link(*, now: datetime) -> str:
    """A one-time token with which the first admin makes their account; earlier ones stop working."""
    _void_links(LinkToken.purpose == "setup", now=now)
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


def invite_user(*, name: str, email: str, site_role: Role | None, by: Actor, now: datetime) -> str:
    """Make an account without a password; returns the token of the link with which its owner sets one."""
    user = create_user(name=name, email=email, password=None, site_role=site_role, by=by, now=now)
    return renew_invitation(user, by=by, now=now)


def renew_invitation(user: User, *, by: Actor, now: datetime, rollout_id: int | None = None) -> str:
    """A link for whoever has not set a password yet; earlier ones stop working."""
    if user.password_hash is not None or user.disabled_at is not None:
        raise RuleBroken(lazy("This account needs no invitation."))
    _void_links(LinkToken.user_id == user.id, now=now)
    holds = timedelta(days=INVITATION_DAYS)
    return issue_link("invitation", expires_in=holds, by=by, now=now, rollout_id=rollout_id, user_id=user.id)


def accept_invitation(token: str, *, password: str, now: datetime) -> User:
    """Set the password of an invited account with its link; its other links and log-ins end."""
    link = redeem_link(token, "invitation", now=now)
    user = db.session.get_one(User, link.user_id)
    if user.disabled_at is not None:
        raise NotFound(lazy("This account is closed."))
    user.password_hash = hash_password(password)
    _void_links(LinkToken.user_id == user.id, now=now)
    end_all_sessions(user.id, now=now)
    log_write("accept_invitation", f"user:{user.id}", by=user, now=now, rollout_id=link.rollout_id)
    return user


def change_password(user: User, password: str, *, current: str, now: datetime) -> None:
    """Set a new password, proved by the current one, and end every log-in."""
    if not fits(user.password_hash, current):
        raise NotAllowed(lazy("The current password is not right."))
    user.password_hash = hash_password(password)
    end_all_sessions(user.id, now=now)
    log_write("change_password", f"user:{user.id}", by=user, now=now)


def disable_user(user: User, *, by: Actor, now: datetime) -> None:
    """Close the account, end its log-ins and its links at once; the last administrator stays."""
    if user.disabled_at is not None:
        return
    if user.site_role == Role.ADMIN and _count_admins() < 2:
        raise RuleBroken(lazy("Somebody must be able to administer: make another administrator first."))
    user.disabled_at = now
    end_all_sessions(user.id, now=now)
    _void_links(LinkToken.user_id == user.id, now=now)
    log_write("disable_user", f"user:{user.id}", by=by, now=now)


def enable_user(user: User, *, by: Actor, now: datetime) -> None:
    """Open a closed account again, with the password it had."""
    if user.disabled_at is not None:
        user.disabled_at = None
        log_write("enable_user", f"user:{user.id}", by=by, now=now)


def list_users() -> list[UserRow]:
    """All accounts by name."""
    asked = select(
        User.id,
        User.name,
        User.email,
        User.site_role,
        User.disabled_at,
        User.password_hash.is_not(None),
        User.totp_secret.is_not(None),
    )
    return [UserRow(*row) for row in db.session.execute(asked.order_by(User.name, User.id))]


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


def adopt_face(user: User, *, language: str | None, theme: str | None, now: datetime) -> None:
    """Keep what somebody chose before logging in, where their account has no choice of its own yet."""
    fresh_language = language if language and not user.language else None
    fresh_theme = theme if theme and user.theme == "auto" else None
    if fresh_language or (fresh_theme and fresh_theme != "auto"):
        choose_face(user, language=fresh_language, theme=fresh_theme, now=now)


def _count_admins() -> int:
    able = (User.site_role == Role.ADMIN, User.disabled_at.is_(None))
    return db.session.scalar(select(func.count(User.id)).where(*able)) or 0


def _void_links(*which: object, now: datetime) -> None:
    voided = update(LinkToken).where(*which, LinkToken.used_at.is_(None))  # type: ignore[arg-type]
    db.session.execute(voided.values(used_at=now))
