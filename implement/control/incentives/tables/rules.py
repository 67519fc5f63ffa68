"""Rules of variable pay in versions, and the variable amount agreed with each person."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class PayRule(db.Model):  # type: ignore[name-defined,misc]
    """A rule by which variable pay is priced, for the people who have it."""

    __tablename__ = "pay_rule"
    __table_args__ = (UniqueConstraint("rollout_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    name: Mapped[str] = mapped_column(String(120))


class PayRuleVersion(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """One version: a draft that two may edit until a second person releases it; from then on it is never edited.

    `editors` are the accounts that wrote on it; none of them releases it. `terms` are those of engine.pay.rule.
    """

    __tablename__ = "pay_rule_version"
    __table_args__ = (
        UniqueConstraint("rule_id", "number"),
        CheckConstraint("(released_at IS NULL) = (released_by_id IS NULL)", name="released"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("pay_rule.id"))
    number: Mapped[int]
    terms: Mapped[dict[str, Plain]] = mapped_column(JSON)
    valid_from: Mapped[date]
    editors: Mapped[list[int]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    sha256: Mapped[str] = mapped_column(String(64), default="")


class VariablePay(db.Model):  # type: ignore[name-defined,misc]
    """The variable amount of a person at full plan a month, by a rule, from a day on. Never edited."""

    __tablename__ = "variable_pay"
    __table_args__ = (
        CheckConstraint("variable_minor >= 0", name="amount"),
        Index("ix_variable_pay_person_id", "person_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("pay_rule.id"))
    variable_minor: Mapped[int] = mapped_column(BigInteger)
    valid_from: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
