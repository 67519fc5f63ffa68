"""Cases: what went wrong, who repairs it until when, what every run saw of it, and every step that was taken."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Case(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """One cause, or one record (then an id is given), to be repaired; `identity` finds it again in later runs.

    `findings` is what the newest run that looked for it saw, `first_findings` what was seen when it was opened. Its
    owner has a task in the hall until the day it is due.
    """

    __tablename__ = "transfer_case"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        UniqueConstraint("rollout_id", "identity"),
        CheckConstraint("(owner_id IS NULL) = (due IS NULL)", name="owner"),
        CheckConstraint(
            "state IN ('open', 'reopened', 'in_repair', 'repaired', 'closed', 'explained', 'waived')", name="state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    identity: Mapped[str] = mapped_column(String(64))
    table_name: Mapped[str] = mapped_column(Text)
    fate: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str] = mapped_column(Text, default="")
    target_id: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="open")
    findings: Mapped[int] = mapped_column(BigInteger)
    first_findings: Mapped[int] = mapped_column(BigInteger)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[date | None]

    @property
    def is_of_record(self) -> bool:
        """True when it is about a single record."""
        return bool(self.source_id or self.target_id)


class CaseSighting(db.Model):  # type: ignore[name-defined,misc]
    """A run saw a case: in which discrepancy, how many findings, and for a single record the finding's place."""

    __tablename__ = "transfer_case_sighting"
    __table_args__ = (UniqueConstraint("case_id", "discrepancy_id"), Index("ix_case_sighting_run", "run_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("transfer_case.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    discrepancy_id: Mapped[int] = mapped_column(ForeignKey("transfer_discrepancy.id"))
    findings: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[int | None] = mapped_column(BigInteger)


class CaseStep(db.Model):  # type: ignore[name-defined,misc]
    """A step in the history of a case, taken by a person or by a run; never edited.

    `name` is who decided, or the owner that was named; whoever explains or waives gives a reason.
    """

    __tablename__ = "transfer_case_step"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('opened', 'assigned', 'in_repair', 'repaired', 'closed', 'reopened', 'explained', 'waived',"
            " 'withdrawn')",
            name="kind",
        ),
        CheckConstraint(
            "kind NOT IN ('explained', 'waived', 'withdrawn') OR (name <> '' AND reason <> '')", name="reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("transfer_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("transfer_run.id"))
    name: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(Instant)
