"""Texts that are still being written; what is kept for good is the hall's regulation with its versions."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class RegulationDraft(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A text being written, with its terms: the first version of a new one, or the next of one that stands."""

    __tablename__ = "regulation_draft"
    __table_args__ = (
        UniqueConstraint("regulation_id"),
        CheckConstraint("kind IN ('regulation', 'agreement')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    regulation_id: Mapped[int | None] = mapped_column(ForeignKey("regulation.id"))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date]
    terms: Mapped[dict[str, Plain]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
