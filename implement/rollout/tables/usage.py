"""Usage per CRM user and day: what several rooms read instead of the events themselves."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import db
from implement.jobs import Plain

NOBODY = ""


class UsageDay(db.Model):  # type: ignore[name-defined,misc]
    """What one CRM user did on one day, robots and strangers among them; the empty user stands for events that name
    nobody.

    `active_events` were done by hand and changed something, `records` are contacts, deals and activities among them;
    `counts` holds every further counter of the roll-up that is not zero.
    """

    __tablename__ = "usage_day"
    __table_args__ = (
        Index("ix_usage_day_by_day", "rollout_id", "day"),
        CheckConstraint("events >= 0 AND active_events >= 0 AND records >= 0", name="counted"),
    )

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    crm_user: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    events: Mapped[int]
    active_events: Mapped[int]
    records: Mapped[int]
    counts: Mapped[dict[str, Plain]] = mapped_column(JSON)
