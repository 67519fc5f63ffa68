"""The register of bypasses: ways round the CRM, what is done about each, and how much it is still used (M130)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Bypass(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A way round the CRM with the technical measure and the administrative rule against it; `source` says which
    figures of the CRM tell how much it is used, empty where somebody notes it.
    """

    __tablename__ = "bypass"
    __table_args__ = (
        UniqueConstraint("rollout_id", "name"),
        CheckConstraint("name <> '' AND technical_measure <> '' AND rule <> ''", name="filled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    name: Mapped[str] = mapped_column(String(200))
    technical_measure: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    source: Mapped[str] = mapped_column(String(20), default="")


class BypassNote(db.Model):  # type: ignore[name-defined,misc]
    """What became of a bypass on a day: its state, and how often it was still used if counted. Never edited."""

    __tablename__ = "bypass_note"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'narrowed', 'closed')", name="state"),
        CheckConstraint("still_used IS NULL OR still_used >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bypass_id: Mapped[int] = mapped_column(ForeignKey("bypass.id"), index=True)
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    still_used: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
