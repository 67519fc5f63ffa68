"""What the room knows of waves beyond the hall: the help there is for newcomers, and the day that was promised."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class SupportPlan(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """Who helps newcomers, how many minutes a week each of them has for it, and how many a newcomer needs in the first,
    second … week.
    """

    __tablename__ = "support_plan"
    __table_args__ = (CheckConstraint("supporters >= 0 AND minutes_each BETWEEN 0 AND 3600", name="hours"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    supporters: Mapped[int]
    minutes_each: Mapped[int]
    minutes_by_week: Mapped[list[Plain]] = mapped_column(JSON)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class WavePromise(db.Model):  # type: ignore[name-defined,misc]
    """The first day a wave was promised for, as it stood when the plan was given out; later moves do not change it."""

    __tablename__ = "wave_promise"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    first_day: Mapped[date]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
