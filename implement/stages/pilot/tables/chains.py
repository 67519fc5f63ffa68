"""Chains of an order, rehearsals of them, and the clocks of their steps."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class OpenHours(db.Model):  # type: ignore[name-defined,misc]
    """When the firm is open, by its own wall clock; public holidays and closed days are the hall's."""

    __tablename__ = "open_hours"
    __table_args__ = (
        CheckConstraint("opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440", name="span"),
        CheckConstraint("weekdays <> ''", name="weekdays"),
    )

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]
    weekdays: Mapped[str] = mapped_column(String(7))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class OrderChain(db.Model):  # type: ignore[name-defined,misc]
    """A chain of steps; with a team its head is told of late steps, else whoever leads the rollout.

    `told_by` is the kind of event that tells of a request: thing, deed and stage, or nothing.
    """

    __tablename__ = "order_chain"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    told_by: Mapped[list[Plain]] = mapped_column(JSON, default=list)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class OrderStep(db.Model):  # type: ignore[name-defined,misc]
    """One step of a chain: what is done, in which role, within how many open minutes, told by which kind of event."""

    __tablename__ = "order_step"
    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 10000", name="minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("order_chain.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    told_by: Mapped[list[Plain]] = mapped_column(JSON, default=list)


class Rehearsal(db.Model):  # type: ignore[name-defined,misc]
    """One run of a chain, its steps and hours frozen: simulated from a seed, read from a file, live with people, or
    with the CRM's events.
    """

    __tablename__ = "rehearsal"
    __table_args__ = (
        UniqueConstraint("chain_id", "number"),
        CheckConstraint("kind IN ('simulated', 'imported', 'live', 'events')", name="kind"),
        CheckConstraint("kind <> 'simulated' OR seed IS NOT NULL", name="seed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("order_chain.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    seed: Mapped[int | None]
    steps: Mapped[list[Plain]] = mapped_column(JSON)
    hours: Mapped[dict[str, Plain]] = mapped_column(JSON)
    file_name: Mapped[str] = mapped_column(String(255), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class OrderFollowing(db.Model):  # type: ignore[name-defined,misc]
    """What a rehearsal with the CRM's events asks of them: kinds of event, the request's first, then each step's; how
    far they were read. It goes on until it is ended.
    """

    __tablename__ = "order_following"

    rehearsal_id: Mapped[int] = mapped_column(ForeignKey("rehearsal.id"), primary_key=True)
    first_day: Mapped[date]
    kinds: Mapped[list[Plain]] = mapped_column(JSON)
    edition: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class OrderClock(db.Model):  # type: ignore[name-defined,misc]
    """The clock of one step of one order; `told_at` is when the head was told that it is late."""

    __tablename__ = "order_clock"
    __table_args__ = (
        UniqueConstraint("rehearsal_id", "order_number", "place"),
        Index("ix_order_clock_open", "done_at", "told_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rehearsal_id: Mapped[int] = mapped_column(ForeignKey("rehearsal.id"))
    order_number: Mapped[str] = mapped_column(String(60))
    place: Mapped[int]
    begins_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str] = mapped_column(String(200), default="")
    told_at: Mapped[datetime | None] = mapped_column(Instant)
