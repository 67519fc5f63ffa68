"""The audit of a rollout, the packs it froze, the consultancy's own packs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


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
