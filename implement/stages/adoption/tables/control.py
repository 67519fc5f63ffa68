"""The first month's control programmes and their checks."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class TeamControl(db.Model):  # type: ignore[name-defined,misc]
    """A month of close control for one team, from its first day to its last; it ends by itself."""

    __tablename__ = "team_control"
    __table_args__ = (
        UniqueConstraint("team_id", "starts_on"),
        CheckConstraint("ends_on >= starts_on", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    head_minutes: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    def has_ended(self, today: date) -> bool:
        """True once its last day is over."""
        return self.ends_on < today


class TeamCheck(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """One check on one day, whose it is, and the evidence with which it was ticked."""

    __tablename__ = "team_check"
    __table_args__ = (
        UniqueConstraint("control_id", "item", "due"),
        Index("ix_team_check_owner", "owner_id", "due"),
        CheckConstraint("(ticked_at IS NULL) = (evidence = '')", name="ticked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    control_id: Mapped[int] = mapped_column(ForeignKey("team_control.id"))
    item: Mapped[str] = mapped_column(String(80))
    due: Mapped[date]
    minutes: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    owner_name: Mapped[str] = mapped_column(String(200))
    evidence: Mapped[str] = mapped_column(Text, default="")
    ticked_at: Mapped[datetime | None] = mapped_column(Instant)
    ticked_by: Mapped[str] = mapped_column(String(200), default="")
