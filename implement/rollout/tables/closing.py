"""The report with which a rollout is closed, frozen byte for byte."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class ClosingReport(db.Model):  # type: ignore[name-defined,misc]
    """One edition; `html_sha256` names the bytes that both sides sign. The rollout is closed once both have.

    Never edited but for the print with both signatures; a report made anew before that is a new row.
    """

    __tablename__ = "closing_report"
    __table_args__ = (UniqueConstraint("rollout_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    html_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    signed_pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
