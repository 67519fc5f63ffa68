"""Who answers in an audit, and which sections they were asked."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


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
    email: Mapped[str] = mapped_column(String(254), default="")
    link_from_at: Mapped[datetime | None] = mapped_column(Instant)
    link_until_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)


class AuditRequest(db.Model):  # type: ignore[name-defined,misc]
    """A section that a person was asked to answer, and since when (M10)."""

    __tablename__ = "audit_request"
    __table_args__ = (UniqueConstraint("person_id", "section_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("audit_person.id"))
    section_key: Mapped[str] = mapped_column(String(160))
    asked_at: Mapped[datetime] = mapped_column(Instant)
