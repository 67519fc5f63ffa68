"""Findings that somebody wrote, beside those that follow from answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class OwnFinding(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A finding or risk that the consultant adds to those that follow from the answers (M9)."""

    __tablename__ = "audit_own_finding"
    __table_args__ = (
        CheckConstraint("kind IN ('finding', 'risk')", name="kind"),
        CheckConstraint("severity BETWEEN 1 AND 4", name="severity"),
        CheckConstraint("amount_minor_per_year IS NULL OR calculation <> ''", name="calculation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    severity: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text, default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    amount_minor_per_year: Mapped[int | None]
    calculation: Mapped[str] = mapped_column(Text, default="")
    item_id: Mapped[str] = mapped_column(String(120), default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
