"""What the payroll office says about its programs, and the files that were prepared by it."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class PayrollOffice(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """The settings of a rollout's exports: wage types by part, numbers and keys of the programs, and which it takes."""

    __tablename__ = "payroll_office"

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    settings: Mapped[dict[str, Plain]] = mapped_column(JSON)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class PayFile(db.Model):  # type: ignore[name-defined,misc]
    """One program's archive of a run, prepared and read back, or why there is none. Never edited: a later preparation
    is another edition.
    """

    __tablename__ = "pay_file"
    __table_args__ = (
        UniqueConstraint("run_id", "edition", "kind"),
        CheckConstraint("(sha256 = '') = (fault_count > 0)", name="file_or_faults"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    edition: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    pay_sha256: Mapped[str] = mapped_column(String(64))
    office_sha256: Mapped[str] = mapped_column(String(64))
    row_count: Mapped[int]
    total_minor: Mapped[int] = mapped_column(BigInteger)
    faults: Mapped[list[dict[str, Plain]]] = mapped_column(JSON)
    fault_count: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
