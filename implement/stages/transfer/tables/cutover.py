"""The cutover: its steps, the decision to go or not, and the way back."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db


class CutoverStep(db.Model):  # type: ignore[name-defined,misc]
    """A step of the cutover or of its way back; `key` names the proposed step whose text it shows while `title` is
    empty.
    """

    __tablename__ = "transfer_cutover_step"
    __table_args__ = (
        CheckConstraint("key <> '' OR title <> ''", name="named"),
        CheckConstraint("(done_at IS NULL) = (done_by = '')", name="done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    is_way_back: Mapped[bool] = mapped_column(default=False)
    owner_name: Mapped[str] = mapped_column(String(200), default="")
    planned_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str] = mapped_column(String(200), default="")


class CutoverDecision(db.Model):  # type: ignore[name-defined,misc]
    """Go or no-go, by name, role and reason, with the figures of the newest run as they stood; or until when the way
    back is open and who decides on it. Never edited: the newest of its kind stands.
    """

    __tablename__ = "transfer_cutover_decision"
    __table_args__ = (
        CheckConstraint("kind IN ('go', 'no_go', 'way_back')", name="kind"),
        CheckConstraint("name <> '' AND reason <> ''", name="reason"),
        CheckConstraint("(kind = 'way_back') = (ends_at IS NOT NULL)", name="ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    run_number: Mapped[int | None]
    source_rows: Mapped[int] = mapped_column(BigInteger, default=0)
    arrived: Mapped[int] = mapped_column(BigInteger, default=0)
    unexplained: Mapped[int] = mapped_column(BigInteger, default=0)
    differing: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
