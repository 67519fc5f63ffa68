"""The diary of routine work, and the figures that were frozen before the CRM.

Nothing here says who wrote what: a day stands under a keyed mark that only the running server can make of a link, has
no instant, and leaves no row in the log. When the diary closes its days are destroyed.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import LEAVES_NO_LOG, Instant, db
from implement.jobs import Plain


class Diary(db.Model):  # type: ignore[name-defined,misc]
    """One week of a diary; `seats` counts the links given out by group, `results` are sums from five people on.

    `addresses` are those to remind, until it closes; nothing ties one to a seat.
    """

    __tablename__ = "audit_diary"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    seats: Mapped[dict[str, int]] = mapped_column(JSON)
    addresses: Mapped[list[str]] = mapped_column(JSON, default=list)
    results: Mapped[list[Plain] | None] = mapped_column(JSON(none_as_null=True))


class DiaryDay(db.Model):  # type: ignore[name-defined,misc]
    """What somebody wrote of one day: minutes by kind; of a day without work the empty set."""

    __tablename__ = "audit_diary_day"
    __table_args__ = {"info": LEAVES_NO_LOG}

    diary_id: Mapped[int] = mapped_column(ForeignKey("audit_diary.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    group_name: Mapped[str] = mapped_column(String(80))
    minutes: Mapped[dict[str, int]] = mapped_column(JSON)


class AuditBaseline(db.Model):  # type: ignore[name-defined,misc]
    """One measure as it was at the audit, from the diary or the old list. Frozen: never edited nor replaced.

    Numbers are decimal text: a share 0–1, hours, counts, money in major units.
    """

    __tablename__ = "audit_baseline"
    __table_args__ = (
        UniqueConstraint("rollout_id", "measure"),
        CheckConstraint("origin IN ('diary', 'list')", name="origin"),
        CheckConstraint("n >= 0", name="counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    measure: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(40))
    low: Mapped[str] = mapped_column(String(40))
    high: Mapped[str] = mapped_column(String(40))
    n: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    origin: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
