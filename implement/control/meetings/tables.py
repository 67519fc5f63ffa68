"""Series of meetings, meetings, who came, priorities, notes, decisions, minutes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class MeetingSeries(db.Model):  # type: ignore[name-defined,misc]
    """The weekly or daily meetings of a team; weekdays and length are those of the regulation in force that day."""

    __tablename__ = "meeting_series"
    __table_args__ = (
        UniqueConstraint("team_id", "kind", "starts_on"),
        CheckConstraint("kind IN ('weekly', 'daily')", name="kind"),
        CheckConstraint("minute_of_day BETWEEN 0 AND 1439", name="time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    kind: Mapped[str] = mapped_column(String(6))
    minute_of_day: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class Meeting(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A meeting that was begun; once closed nothing in it changes any more."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("series_id", "day"),
        CheckConstraint("closed_at IS NULL OR closed_at >= started_at", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("meeting_series.id"))
    day: Mapped[date]
    planned_at: Mapped[datetime] = mapped_column(Instant)
    minutes_planned: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class MeetingPresence(db.Model):  # type: ignore[name-defined,misc]
    """Whether somebody of the team came."""

    __tablename__ = "meeting_presence"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("state IN ('present', 'late', 'excused', 'absent')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Instant)


class Priority(db.Model):  # type: ignore[name-defined,misc]
    """One of at most three things somebody sets out to do; carried over it is the same words in the next meeting."""

    __tablename__ = "meeting_priority"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id", "position"),
        UniqueConstraint("carried_from_id"),
        CheckConstraint("position BETWEEN 1 AND 3", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_priority.id"))
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class MeetingNote(db.Model):  # type: ignore[name-defined,misc]
    """A contribution to a part of the meeting; added, never changed, so that of two who write none loses a word."""

    __tablename__ = "meeting_note"
    __table_args__ = (CheckConstraint("part IN ('week', 'plan', 'aims', 'urgent')", name="part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    part: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class MeetingDecision(db.Model):  # type: ignore[name-defined,misc]
    """A decision: a task of the hall with owner and deadline."""

    __tablename__ = "meeting_decision"
    __table_args__ = (UniqueConstraint("task_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    text: Mapped[str] = mapped_column(String(300))
    owner_name: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    is_strategic: Mapped[bool]


class MeetingMinutes(db.Model):  # type: ignore[name-defined,misc]
    """The minutes of a closed meeting, or a revision of them with its reason. Never edited."""

    __tablename__ = "meeting_minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(500), default="")
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
