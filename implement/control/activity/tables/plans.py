"""KPIs of the firm, periods, one plan per role, targets per person, what was delivered and acknowledged, quotas."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class ActivityKpi(db.Model):  # type: ignore[name-defined,misc]
    """A countable activity of the firm's own, beside those of the catalogue; never changed, so that no count changes
    its meaning.
    """

    __tablename__ = "activity_kpi"
    __table_args__ = (
        UniqueConstraint("rollout_id", "key"),
        CheckConstraint("side IN ('volume', 'quality')", name="side"),
        CheckConstraint("about IN ('process', 'result')", name="about"),
        CheckConstraint("rule IN ('kept', 'late', 'incomplete', 'distinct', 'won', 'report')", name="rule"),
        CheckConstraint("minutes >= typing_minutes AND typing_minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    how: Mapped[str] = mapped_column(Text)
    gamed: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(String(8))
    rule: Mapped[str] = mapped_column(String(12))
    record: Mapped[str] = mapped_column(String(20), default="")
    actions: Mapped[list[Plain]] = mapped_column(JSON)
    lower_is_better: Mapped[bool]
    minutes: Mapped[int]
    typing_minutes: Mapped[int]
    beside: Mapped[str] = mapped_column(String(60), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class ActivityPeriod(db.Model):  # type: ignore[name-defined,misc]
    """A span of days that is planned, both ends inclusive; no two of a rollout overlap."""

    __tablename__ = "activity_period"
    __table_args__ = (
        UniqueConstraint("rollout_id", "first_day"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]


class ActivityPlan(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """The plan of one function in a period: the same KPIs and weights for everybody with it (M124), and the firm's day
    against which it is checked (M109, M122).
    """

    __tablename__ = "activity_plan"
    __table_args__ = (
        UniqueConstraint("period_id", "role"),
        CheckConstraint("productive_bp BETWEEN 1 AND 10000", name="productive"),
        CheckConstraint("minutes_a_day BETWEEN 60 AND 720", name="day"),
        CheckConstraint("most_typing_minutes >= 0", name="typing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("activity_period.id"))
    role: Mapped[str] = mapped_column(String(80))
    minutes_a_day: Mapped[int] = mapped_column(default=480)
    productive_bp: Mapped[int] = mapped_column(default=6_000)
    most_typing_minutes: Mapped[int] = mapped_column(default=120)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class ActivityPlanItem(db.Model):  # type: ignore[name-defined,misc]
    """A KPI of a plan with its weight; all weights of a plan come to 10,000 basis points."""

    __tablename__ = "activity_plan_item"
    __table_args__ = (
        UniqueConstraint("plan_id", "kpi_key"),
        CheckConstraint("weight_bp BETWEEN 0 AND 10000", name="weight"),
        CheckConstraint("minutes >= typing_minutes AND typing_minutes >= 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("activity_plan.id"))
    position: Mapped[int]
    kpi_key: Mapped[str] = mapped_column(String(60))
    weight_bp: Mapped[int]
    minutes: Mapped[int]
    typing_minutes: Mapped[int]


class ActivityTarget(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """How many of a KPI one person means to reach in a period; without a number it does not apply to them, for a
    reason that is listed (M124).
    """

    __tablename__ = "activity_target"
    __table_args__ = (
        UniqueConstraint("period_id", "person_id", "kpi_key"),
        CheckConstraint("target > 0 OR (target IS NULL AND reason <> '')", name="said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("activity_period.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kpi_key: Mapped[str] = mapped_column(String(60))
    target: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(300), default="")


class ActivityDelivery(db.Model):  # type: ignore[name-defined,misc]
    """The sheet of targets as it was handed to one person, frozen with its hash; acknowledged once, never edited."""

    __tablename__ = "activity_delivery"
    __table_args__ = (UniqueConstraint("period_id", "person_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("activity_period.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    sheet: Mapped[dict[str, Plain]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    delivered_at: Mapped[datetime] = mapped_column(Instant)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)


class SalesQuota(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """The sales plan of a team, or of one person, with the territory it stands for (M46, M105)."""

    __tablename__ = "sales_quota"
    __table_args__ = (
        UniqueConstraint("period_id", "team_id"),
        UniqueConstraint("period_id", "person_id"),
        CheckConstraint("(team_id IS NULL) <> (person_id IS NULL)", name="whose"),
        CheckConstraint("quota_minor >= 0", name="quota"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("activity_period.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    quota_minor: Mapped[int] = mapped_column(BigInteger)
    sold_minor: Mapped[int | None] = mapped_column(BigInteger)
    territory: Mapped[str] = mapped_column(String(200), default="")
    shortfall: Mapped[str] = mapped_column(String(40), default="")
