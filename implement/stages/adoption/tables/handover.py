"""What somebody handed over when they left or went away, client by client, and to whom (M129)."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class Handover(db.Model):  # type: ignore[name-defined,misc]
    """A confirmed handover of one person's open deals, from the export `export_sha256`. Never edited; a later one of
    the same person holds what has come since.
    """

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner: Mapped[str] = mapped_column(String(200))
    export_sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class HandoverItem(db.Model):  # type: ignore[name-defined,misc]
    """One client of a handover: its open deals by their keys, the money by currency in text, and who receives it."""

    __tablename__ = "handover_item"
    __table_args__ = (
        UniqueConstraint("handover_id", "client"),
        CheckConstraint("without_value >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    client: Mapped[str] = mapped_column(Text)
    deal_keys: Mapped[list[Plain]] = mapped_column(JSON)
    worth: Mapped[dict[str, Plain]] = mapped_column(JSON)
    without_value: Mapped[int]
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
