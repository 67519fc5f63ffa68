"""Remedies that were started: for whom, by whom, until when, and what came of them."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class StartedRemedy(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A remedy for one person or one team, with its owner (as a task of the hall) and the day from which its effect is
    judged. `kind` is the kind of evidence it was started on, `chosen` what its room was asked for ("" for nothing);
    `effect` is frozen when it is judged, never edited.
    """

    __tablename__ = "started_remedy"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="for_whom"),
        CheckConstraint("judge_on > starts_on", name="days"),
        CheckConstraint("stopped_on IS NULL OR stop_reason <> ''", name="stopped"),
        CheckConstraint("judged_at IS NULL OR stopped_on IS NULL", name="one_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    remedy: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    owner_name: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    judge_on: Mapped[date]
    expected: Mapped[str] = mapped_column(Text)
    chosen: Mapped[str] = mapped_column(String(80), default="")
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    stopped_on: Mapped[date | None]
    stop_reason: Mapped[str] = mapped_column(Text, default="")
    judging_job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    effect: Mapped[dict[str, Plain]] = mapped_column(JSON, default=dict)

    def state(self, today: date) -> str:
        """running, due for judgement, judged, or stopped before."""
        if self.judged_at is not None:
            return "judged"
        if self.stopped_on is not None:
            return "stopped"
        return "due" if self.judge_on <= today else "running"
