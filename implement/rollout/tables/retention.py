"""How long what is kept about people may be kept, and what was deleted when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class RetentionPeriod(db.Model):  # type: ignore[name-defined,misc]
    """A period that a rollout chose for a class of what is kept, with the reason; without one the default holds."""

    __tablename__ = "retention_period"
    __table_args__ = (CheckConstraint("days > 0 AND reason <> ''", name="said"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class Disposal(db.Model):  # type: ignore[name-defined,misc]
    """Something was deleted because its period was over: everything of a class from before a day."""

    __tablename__ = "disposal"
    __table_args__ = (Index("ix_disposal_rollout", "rollout_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    kind: Mapped[str] = mapped_column(String(40))
    before_day: Mapped[date]
    row_count: Mapped[int]
    file_count: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)


class DoomedFile(db.Model):  # type: ignore[name-defined,misc]
    """A kept file that is to be deleted once no row anywhere names it."""

    __tablename__ = "doomed_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
