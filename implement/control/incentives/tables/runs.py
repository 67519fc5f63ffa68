"""Pay runs with their steps, statements and lines. What was computed is never edited: a later run adjusts it."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db

STATES = ("draft", "computed", "checked", "approved", "exported", "closed")
KINDS = ("regular", "adjustment", "simulation")
GONE = "gone"
"""What stands instead of the hash of a file that is no longer kept."""


class PayRun(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A period priced for everybody: regular, an adjustment of an earlier run, or a simulation that is never paid.

    Once computed, `plan_sha256` are the frozen inputs as the contract of `price` has them, `basis_sha256` what they
    came from, `pay_sha256` what the engine made of them; all three lie in the store.
    """

    __tablename__ = "pay_run"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("state IN ('draft', 'computed', 'checked', 'approved', 'exported', 'closed')", name="state"),
        CheckConstraint("kind IN ('regular', 'adjustment', 'simulation')", name="kind"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("(kind = 'adjustment') = (adjusts_id IS NOT NULL)", name="adjusts"),
        CheckConstraint("kind <> 'simulation' OR state IN ('draft', 'computed')", name="simulation"),
        CheckConstraint("state = 'draft' OR (pay_sha256 <> '' AND computed_by_id IS NOT NULL)", name="frozen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    adjusts_id: Mapped[int | None] = mapped_column(ForeignKey("pay_run.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    currency: Mapped[str] = mapped_column(String(3))
    engine: Mapped[str] = mapped_column(String(40), default="")
    plan_sha256: Mapped[str] = mapped_column(String(64), default="")
    basis_sha256: Mapped[str] = mapped_column(String(64), default="")
    pay_sha256: Mapped[str] = mapped_column(String(64), default="")
    total_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    computed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class PayStep(db.Model):  # type: ignore[name-defined,misc]
    """A run came into a state: by whom, when, over which frozen pay. Never edited."""

    __tablename__ = "pay_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(500), default="")
    pay_sha256: Mapped[str] = mapped_column(String(64), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class PayStatement(db.Model):  # type: ignore[name-defined,misc]
    """What a run pays one person. Without `person_id` somebody of a sheet who is not on the staff list."""

    __tablename__ = "pay_statement"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    total_minor: Mapped[int] = mapped_column(BigInteger)


class PayLine(db.Model):  # type: ignore[name-defined,misc]
    """One part of a statement (`plan`, `plan:<kpi>`, `commission`, `kicker:<name>`) of one entry of the frozen plan.

    In an adjustment it is the difference to the line it points to.
    """

    __tablename__ = "pay_line"
    __table_args__ = (UniqueConstraint("statement_id", "entry", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("pay_statement.id"))
    position: Mapped[int]
    entry: Mapped[str] = mapped_column(String(120))
    part: Mapped[str] = mapped_column(String(260))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    adjusts_id: Mapped[int | None] = mapped_column(ForeignKey("pay_line.id"))
