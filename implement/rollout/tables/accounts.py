"""Who can log in, from where they are logged in, and the links and tokens that act for them."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class User(Versioned, UserMixin, db.Model):  # type: ignore[name-defined,misc]
    """Somebody who can log in; `site_role` is admin, consultant or empty, all else is given per rollout."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    site_role: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(5), default="")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def is_active(self) -> bool:
        """True while the account may be used."""
        return self.disabled_at is None


class LoginSession(db.Model):  # type: ignore[name-defined,misc]
    """One log-in, kept on the server so that it can be ended there; the cookie holds only its token."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    address: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class LoginAttempt(db.Model):  # type: ignore[name-defined,misc]
    """A failed log-in, counted per account and per address."""

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(300), index=True)
    at: Mapped[datetime] = mapped_column(Instant)


class LinkToken(db.Model):  # type: ignore[name-defined,misc]
    """A link with which one person may do one thing without an account, until it expires."""

    __tablename__ = "link_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(40))
    rollout_id: Mapped[int | None] = mapped_column(ForeignKey("rollout.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    terms: Mapped[dict[str, Plain]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiToken(db.Model):  # type: ignore[name-defined,misc]
    """A token with which a program may do a named thing in one rollout."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    permission: Mapped[str] = mapped_column(String(40))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class Membership(db.Model):  # type: ignore[name-defined,misc]
    """A role that a user has in a rollout; `person_id` says who they are on its staff."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("rollout_id", "user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RequestKey(db.Model):  # type: ignore[name-defined,misc]
    """A write that was done, so that the same request sent again has no second effect."""

    __tablename__ = "request_key"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Instant)
