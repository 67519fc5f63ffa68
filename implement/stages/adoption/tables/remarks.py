"""What people say about a reason in their own evidence, and how it was answered."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class ReasonRemark(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A person comments on a reason in their evidence, or contests it; the words stand in its discussion.

    Whoever leads them answers until a day: the reason stands, or it is withdrawn.
    """

    __tablename__ = "reason_remark"
    __table_args__ = (
        Index("ix_reason_remark_person", "rollout_id", "person_id"),
        CheckConstraint("kind IN ('comment', 'contest')", name="kind"),
        CheckConstraint("outcome IN ('', 'stands', 'withdrawn')", name="outcome"),
        CheckConstraint("(answered_at IS NULL) = (outcome = '')", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    signal: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    answer_by: Mapped[date]
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    outcome: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str] = mapped_column(String(200), default="")
