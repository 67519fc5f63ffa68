"""Objections to statements, and how they were answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class PayDispute(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """Somebody objects to a line of their statement; answered by a deadline, by adjustment or with a reason."""

    __tablename__ = "pay_dispute"
    __table_args__ = (
        CheckConstraint("answer IN ('', 'adjusted', 'rejected')", name="answer"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("answer = '' OR reason <> ''", name="reason"),
        CheckConstraint("answered_by_id IS NULL OR answered_by_id <> by_id", name="another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("pay_statement.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("pay_line.id"))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    due: Mapped[date]
    answer: Mapped[str] = mapped_column(String(8), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    adjustment_id: Mapped[int | None] = mapped_column(ForeignKey("pay_run.id"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
