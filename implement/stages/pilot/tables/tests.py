"""Tests before people: scenarios from acceptance tests, trials by named testers, and the defects they found (M18)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Scenario(db.Model):  # type: ignore[name-defined,misc]
    """What is tried for one requirement, in the words of its acceptance test; trials from before `text_at` are void."""

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("rollout_id", "requirement_id"), CheckConstraint("text <> ''", name="text"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    text: Mapped[str] = mapped_column(Text)
    text_at: Mapped[datetime] = mapped_column(Instant)
    tester_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)


class Trial(db.Model):  # type: ignore[name-defined,misc]
    """Somebody tried a scenario: how it went, what they saw, perhaps a file that shows it. Never edited."""

    __tablename__ = "trial"
    __table_args__ = (CheckConstraint("result IN ('passed', 'failed', 'blocked')", name="result"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    result: Mapped[str] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(Text, default="")
    file_name: Mapped[str] = mapped_column(String(255), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class Defect(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """What does not work as it should, with who mends it and how far that is."""

    __tablename__ = "defect"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("gravity IN ('grave', 'normal', 'minor')", name="gravity"),
        CheckConstraint("state IN ('open', 'in_work', 'to_retest', 'closed')", name="state"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    scenario_id: Mapped[int | None] = mapped_column(ForeignKey("scenario.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    gravity: Mapped[str] = mapped_column(String(8))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
