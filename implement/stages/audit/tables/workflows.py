"""How work runs at the firm, step by step, and how it should run (M6, M52)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Workflow(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A workflow as it runs today, or with `is_wanted` as it should run; one copied from another says from which.

    `unclear_because` is the reason why it has to be put in order before anything is automated; empty while it is clear.
    """

    __tablename__ = "audit_workflow"
    __table_args__ = (
        CheckConstraint("runs_per_month >= 0 AND hour_cost_minor >= 0", name="counts"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    is_wanted: Mapped[bool] = mapped_column(default=False)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("audit_workflow.id"))
    runs_per_month: Mapped[int | None]
    hour_cost_minor: Mapped[int | None]
    unclear_because: Mapped[str] = mapped_column(Text, default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class WorkflowStep(db.Model):  # type: ignore[name-defined,misc]
    """A step of a workflow: who does what, where, and how long; minutes are NULL where nobody knows."""

    __tablename__ = "audit_workflow_step"
    __table_args__ = (
        CheckConstraint("work_minutes >= 0 AND waiting_minutes >= 0", name="minutes"),
        CheckConstraint("title <> ''", name="title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workflow_id: Mapped[int] = mapped_column(ForeignKey("audit_workflow.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120), default="")
    work_minutes: Mapped[int | None]
    waiting_minutes: Mapped[int | None]
    is_unclear: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
