"""What is kept of a job."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(db.Model):  # type: ignore[name-defined]
    """A piece of work in the background; `done_rows` of `total_rows` is what the bar shows."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("done_rows >= 0 AND total_rows >= 0", name="rows"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), index=True)
    rollout_id: Mapped[int | None] = mapped_column(index=True)
    arguments: Mapped[dict[str, Plain]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12), default=JobState.QUEUED, index=True)
    step: Mapped[str] = mapped_column(String(200), default="")
    done_rows: Mapped[int] = mapped_column(default=0)
    total_rows: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(String(32), default="")
    result: Mapped[dict[str, Plain] | None] = mapped_column(JSON)
    refusal: Mapped[dict[str, Plain] | None] = mapped_column(JSON)
    created_by_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    heartbeat_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def is_finished(self) -> bool:
        """True when nothing more will happen to it by itself."""
        return self.state not in (JobState.QUEUED, JobState.RUNNING)

    @property
    def share_done(self) -> float:
        """Done rows as a share of all rows, 0–1; 0 while the total is unknown."""
        return min(1.0, self.done_rows / self.total_rows) if self.total_rows else 0.0
