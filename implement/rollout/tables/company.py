"""The firm, its rollout, what the CRM must solve, and the waves."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Company(db.Model):  # type: ignore[name-defined,misc]
    """A client firm."""

    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class Rollout(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """One introduction of a CRM at one firm (M1)."""

    __tablename__ = "rollout"
    __table_args__ = (
        CheckConstraint("legal_profile IN ('DE', 'PL', 'RU', 'EU')", name="legal_profile"),
        CheckConstraint("pay_policy IN ('none', 'incentives', 'variable', 'both')", name="pay_policy"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(Text)
    legal_profile: Mapped[str] = mapped_column(String(2), default="EU")
    pay_policy: Mapped[str] = mapped_column(String(12), default="incentives")
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    pay_currency: Mapped[str] = mapped_column(String(3), default="")
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Berlin")
    holiday_calendar: Mapped[str] = mapped_column(String(8), default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Aim(db.Model):  # type: ignore[name-defined,misc]
    """A task that the CRM must solve, traceable to the end (M2)."""

    __tablename__ = "aim"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Wave(db.Model):  # type: ignore[name-defined,misc]
    """The teams that start together (M23); the first one is the pilot."""

    __tablename__ = "wave"
    __table_args__ = (UniqueConstraint("rollout_id", "position"), UniqueConstraint("rollout_id", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    go_live: Mapped[date | None]
