"""Lists of deals that were handed in: the old one for the loss map, and one for each month of the client base."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class DealList(db.Model):  # type: ignore[name-defined,misc]
    """A list of deals: its files by name and hash, the tables found, how a person said it is to be read, the figures.

    `month` is the first day of the month whose export it is; None for the old list of the loss map. Of `plan` the
    columns are chosen first, then stages and day; `figures` stand as long as the plan does. A list that was replaced or
    withdrawn stays with its reason.
    """

    __tablename__ = "audit_deal_list"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("(finished_at IS NULL) = (figures IS NULL)", name="finished"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    month: Mapped[date | None]
    files: Mapped[list[list[str]]] = mapped_column(JSON)
    tables: Mapped[list[Plain] | None] = mapped_column(JSON(none_as_null=True))
    remarks: Mapped[list[Plain]] = mapped_column(JSON, default=list)
    plan: Mapped[dict[str, Plain] | None] = mapped_column(JSON(none_as_null=True))
    job_id: Mapped[int | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_by_name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    figures: Mapped[dict[str, Plain] | None] = mapped_column(JSON(none_as_null=True))
    names_sha256: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
