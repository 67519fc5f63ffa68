"""Questions of the first weeks with their answers, and the book of sales with its versions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Removable, Versioned, db


class SupportQuestion(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A question on the CRM: how it came, who asks, of which team and function, and its answer (M22)."""

    __tablename__ = "support_question"
    __table_args__ = (
        UniqueConstraint("rollout_id", "message_id"),
        CheckConstraint("source IN ('form', 'mail', 'head')", name="source"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered"),
        Index("ix_support_question_open", "rollout_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    source: Mapped[str] = mapped_column(String(4))
    function: Mapped[str] = mapped_column(String(80))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(String(300))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("book_entry.id"))
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)


class SupportPerson(db.Model):  # type: ignore[name-defined,misc]
    """Somebody with an account who helps a team, or one person, in these days, both inclusive (M22)."""

    __tablename__ = "support_person"
    __table_args__ = (
        CheckConstraint("(team_id IS NULL) <> (person_id IS NULL)", name="for_whom"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    remedy_id: Mapped[int | None]
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class BookEntry(Removable, Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A page of the book of sales: an answer, a technique, a script or a rule (M57, M45).

    `folded` is the newest version as it is searched; the texts themselves stand in the versions.
    """

    __tablename__ = "book_entry"
    __table_args__ = (CheckConstraint("kind IN ('answer', 'technique', 'script', 'rule')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    function: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(default=1)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class BookVersion(db.Model):  # type: ignore[name-defined,misc]
    """A version of a page, never edited."""

    __tablename__ = "book_version"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("book_entry.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class ScriptUse(db.Model):  # type: ignore[name-defined,misc]
    """How often a team used a script on a day; who of the team is not kept (M45)."""

    __tablename__ = "script_use"
    __table_args__ = (CheckConstraint("times > 0", name="times"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("book_entry.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int]
