"""Drift: a later export of the CRM held against what a run found there, and the figures of each table."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class DriftRun(db.Model):  # type: ignore[name-defined,misc]
    """A later export, frozen: its files by name and hash, the run whose target it is compared with, the engine.

    `tables` are those found in the files, their rows in the store; `remarks` what intake said of the files;
    `missing_tables` those of the run's target that the later export does not have.
    """

    __tablename__ = "transfer_drift"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("(finished_at IS NULL) = (findings_sha256 IS NULL)", name="finished"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    exported_on: Mapped[date]
    files: Mapped[list[list[str]]] = mapped_column(JSON)
    tables: Mapped[list[dict[str, Plain]]] = mapped_column(JSON, default=list)
    remarks: Mapped[dict[str, Plain]] = mapped_column(JSON, default=dict)
    missing_tables: Mapped[list[str]] = mapped_column(JSON, default=list)
    job_id: Mapped[int | None]
    engine: Mapped[str] = mapped_column(String(80))
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    findings_sha256: Mapped[str | None] = mapped_column(String(64))
    findings: Mapped[int] = mapped_column(BigInteger, default=0)


class DriftTotal(db.Model):  # type: ignore[name-defined,misc]
    """What became of the transferred records of one table of the CRM; `concerned` counts records by change.

    `columns` are the owner's, the author's and the day's by name, `pairs` the columns of both exports, `missing`
    columns that are gone.
    """

    __tablename__ = "transfer_drift_total"
    __table_args__ = (UniqueConstraint("drift_id", "table_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    drift_id: Mapped[int] = mapped_column(ForeignKey("transfer_drift.id"))
    table_name: Mapped[str] = mapped_column(Text)
    table_now: Mapped[str] = mapped_column(Text)
    transferred: Mapped[int] = mapped_column(BigInteger)
    untouched: Mapped[int] = mapped_column(BigInteger)
    added: Mapped[int] = mapped_column(BigInteger)
    lost: Mapped[int] = mapped_column(BigInteger)
    concerned: Mapped[dict[str, int]] = mapped_column(JSON)
    columns: Mapped[dict[str, str]] = mapped_column(JSON)
    pairs: Mapped[list[list[str]]] = mapped_column(JSON)
    missing: Mapped[list[str]] = mapped_column(JSON)
