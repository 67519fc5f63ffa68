"""Findings that somebody wrote, beside those that follow from answers."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class OwnFinding(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A finding or risk that the consultant adds to those that follow from the answers (M9).

    `source` says which other page it was made from, as `thing:id`, once for each; None where it was written by hand.
    The money is what the `figures` come to, each with its label and its value as a fraction.
    """

    __tablename__ = "audit_own_finding"
    __table_args__ = (
        CheckConstraint("kind IN ('finding', 'risk')", name="kind"),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        UniqueConstraint("audit_id", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    severity: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text, default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    amount_minor_per_year: Mapped[int | None] = mapped_column(BigInteger)
    figures: Mapped[list[dict[str, Plain]]] = mapped_column(JSON, default=list)
    source: Mapped[str | None] = mapped_column(String(120))
    item_id: Mapped[str] = mapped_column(String(120), default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
