"""What the pulse survey keeps: its rounds, sums of answers, and marks that name nobody.

Nothing here says who answered what: no column holds a person, an account, an instant or a place in an order, and
answering leaves no row in the log, which would tell when somebody answered and so who.
"""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import LEAVES_NO_LOG, db
from implement.jobs import Plain


class PulseRound(db.Model):  # type: ignore[name-defined,misc]
    """One round of the survey; `results` are the sums of the groups that may be shown, once the round is closed."""

    __tablename__ = "pulse_round"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("first_day <= last_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date]
    is_reminded: Mapped[bool] = mapped_column(default=False)
    results: Mapped[list[Plain] | None] = mapped_column(JSON(none_as_null=True))


class PulseMark(db.Model):  # type: ignore[name-defined,misc]
    """Somebody has answered in the open round: a keyed mark that only the running server can make from a person.

    Marks are kept so that nobody answers twice, and are destroyed when the round closes.
    """

    __tablename__ = "pulse_mark"
    __table_args__ = {"info": LEAVES_NO_LOG}

    round_id: Mapped[int] = mapped_column(ForeignKey("pulse_round.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


class PulseTally(db.Model):  # type: ignore[name-defined,misc]
    """The sums of one team in the open round; single answers are added and never kept. Destroyed when it closes."""

    __tablename__ = "pulse_tally"
    __table_args__ = (CheckConstraint("ballots >= 0", name="counted"), {"info": LEAVES_NO_LOG})

    round_id: Mapped[int] = mapped_column(ForeignKey("pulse_round.id"), primary_key=True)
    group_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    ballots: Mapped[int]
    counts: Mapped[dict[str, Plain]] = mapped_column(JSON)
