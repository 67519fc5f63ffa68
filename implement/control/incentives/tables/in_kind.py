"""Rewards in kind: the rule of a rollout, what people asked for, what was granted (M25)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class RewardRule(db.Model):  # type: ignore[name-defined,misc]
    """So many well-kept records are worth one reward, from a day to a day; never edited, only ended earlier."""

    __tablename__ = "reward_rule"
    __table_args__ = (
        CheckConstraint("records_per_reward >= 1", name="records"),
        CheckConstraint("starts_on <= ends_on", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    reward: Mapped[str] = mapped_column(String(200))
    records_per_reward: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class RewardGrant(db.Model):  # type: ignore[name-defined,misc]
    """Rewards handed to a person: by whom, when; below 0 takes back what was granted by mistake, with the reason."""

    __tablename__ = "reward_grant"
    __table_args__ = (
        CheckConstraint("reward_count <> 0", name="rewards"),
        CheckConstraint("reward_count > 0 OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("reward_rule.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reward_count: Mapped[int]
    records_then: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300), default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class RewardClaim(db.Model):  # type: ignore[name-defined,misc]
    """A person asks for a reward that is due and so says who they are; answered once it is granted."""

    __tablename__ = "reward_claim"
    __table_args__ = (UniqueConstraint("grant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("reward_rule.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("reward_grant.id"))
