"""Who let their best-kept deals be shown to colleagues, and since when not any more."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class ExampleConsent(db.Model):  # type: ignore[name-defined,misc]
    """A person agrees that their best-kept deals are shown to colleagues, or no longer. Never edited: the last word
    holds.
    """

    __tablename__ = "example_consent"
    __table_args__ = (Index("ix_example_consent_person", "rollout_id", "person_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agrees: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
