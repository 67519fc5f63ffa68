"""What an audit keeps: the frozen packs, who was asked what, answers, evidence, own findings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Audit(db.Model):  # type: ignore[name-defined,misc]
    """The audit of a rollout, asked with one or several packs.

    `answered` of `applying` questions, and how many findings and risks there are, are kept up to date at each answer.
    """

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("rollout_id"),
        CheckConstraint("answered >= 0 AND answered <= applying", name="answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    answered: Mapped[int] = mapped_column(default=0)
    applying: Mapped[int]
    findings: Mapped[int] = mapped_column(default=0)
    risks: Mapped[int] = mapped_column(default=0)
    obstacles: Mapped[int] = mapped_column(default=0)


class AuditPack(db.Model):  # type: ignore[name-defined,misc]
    """One pack of an audit, frozen as it was when chosen: the file in the store, its version, its hash."""

    __tablename__ = "audit_pack"
    __table_args__ = (UniqueConstraint("audit_id", "pack_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    pack_key: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    file_sha256: Mapped[str] = mapped_column(String(64))
    pack_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)


class OwnPack(db.Model):  # type: ignore[name-defined,misc]
    """A version of a pack that the consultancy wrote itself; taken away it stays with the audits that use it."""

    __tablename__ = "audit_own_pack"
    __table_args__ = (UniqueConstraint("pack_key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_key: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    file_sha256: Mapped[str] = mapped_column(String(64))
    pack_hash: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class AuditPerson(db.Model):  # type: ignore[name-defined,misc]
    """Somebody who answers: with an account, by a link, or by telling the consultant.

    A link holds from `link_from_at` on; without it none does.
    """

    __tablename__ = "audit_person"
    __table_args__ = (UniqueConstraint("audit_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    link_from_at: Mapped[datetime | None] = mapped_column(Instant)
    link_until_at: Mapped[datetime | None] = mapped_column(Instant)


class AuditRequest(db.Model):  # type: ignore[name-defined,misc]
    """A section that a person was asked to answer, and since when (M10)."""

    __tablename__ = "audit_request"
    __table_args__ = (UniqueConstraint("person_id", "section_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("audit_person.id"))
    section_key: Mapped[str] = mapped_column(String(160))
    asked_at: Mapped[datetime] = mapped_column(Instant)


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
