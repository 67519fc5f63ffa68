"""When the firm does not work, and when its teams meet."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import db


class ClosedDay(db.Model):  # type: ignore[name-defined,misc]
    """A day on which the whole firm does not work, besides the public holidays of its calendars."""

    __tablename__ = "closed_day"

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class TeamMeeting(db.Model):  # type: ignore[name-defined,misc]
    """A team's regular meeting: weekday from 1 (Monday) to 7, and the minute of the day in the firm's local time."""

    __tablename__ = "team_meeting"
    __table_args__ = (
        UniqueConstraint("team_id", "weekday", "minute_of_day"),
        CheckConstraint("weekday BETWEEN 1 AND 7 AND minute_of_day BETWEEN 0 AND 1439", name="time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    weekday: Mapped[int]
    minute_of_day: Mapped[int]
