"""People, teams and what several rooms know of their days."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Versioned, db


class Team(db.Model):  # type: ignore[name-defined,misc]
    """A team, its head and the wave it starts with; without a calendar of its own the rollout's holds."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("rollout_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    name: Mapped[str] = mapped_column(String(120))
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", use_alter=True))
    wave_id: Mapped[int | None] = mapped_column(ForeignKey("wave.id"), index=True)
    holiday_calendar: Mapped[str] = mapped_column(String(8), default="")


class Person(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """Somebody on the firm's staff; `crm_user` is their id in the CRM, `work_days` the weekdays they work (1 =
    Monday).
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        UniqueConstraint("rollout_id", "crm_user"),
        CheckConstraint("fte > 0 AND fte <= 1", name="fte"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[str] = mapped_column(String(60))
    crm_user: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    role: Mapped[str] = mapped_column(String(80), default="")
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    fte: Mapped[float] = mapped_column(default=1.0)
    work_days: Mapped[str] = mapped_column(String(7), default="12345")
    hired: Mapped[date | None]
    left: Mapped[date | None]
    is_excluded: Mapped[bool] = mapped_column(default=False)
    exclusion_reason: Mapped[str] = mapped_column(String(60), default="")


class Absence(db.Model):  # type: ignore[name-defined,misc]
    """Days on which a person was away, both ends inclusive."""

    __tablename__ = "absence"
    __table_args__ = (
        UniqueConstraint("person_id", "first_day", "last_day"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(40), default="")
