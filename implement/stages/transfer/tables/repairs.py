"""Repair files that were asked for: of a whole run, or of one case."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class RepairFile(db.Model):  # type: ignore[name-defined,misc]
    """What is missing or damaged, as one archive in the store (`sha256`), the same bytes at each download.

    `contents` lists its tables and what could not be put in; both are there once it is made.
    """

    __tablename__ = "transfer_repair"
    __table_args__ = (CheckConstraint("(made_at IS NULL) = (sha256 IS NULL)", name="made"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("transfer_case.id"))
    job_id: Mapped[int | None]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    made_at: Mapped[datetime | None] = mapped_column(Instant)
    sha256: Mapped[str | None] = mapped_column(String(64))
    contents: Mapped[dict[str, Plain]] = mapped_column(JSON, default=dict)
