"""What people answered, and the files they showed for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class AuditAnswer(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """What one person answers to one question; an empty value is a note without an answer yet.

    `typed_in`: somebody else had to enter it for them (M10).
    """

    __tablename__ = "audit_answer"
    __table_args__ = (UniqueConstraint("audit_id", "item_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    item_id: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int] = mapped_column(ForeignKey("audit_person.id"), index=True)
    value: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    typed_in: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)


class AuditEvidence(db.Model):  # type: ignore[name-defined,misc]
    """A file that a person showed for an answer; taken away it stays in the store and can be put back."""

    __tablename__ = "audit_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    item_id: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int] = mapped_column(ForeignKey("audit_person.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
