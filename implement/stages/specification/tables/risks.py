"""Risks, who is in the joint team, what the director's mandate demands, third parties, backups."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class Risk(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A risk of the register: found by a rule (empty words are the rule's) or by a person.

    `evidence` names the rules of the audit and the facts that spoke when it was last looked at.
    """

    __tablename__ = "risk"
    __table_args__ = (
        UniqueConstraint("rollout_id", "rule_key"),
        CheckConstraint("likelihood BETWEEN 1 AND 4 AND impact BETWEEN 1 AND 4", name="size"),
        CheckConstraint("state IN ('open', 'watched', 'happened', 'closed')", name="state"),
        CheckConstraint("rule_key IS NOT NULL OR title <> ''", name="title"),
        CheckConstraint("budget_minor IS NULL OR budget_minor >= 0", name="budget"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    rule_key: Mapped[str | None] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300), default="")
    prevention: Mapped[str] = mapped_column(Text, default="")
    trigger: Mapped[str] = mapped_column(Text, default="")
    likelihood: Mapped[int]
    impact: Mapped[int]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    budget_minor: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10), default="open")
    evidence: Mapped[list[Plain]] = mapped_column(JSON)
    gone_at: Mapped[datetime | None] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class TeamPart(db.Model):  # type: ignore[name-defined,misc]
    """Somebody in the joint team: on which side, in which part, with which duty, and what they gain."""

    __tablename__ = "team_part"
    __table_args__ = (
        CheckConstraint("side IN ('client', 'consultancy', 'vendor')", name="side"),
        CheckConstraint("name <> '' AND duty <> ''", name="said"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    part: Mapped[str] = mapped_column(String(30))
    side: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    duty: Mapped[str] = mapped_column(Text)
    gain: Mapped[str] = mapped_column(Text, default="")
    hours_a_week: Mapped[int | None]
    will_use: Mapped[bool] = mapped_column(default=False)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class MandateLine(db.Model):  # type: ignore[name-defined,misc]
    """Who supplies what by when, by the director's written mandate; a delay may have the reason "no mandate" (M131)."""

    __tablename__ = "mandate_line"
    __table_args__ = (CheckConstraint("what <> '' AND supplier <> ''", name="said"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    what: Mapped[str] = mapped_column(String(300))
    supplier: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    delivered_on: Mapped[date | None]
    delay_reason: Mapped[str] = mapped_column(String(300), default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class ThirdParty(db.Model):  # type: ignore[name-defined,misc]
    """Another firm that holds the client's records, with its contract (M136)."""

    __tablename__ = "third_party"
    __table_args__ = (CheckConstraint("name <> '' AND holds <> ''", name="said"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    holds: Mapped[str] = mapped_column(String(300))
    country: Mapped[str] = mapped_column(String(80), default="")
    contract: Mapped[str] = mapped_column(String(300), default="")
    until: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class CrmBackup(db.Model):  # type: ignore[name-defined,misc]
    """How the CRM is backed up: hours between copies, one outside, the last tried restore (M56)."""

    __tablename__ = "crm_backup"
    __table_args__ = (CheckConstraint("interval_hours IS NULL OR interval_hours > 0", name="interval"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    interval_hours: Mapped[int | None]
    has_outside: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(300), default="")
    restored_on: Mapped[date | None]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
