"""The register of what the CRM offers and costs: functions, paid seats, fields that people fill in (M133, M134)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Removable, db


class CrmFunction(Removable, db.Model):  # type: ignore[name-defined,misc]
    """A function or a kind of seat: since when, who was told, what it costs; `counted_as` is the object of the log by
    which its use is counted, empty where the log does not tell.
    """

    __tablename__ = "crm_function"
    __table_args__ = (
        UniqueConstraint("rollout_id", "name"),
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        CheckConstraint("yearly_cost_minor IS NULL OR yearly_cost_minor >= 0", name="cost"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    name: Mapped[str] = mapped_column(String(200))
    counted_as: Mapped[str] = mapped_column(String(20), default="")
    introduced_on: Mapped[date | None]
    told: Mapped[str] = mapped_column(Text, default="")
    seats: Mapped[int | None]
    yearly_cost_minor: Mapped[int | None]


class CrmField(Removable, db.Model):  # type: ignore[name-defined,misc]
    """A field that people fill in, how long that takes, and where it is read; read nowhere when empty."""

    __tablename__ = "crm_field"
    __table_args__ = (
        UniqueConstraint("rollout_id", "name"),
        CheckConstraint("seconds > 0 AND hourly_cost_minor >= 0", name="effort"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    name: Mapped[str] = mapped_column(String(200))
    entries_a_week: Mapped[int | None]
    seconds: Mapped[int]
    hourly_cost_minor: Mapped[int]
    read_in: Mapped[str] = mapped_column(Text, default="")
