"""Sign-offs: the report of a run as it was laid before both sides, frozen byte for byte."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class SignOff(db.Model):  # type: ignore[name-defined,misc]
    """A report of one run, made to be signed; `html_sha256` names the exact bytes that signatures are about.

    `content_sha256` tells whether the run still reads as it did then; `signed_pdf_sha256` is the print with the
    signatures of both sides, once they are there. A report made later is a new row.
    """

    __tablename__ = "transfer_sign_off"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("transfer_run.id"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    content_sha256: Mapped[str] = mapped_column(String(64))
    html_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    signed_pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
