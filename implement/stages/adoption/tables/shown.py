"""What was shown of groups, and who counted in them: later figures must not tell of few by the difference (R11)."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import db
from implement.jobs import Plain


class ShownFigures(db.Model):  # type: ignore[name-defined,misc]
    """One kind of figure of one week: the parts into which all that was shown divides people, and by group the people
    and the figure as shown last.
    """

    __tablename__ = "shown_figures"
    __table_args__ = (UniqueConstraint("rollout_id", "kind", "monday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    kind: Mapped[str] = mapped_column(String(20))
    monday: Mapped[date]
    parts: Mapped[list[Plain]] = mapped_column(JSON)
    groups: Mapped[dict[str, Plain]] = mapped_column(JSON)


class CountedStaff(db.Model):  # type: ignore[name-defined,misc]
    """Who counted in which team in the figures of a week, and who had agreed to be an example; never edited."""

    __tablename__ = "counted_staff"
    __table_args__ = (UniqueConstraint("rollout_id", "monday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    monday: Mapped[date]
    people: Mapped[list[Plain]] = mapped_column(JSON)
    agreed: Mapped[list[Plain]] = mapped_column(JSON)
