"""Lessons, who learns which until when, tries of the quiz, and which function was shown to which team when."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Removable, Versioned, db
from implement.jobs import Plain


class Lesson(Removable, Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A lesson for a function: one that comes with the product (`template_key`, its words in four languages) or the
    firm's own words; for everybody or for one role on the staff.
    """

    __tablename__ = "lesson"
    __table_args__ = (
        UniqueConstraint("rollout_id", "template_key", "for_role"),
        CheckConstraint("template_key IS NOT NULL OR title <> ''", name="title"),
        CheckConstraint("days BETWEEN 1 AND 90 AND pass_percent BETWEEN 1 AND 100", name="limits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    template_key: Mapped[str | None] = mapped_column(String(80))
    function: Mapped[str] = mapped_column(String(80))
    for_role: Mapped[str] = mapped_column(String(80), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[list[Plain]] = mapped_column(JSON)
    quiz: Mapped[list[Plain]] = mapped_column(JSON)
    days: Mapped[int]
    pass_percent: Mapped[int]
    video_sha256: Mapped[str] = mapped_column(String(64), default="")
    video_kind: Mapped[str] = mapped_column(String(40), default="")
    video_url: Mapped[str] = mapped_column(String(500), default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class Enrolment(db.Model):  # type: ignore[name-defined,misc]
    """One person learns one lesson until a day."""

    __tablename__ = "lesson_enrolment"
    __table_args__ = (
        UniqueConstraint("lesson_id", "person_id"),
        Index("ix_lesson_enrolment_person", "rollout_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolled_on: Mapped[date]
    due: Mapped[date]
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    passed_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)


class QuizTry(db.Model):  # type: ignore[name-defined,misc]
    """A try of the quiz, never edited: which answers were given, how many were right, which questions were wrong."""

    __tablename__ = "quiz_try"
    __table_args__ = (CheckConstraint("correct BETWEEN 0 AND asked", name="counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("lesson_enrolment.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    answers: Mapped[list[Plain]] = mapped_column(JSON)
    wrong: Mapped[list[Plain]] = mapped_column(JSON)
    correct: Mapped[int]
    asked: Mapped[int]
    is_passed: Mapped[bool]


class FunctionShowing(db.Model):  # type: ignore[name-defined,misc]
    """A function was shown to a team on a day (M133)."""

    __tablename__ = "function_showing"
    __table_args__ = (UniqueConstraint("team_id", "function", "shown_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    function: Mapped[str] = mapped_column(String(80))
    shown_on: Mapped[date]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
