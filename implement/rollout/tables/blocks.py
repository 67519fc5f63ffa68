"""Building blocks every room uses: signatures, regulations, discussion, tasks, mail, views of people, the log."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class Signature(db.Model):  # type: ignore[name-defined,misc]
    """Somebody signed exact bytes: their SHA-256, the person, the role, the instant. Never edited."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("subject", "sha256", "user_id", "role"),
        Index("ix_signature_subject", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    subject: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)


class Regulation(db.Model):  # type: ignore[name-defined,misc]
    """A text people are bound by: a regulation of the firm, or the agreement about what is monitored."""

    __tablename__ = "regulation"
    __table_args__ = (CheckConstraint("kind IN ('regulation', 'agreement')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))


class RegulationVersion(db.Model):  # type: ignore[name-defined,misc]
    """One version of the text, with the day it binds from. Never edited."""

    __tablename__ = "regulation_version"
    __table_args__ = (UniqueConstraint("regulation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    regulation_id: Mapped[int] = mapped_column(ForeignKey("regulation.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    terms: Mapped[dict[str, Plain]] = mapped_column(JSON)
    valid_from: Mapped[date]
    handed_out_at: Mapped[datetime | None] = mapped_column(Instant)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Acknowledgement(db.Model):  # type: ignore[name-defined,misc]
    """A person took note of exactly this version (M113): with an account, or by a link as somebody on the staff."""

    __tablename__ = "acknowledgement"
    __table_args__ = (
        UniqueConstraint("version_id", "user_id"),
        UniqueConstraint("version_id", "person_id"),
        CheckConstraint("(user_id IS NULL) <> (person_id IS NULL)", name="reader"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("regulation_version.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)


class ViewSwitch(db.Model):  # type: ignore[name-defined,misc]
    """A consent to the named view, or its withdrawal, by one of the two sides; it holds while both consent."""

    __tablename__ = "view_switch"
    __table_args__ = (CheckConstraint("side IN ('lead', 'council')", name="side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    is_on: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Look(db.Model):  # type: ignore[name-defined,misc]
    """Somebody looked at figures about one person."""

    __tablename__ = "look"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    view: Mapped[str] = mapped_column(String(12))
    page: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Instant)


class Message(db.Model):  # type: ignore[name-defined,misc]
    """A contribution to the discussion of anything; `subject` names the thing, as in `task:12`."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_subject", "rollout_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    subject: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class Task(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """Something to be done by one person until a day; overdue it is escalated once (M44)."""

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    subject: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    escalate_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due: Mapped[date]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    escalated_at: Mapped[datetime | None] = mapped_column(Instant)

    def is_overdue(self, today: date) -> bool:
        """True when the day has passed and it is not done."""
        return self.done_at is None and self.due < today


class OutboxMail(db.Model):  # type: ignore[name-defined,misc]
    """A mail to be sent exactly once; `key` names the occasion."""

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    calendar: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    failure: Mapped[str] = mapped_column(Text, default="")


class LogRow(db.Model):  # type: ignore[name-defined,misc]
    """A write that happened; each row carries the hash of the one before, and the database refuses to change either."""

    __tablename__ = "log_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(String(200))
    rollout_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Plain]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
