"""The plan of a rollout: its start, its steps, and what has become of them."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class RolloutPlan(db.Model):  # type: ignore[name-defined,misc]
    """The template a plan was made from, its first day, and the end that was promised when it was made."""

    __tablename__ = "rollout_plan"

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    template_key: Mapped[str] = mapped_column(String(80))
    start: Mapped[date]
    promised: Mapped[date]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class PlanStep(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """One step in working days (0: a milestone), with the steps it waits for; an empty title is the template's."""

    __tablename__ = "plan_step"
    __table_args__ = (
        UniqueConstraint("rollout_id", "step_key"),
        CheckConstraint("days BETWEEN 0 AND 260", name="days"),
        CheckConstraint("done_percent BETWEEN 0 AND 100", name="done"),
        CheckConstraint("ended_on IS NULL OR (began_on IS NOT NULL AND began_on <= ended_on)", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    step_key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    side: Mapped[str] = mapped_column(String(20))
    wave: Mapped[int] = mapped_column(default=1)
    days: Mapped[int]
    after: Mapped[list[Plain]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(String(200), default="")
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    done_percent: Mapped[int] = mapped_column(default=0)
