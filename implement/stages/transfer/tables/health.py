"""What was found wrong with the tables of one side before anything was transferred."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.stages.transfer.tables.runs import SIDE


class HealthCheck(db.Model):  # type: ignore[name-defined,misc]
    """One look through the tables of a side; `inputs` names each as it was then, the rows behind all findings lie in
    the store.
    """

    __tablename__ = "transfer_health_check"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint(SIDE, name="side"),
        CheckConstraint("(finished_at IS NULL) = (rows_sha256 IS NULL)", name="finished"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    side: Mapped[str] = mapped_column(String(6))
    inputs: Mapped[list[list[int | str]]] = mapped_column(JSON)
    job_id: Mapped[int | None]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    rows_sha256: Mapped[str | None] = mapped_column(String(64))
    row_count: Mapped[int] = mapped_column(BigInteger, default=0)


class Ailment(db.Model):  # type: ignore[name-defined,misc]
    """One finding of a look through the tables: `concerned` of `of_rows` rows of a table share it.

    `examples` are values with what belongs to each and how often; `where_column` and `where_values` say under which
    values of another column all of it stands.
    """

    __tablename__ = "transfer_ailment"
    __table_args__ = (UniqueConstraint("check_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("transfer_health_check.id"))
    number: Mapped[int]
    table_name: Mapped[str] = mapped_column(Text)
    column_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    concerned: Mapped[int] = mapped_column(BigInteger)
    of_rows: Mapped[int] = mapped_column(BigInteger)
    parent_name: Mapped[str] = mapped_column(Text, default="")
    where_column: Mapped[str] = mapped_column(Text, default="")
    where_values: Mapped[list[str]] = mapped_column(JSON, default=list)
    examples: Mapped[list[list[str | int]]] = mapped_column(JSON, default=list)

    @property
    def share(self) -> float:
        """The share of the rows looked at."""
        return self.concerned / self.of_rows if self.of_rows else 0.0
