"""The cost over three years: offers, figures as low, likely and high, savings, calls, what passes to accounting.

Low, likely and high are whole: minor units where a figure is money, else thousandths of it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db

IN_ORDER = "0 <= low AND low <= likely AND likely <= high"


class Offer(db.Model):  # type: ignore[name-defined,misc]
    """One way to buy a system that is priced, with whose word it is and of which day; taken away it can be put back.

    `system_key` is that of the catalogue's system; empty where it stands for none of them.
    """

    __tablename__ = "offer"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    system_key: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    offered_on: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class FirmFigure(db.Model):  # type: ignore[name-defined,misc]
    """A figure of the firm, the same whatever the offer, with its source."""

    __tablename__ = "firm_figure"
    __table_args__ = (CheckConstraint(IN_ORDER, name="in_order"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    factor_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    low: Mapped[int]
    likely: Mapped[int]
    high: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class OfferFigure(db.Model):  # type: ignore[name-defined,misc]
    """A figure of one offer, with its source."""

    __tablename__ = "offer_figure"
    __table_args__ = (CheckConstraint(IN_ORDER, name="in_order"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    factor_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    low: Mapped[int]
    likely: Mapped[int]
    high: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class SavingLine(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A saving: pieces a year (thousandths) times money a piece; who collects the pieces until when (M97)."""

    __tablename__ = "saving_line"
    __table_args__ = (
        CheckConstraint(IN_ORDER, name="in_order"),
        CheckConstraint("title <> '' AND collected_by <> ''", name="said"),
        CheckConstraint("first_month BETWEEN 1 AND 36 AND piece_minor >= 0", name="limits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(80))
    low: Mapped[int]
    likely: Mapped[int]
    high: Mapped[int]
    piece_minor: Mapped[int]
    first_month: Mapped[int]
    collected_by: Mapped[str] = mapped_column(String(200))
    due: Mapped[date | None]
    collected_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class CallDemand(db.Model):  # type: ignore[name-defined,misc]
    """Calls of a day as counted, and how many people answer; shares and minutes in thousandths (M96)."""

    __tablename__ = "call_demand"
    __table_args__ = (
        CheckConstraint("calls >= 0 AND people > 0 AND day_thousandths > 0 AND call_thousandths > 0", name="size"),
        CheckConstraint("repeated_thousandths BETWEEN 0 AND 1000", name="repeated"),
        CheckConstraint("busiest_thousandths BETWEEN 1 AND 1000", name="busiest"),
    )

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    calls: Mapped[int]
    repeated_thousandths: Mapped[int]
    day_thousandths: Mapped[int]
    busiest_thousandths: Mapped[int]
    call_thousandths: Mapped[int]
    people: Mapped[int]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class ExchangeLine(db.Model):  # type: ignore[name-defined,misc]
    """What passes between CRM and accounting: which system leads, on which way, how much work by hand (M110)."""

    __tablename__ = "exchange_line"
    __table_args__ = (
        CheckConstraint("leads IN ('', 'crm', 'accounting')", name="leads"),
        CheckConstraint("way IN ('automatic', 'file', 'by_hand')", name="way"),
        CheckConstraint("records_a_week >= 0 AND seconds_each >= 0", name="work"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    what: Mapped[str] = mapped_column(String(120))
    leads: Mapped[str] = mapped_column(String(12))
    way: Mapped[str] = mapped_column(String(12))
    records_a_week: Mapped[int]
    seconds_each: Mapped[int]
    tested_on: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
