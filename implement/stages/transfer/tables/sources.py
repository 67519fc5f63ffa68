"""Where the records come from: who answers for each source, and what the old system itself counted."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class TransferSource(db.Model):  # type: ignore[name-defined,misc]
    """A source by the name of its file: who answers for it, until when it is due, why it is late, as of which day.

    It is handed in when a file of the old system with this name is in use.
    """

    __tablename__ = "transfer_source"
    __table_args__ = (
        UniqueConstraint("rollout_id", "name"),
        CheckConstraint("name <> '' AND owner_name <> ''", name="named"),
        CheckConstraint("delay IN ('', 'no_mandate', 'not_ready', 'not_allowed', 'other')", name="delay"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    name: Mapped[str] = mapped_column(String(255))
    owner_name: Mapped[str] = mapped_column(String(200))
    due: Mapped[date | None]
    exported_on: Mapped[date | None]
    mandate: Mapped[str] = mapped_column(Text, default="")
    delay: Mapped[str] = mapped_column(String(12), default="")
    delay_note: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)


class ControlTotal(db.Model):  # type: ignore[name-defined,misc]
    """What the old system itself counts or sums in a table, read from a screen or report by a person; never edited.

    With `column_name` it counts the rows whose cell there is `equals`; `amount_minor` sums `sum_column`.
    """

    __tablename__ = "transfer_control_total"
    __table_args__ = (
        CheckConstraint("(row_count IS NULL) <> (amount_minor IS NULL)", name="one_figure"),
        CheckConstraint("counted_by <> '' AND read_from <> ''", name="origin"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    table_name: Mapped[str] = mapped_column(Text)
    column_name: Mapped[str] = mapped_column(Text, default="")
    equals: Mapped[str] = mapped_column(Text, default="")
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    sum_column: Mapped[str] = mapped_column(Text, default="")
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), default="")
    counted_by: Mapped[str] = mapped_column(String(200))
    counted_on: Mapped[date]
    read_from: Mapped[str] = mapped_column(Text)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")


class HeldTotal(db.Model):  # type: ignore[name-defined,misc]
    """A control total held against the files of a run and against what arrived; figures are counts or minor units.

    None: the table or column is not there on that side.
    """

    __tablename__ = "transfer_held_total"
    __table_args__ = (
        UniqueConstraint("total_id", "run_id"),
        CheckConstraint("(accepted_by = '') = (accepted_reason = '')", name="accepted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    total_id: Mapped[int] = mapped_column(ForeignKey("transfer_control_total.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"), index=True)
    in_files: Mapped[int | None] = mapped_column(BigInteger)
    in_crm: Mapped[int | None] = mapped_column(BigInteger)
    differs: Mapped[bool]
    accepted_by: Mapped[str] = mapped_column(String(200), default="")
    accepted_reason: Mapped[str] = mapped_column(Text, default="")
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
