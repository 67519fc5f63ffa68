"""What the firm's own figures were before the CRM, frozen, and what somebody measured since (M36–M38)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class Baseline(db.Model):  # type: ignore[name-defined,misc]
    """One measure as it was before the CRM: typed in or computed from the old lists. Frozen: never edited nor replaced.

    Numbers are decimal text: a share 0–1, hours, counts, money in major units.
    """

    __tablename__ = "baseline"
    __table_args__ = (
        UniqueConstraint("rollout_id", "measure"),
        CheckConstraint("origin IN ('typed', 'computed')", name="origin"),
        CheckConstraint("n IS NULL OR n >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    measure: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(40))
    low: Mapped[str | None] = mapped_column(String(40))
    high: Mapped[str | None] = mapped_column(String(40))
    n: Mapped[int | None]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    origin: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class TypedFigure(db.Model):  # type: ignore[name-defined,misc]
    """A measure as somebody took it since, with how many were asked or timed. Never edited: the latest holds."""

    __tablename__ = "typed_figure"
    __table_args__ = (CheckConstraint("n IS NULL OR n >= 0", name="counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    measure: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(40))
    n: Mapped[int | None]
    day: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
