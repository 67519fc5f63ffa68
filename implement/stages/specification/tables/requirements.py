"""Requirements, and the findings and tasks that each follows from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class Requirement(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """What the CRM must be able to do, and how one sees that it can; its number is never given twice in a rollout.

    Priorities are those of MoSCoW. One that was taken away stays, and can be put back.
    """

    __tablename__ = "requirement"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("priority IN ('must', 'should', 'could', 'wont')", name="priority"),
        CheckConstraint("text <> ''", name="text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    acceptance_test: Mapped[str] = mapped_column(Text, default="")
    priority: Mapped[str] = mapped_column(String(10))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    used_by: Mapped[str] = mapped_column(String(500), default="")
    needs: Mapped[str] = mapped_column(Text, default="")
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class RequirementOrigin(db.Model):  # type: ignore[name-defined,misc]
    """What a requirement follows from: a finding of the audit by its key, or a task the CRM must solve by its id.

    `said` is how it read on the day it was chosen, for findings go when their answers change.
    """

    __tablename__ = "requirement_origin"
    __table_args__ = (
        UniqueConstraint("requirement_id", "kind", "key"),
        CheckConstraint("kind IN ('finding', 'aim')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"))
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(200), index=True)
    said: Mapped[str] = mapped_column(Text)
