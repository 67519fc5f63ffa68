"""Requests to change the system, what was decided and told, and conflicts about who does what."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class ChangeRequest(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A wished change of the system: why, which requirement it serves, the decision, and who is told what (M20, M103).

    `requirement_id` is one of the specification; told is everybody, or one team, or one role.
    """

    __tablename__ = "change_request"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        CheckConstraint("state IN ('asked', 'accepted', 'refused', 'done')", name="state"),
        CheckConstraint("state = 'asked' OR decision <> ''", name="decision"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done"),
        CheckConstraint("state <> 'done' OR told <> ''", name="told"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    requirement_id: Mapped[int | None]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    decision: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    planned_for: Mapped[date | None]
    done_on: Mapped[date | None]
    told: Mapped[str] = mapped_column(Text, default="")
    for_role: Mapped[str] = mapped_column(String(80), default="")
    for_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))


class ChangeRead(db.Model):  # type: ignore[name-defined,misc]
    """Somebody has seen what changed for them."""

    __tablename__ = "change_read"

    change_id: Mapped[int] = mapped_column(ForeignKey("change_request.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class TaskConflict(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A conflict about who does what between two sides, each a team or a person; the other may not be known yet.

    An arbiter finds the cause and decides, perhaps with an automation as a request to change the system (M28, M132).
    """

    __tablename__ = "task_conflict"
    __table_args__ = (
        CheckConstraint("(first_team_id IS NULL) <> (first_person_id IS NULL)", name="first_side"),
        CheckConstraint("other_team_id IS NULL OR other_person_id IS NULL", name="other_side"),
        CheckConstraint("(decided_at IS NULL) = (decision = '')", name="decided"),
        CheckConstraint("decided_at IS NULL OR cause <> ''", name="cause"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    task: Mapped[str] = mapped_column(String(200))
    function: Mapped[str] = mapped_column(String(80))
    first_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    first_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    other_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    other_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    what_happened: Mapped[str] = mapped_column(Text, default="")
    arbiter_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    due: Mapped[date]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    cause: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change_request.id"))
