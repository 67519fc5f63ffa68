"""Calls and mails as another system counted them: how many, never with whom nor about what."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import db


class CountedCalls(db.Model):  # type: ignore[name-defined,misc]
    """So many calls or mails of one user on one day, in, out, or either; a later list of the same day replaces it."""

    __tablename__ = "counted_calls"
    __table_args__ = (
        UniqueConstraint("rollout_id", "crm_user", "day", "channel", "direction"),
        Index("ix_counted_calls_day", "rollout_id", "day"),
        CheckConstraint("channel IN ('call', 'mail')", name="channel"),
        CheckConstraint("direction IN ('', 'in', 'out')", name="direction"),
        CheckConstraint("count > 0 AND crm_user <> ''", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    crm_user: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    channel: Mapped[str] = mapped_column(String(4))
    direction: Mapped[str] = mapped_column(String(3))
    count: Mapped[int]
