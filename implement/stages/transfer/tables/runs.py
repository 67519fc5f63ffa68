"""Files handed in, versions of the mapping, and frozen runs with their sums.

Rows of tables and findings lie as Parquet in the store; here stand their hashes and what pages and gates ask for.
"""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain

SIDE = "side IN ('source', 'target')"


class TransferFile(db.Model):  # type: ignore[name-defined,misc]
    """A file of the old system (source) or of the CRM (target); the same bytes on the same side are kept once.

    `reading` holds what intake said of it: faults, notes and what was left alone.
    """

    __tablename__ = "transfer_file"
    __table_args__ = (
        UniqueConstraint("rollout_id", "side", "sha256"),
        CheckConstraint(SIDE, name="side"),
        CheckConstraint("state IN ('waiting', 'read', 'unusable')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    side: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    is_in_use: Mapped[bool] = mapped_column(default=True)
    reading: Mapped[dict[str, Plain]] = mapped_column(JSON, default=dict)
    job_id: Mapped[int | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)


class TransferTable(db.Model):  # type: ignore[name-defined,misc]
    """A table found in a file; its rows are the Parquet file `sha256`, a sample of them `sample_sha256`."""

    __tablename__ = "transfer_table"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("transfer_file.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    sheet: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    encoding: Mapped[str | None] = mapped_column(String(40))
    separator: Mapped[str | None] = mapped_column(String(8))
    row_count: Mapped[int] = mapped_column(BigInteger)
    columns: Mapped[list[str]] = mapped_column(JSON)
    nulls: Mapped[list[int] | None] = mapped_column(JSON)
    foreign_keys: Mapped[list[list[str]] | None] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    sample_sha256: Mapped[str | None] = mapped_column(String(64))


class MappingVersion(db.Model):  # type: ignore[name-defined,misc]
    """One version of how the old system's tables became the CRM's; the YAML itself lies in the store, never edited."""

    __tablename__ = "transfer_mapping"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("origin IN ('proposed', 'edited', 'handed_in')", name="origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(10))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)


class TransferRun(db.Model):  # type: ignore[name-defined,misc]
    """One reconciliation, frozen: its tables by hash (`RunInput`), mapping, engine and as-of time."""

    __tablename__ = "transfer_run"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("(finished_at IS NULL) = (findings_sha256 IS NULL)", name="finished"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    mapping_id: Mapped[int] = mapped_column(ForeignKey("transfer_mapping.id"))
    job_id: Mapped[int | None]
    engine: Mapped[str] = mapped_column(String(80))
    as_of_at: Mapped[datetime] = mapped_column(Instant)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    findings_sha256: Mapped[str | None] = mapped_column(String(64))
    findings: Mapped[int] = mapped_column(BigInteger, default=0)
    harmful: Mapped[int] = mapped_column(BigInteger, default=0)
    source_rows: Mapped[int] = mapped_column(BigInteger, default=0)
    arrived: Mapped[int] = mapped_column(BigInteger, default=0)


class RunInput(db.Model):  # type: ignore[name-defined,misc]
    """A table as a run read it."""

    __tablename__ = "transfer_run_input"
    __table_args__ = (UniqueConstraint("run_id", "side", "name"), CheckConstraint(SIDE, name="side"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    side: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    table_id: Mapped[int] = mapped_column(ForeignKey("transfer_table.id"))


class RunTotal(db.Model):  # type: ignore[name-defined,misc]
    """What became of the records of one source table; `arrived` ones are unchanged or changed."""

    __tablename__ = "transfer_run_total"
    __table_args__ = (UniqueConstraint("run_id", "table_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    table_name: Mapped[str] = mapped_column(Text)
    target_name: Mapped[str | None] = mapped_column(Text)
    left_behind: Mapped[str] = mapped_column(Text, default="")
    source_rows: Mapped[int] = mapped_column(BigInteger)
    target_rows: Mapped[int] = mapped_column(BigInteger)
    arrived: Mapped[int] = mapped_column(BigInteger)
    unchanged: Mapped[int] = mapped_column(BigInteger)
    changed: Mapped[int] = mapped_column(BigInteger)
    merged: Mapped[int] = mapped_column(BigInteger)


class Discrepancy(db.Model):  # type: ignore[name-defined,misc]
    """Findings of a run that share table, class, field and cause; every finding belongs to exactly one.

    `code`, `column_name`, `cause_values` and `parent_name` say the cause (empty code: none was found). `is_whole`:
    it holds for a whole column or table. `fingerprint` is equal in two runs when exactly the same findings came back.
    """

    __tablename__ = "transfer_discrepancy"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    number: Mapped[int]
    table_name: Mapped[str] = mapped_column(Text)
    fate: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(Text)
    findings: Mapped[int] = mapped_column(BigInteger)
    is_harmful: Mapped[bool]
    is_whole: Mapped[bool]
    said: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(20), default="")
    column_name: Mapped[str] = mapped_column(Text, default="")
    cause_values: Mapped[list[str]] = mapped_column(JSON, default=list)
    parent_name: Mapped[str] = mapped_column(Text, default="")
    of_findings: Mapped[int] = mapped_column(BigInteger, default=0)
    share_inside: Mapped[float] = mapped_column(default=0.0)
    share_outside: Mapped[float] = mapped_column(default=0.0)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)


class RunRisk(db.Model):  # type: ignore[name-defined,misc]
    """Money behind dropped and torn deals of a run: open and won in all, and by the value of one column.

    Records without a value are counted apart (`without_value`), never taken for zero; `likely_minor` says what open
    ones among them are likely to bring, where the deals that ended tell.
    """

    __tablename__ = "transfer_run_risk"
    __table_args__ = (
        UniqueConstraint("run_id", "table_name", "kind", "column_name", "position"),
        CheckConstraint("kind IN ('open', 'won', 'by')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    table_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(4))
    column_name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    value: Mapped[str] = mapped_column(Text)
    records: Mapped[int] = mapped_column(BigInteger)
    without_value: Mapped[int] = mapped_column(BigInteger)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    likely_minor: Mapped[int | None] = mapped_column(BigInteger)
