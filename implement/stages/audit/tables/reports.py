"""Editions of the full audit report: asked for, made in the background, frozen, signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class AuditReport(db.Model):  # type: ignore[name-defined,misc]
    """One edition: its HTML is what is signed, its PDF the print of it; `seal_sha256` is the sheet of signatures."""

    __tablename__ = "audit_report"
    __table_args__ = (
        UniqueConstraint("audit_id", "number"),
        CheckConstraint(
            "(made_at IS NULL) = (html_sha256 IS NULL) AND (made_at IS NULL) = (pdf_sha256 IS NULL)", name="made"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    job_id: Mapped[int | None]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_by_name: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    made_at: Mapped[datetime | None] = mapped_column(Instant)
    html_sha256: Mapped[str | None] = mapped_column(String(64))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    pages: Mapped[int | None]
    seal_sha256: Mapped[str | None] = mapped_column(String(64))
