"""What people say that a run takes over: decisions where a figure is missing, grounds of reductions, corrections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class PayDecision(db.Model):  # type: ignore[name-defined,misc]
    """A signed decision about a KPI of a person in a run that lacks its figure. Never edited; the newest holds."""

    __tablename__ = "pay_decision"
    __table_args__ = (Index("ix_pay_decision_run_id", "run_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kpi: Mapped[str] = mapped_column(String(120))
    payout: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class PayReduction(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """Something happened on a listed ground; it counts only once the person was heard and a second person approved.

    It counts in the month of `sanctioned_on`, the day on which a sanction was imposed for it; without one, and where
    the law asks for none (R2), in the month in which it happened.
    """

    __tablename__ = "pay_reduction"
    __table_args__ = (
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> by_id", name="second"),
        CheckConstraint("approved_at IS NULL OR heard_at IS NOT NULL", name="heard"),
        CheckConstraint("approved_at IS NULL OR withdrawn_at IS NULL", name="withdrawn"),
        Index("ix_pay_reduction_person_id", "person_id", "happened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ground: Mapped[str] = mapped_column(String(120))
    happened_at: Mapped[datetime] = mapped_column(Instant)
    sanctioned_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text)
    version_id: Mapped[int] = mapped_column(ForeignKey("regulation_version.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    heard_words: Mapped[str] = mapped_column(Text, default="")
    heard_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class PayCorrection(db.Model):  # type: ignore[name-defined,misc]
    """In an adjustment: what the actual of a KPI really was, and why; everything else stays as it was frozen."""

    __tablename__ = "pay_correction"
    __table_args__ = (UniqueConstraint("run_id", "entry", "kpi"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    entry: Mapped[str] = mapped_column(String(120))
    kpi: Mapped[str] = mapped_column(String(120))
    actual: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
