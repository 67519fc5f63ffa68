"""What the CRM counted, what people reported, how conflicts were settled, why a target was missed."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class ActivityCount(db.Model):  # type: ignore[name-defined,misc]
    """What the CRM's log says of one person's KPI on a day; days of nothing have no row, the coverage tells them."""

    __tablename__ = "activity_count"
    __table_args__ = (CheckConstraint("counted > 0", name="counted"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kpi_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    counted: Mapped[int]


class ActivityCounting(db.Model):  # type: ignore[name-defined,misc]
    """The last counting of a rollout's log: the days it held, and the KPIs it could tell."""

    __tablename__ = "activity_counting"

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    kpi_keys: Mapped[list[Plain]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)


class ActivityCoverage(db.Model):  # type: ignore[name-defined,misc]
    """A person whom the log knows: on the days of the counting no event means none, for others it means not known."""

    __tablename__ = "activity_coverage"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)


class ActivityReport(db.Model):  # type: ignore[name-defined,misc]
    """What somebody reported of a KPI on a day. Never edited: a correction is a later row, and the latest counts."""

    __tablename__ = "activity_report"
    __table_args__ = (
        CheckConstraint("reported >= 0", name="reported"),
        Index("ix_activity_report_by_day", "person_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kpi_key: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    reported: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class ActivitySettling(db.Model):  # type: ignore[name-defined,misc]
    """Which source holds for a KPI of a person in a period, and why. It settles exactly the two sums it was made on:
    other sums open the conflict again. Never edited, the latest counts.
    """

    __tablename__ = "activity_settling"
    __table_args__ = (
        CheckConstraint("holds IN ('crm', 'report')", name="holds"),
        Index("ix_activity_settling_by_person", "period_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("activity_period.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kpi_key: Mapped[str] = mapped_column(String(60))
    holds: Mapped[str] = mapped_column(String(8))
    crm: Mapped[int]
    reported: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class MissReason(db.Model):  # type: ignore[name-defined,misc]
    """Why a target was missed, as the person says (M46)."""

    __tablename__ = "activity_miss_reason"
    __table_args__ = (UniqueConstraint("period_id", "person_id", "kpi_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("activity_period.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kpi_key: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
