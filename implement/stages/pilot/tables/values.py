"""What the CRM is worth to a role: the same task before and after, as it was measured."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Removable, Versioned, db


class ValueMessage(Removable, Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A task of a role, and what its doing faster means for whoever does it (M21, M26)."""

    __tablename__ = "value_message"
    __table_args__ = (CheckConstraint("task <> ''", name="task"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    for_role: Mapped[str] = mapped_column(String(80), default="")
    task: Mapped[str] = mapped_column(String(200))
    gain: Mapped[str] = mapped_column(Text)
    clicks: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class ValueTiming(Removable, db.Model):  # type: ignore[name-defined,misc]
    """One measured doing of the task, before (as it was done without the CRM) or after (in it)."""

    __tablename__ = "value_timing"
    __table_args__ = (
        CheckConstraint("side IN ('before', 'after')", name="side"),
        CheckConstraint("seconds BETWEEN 1 AND 86400", name="seconds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("value_message.id"), index=True)
    side: Mapped[str] = mapped_column(String(6))
    seconds: Mapped[int]
    measured_on: Mapped[date]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
