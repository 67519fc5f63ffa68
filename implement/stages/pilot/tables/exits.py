"""Exit reports: what a wave came to, frozen byte for byte, with go, extend or no go, for both sides to sign."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class ExitReport(db.Model):  # type: ignore[name-defined,misc]
    """One report of a wave; `html_sha256` names the exact bytes that signatures are about. A later one is a new row."""

    __tablename__ = "exit_report"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint("verdict IN ('go', 'extend', 'no_go')", name="verdict"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(verdict = 'extend') = (extended_until IS NOT NULL)", name="extended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    number: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(Text)
    extended_until: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(2))
    html_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    signed_pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(Instant)
