"""Approvals: what is left behind on purpose counts as approved once a second person has said so."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class LeftBehindApproval(db.Model):  # type: ignore[name-defined,misc]
    """Somebody approved that a table (column empty) or column stays behind for exactly this reason, which somebody else
    gave; another reason needs another approval.
    """

    __tablename__ = "transfer_left_behind_approval"
    __table_args__ = (
        UniqueConstraint(
            "rollout_id", "table_name", "column_name", "reason", name="uq_transfer_left_behind_approval"
        ),
        CheckConstraint("given_by_id <> approved_by_id", name="second_person"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    table_name: Mapped[str] = mapped_column(Text)
    column_name: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    approved_by: Mapped[str] = mapped_column(String(200))
    approved_at: Mapped[datetime] = mapped_column(Instant)
