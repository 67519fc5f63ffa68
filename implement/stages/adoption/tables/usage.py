"""What the adoption room keeps: uploads, parts of the log, decisions about user ids, and the frozen evaluations."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class UsageUpload(db.Model):  # type: ignore[name-defined,misc]
    """Files that somebody handed in together: what was found in them, what each table was confirmed to be, what came
    of it.
    """

    __tablename__ = "usage_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    files: Mapped[list[Plain]] = mapped_column(JSON)
    tables: Mapped[list[Plain] | None] = mapped_column(JSON)
    faults: Mapped[list[Plain]] = mapped_column(JSON, default=list)
    outcome: Mapped[dict[str, Plain] | None] = mapped_column(JSON)
    reading_job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    taking_job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class LogPart(db.Model):  # type: ignore[name-defined,misc]
    """A part of the usage log: typed events as Parquet in the store. The same part is known once; parts may overlap.

    A part without upload came from programs; many small ones of those become one.
    """

    __tablename__ = "log_part"
    __table_args__ = (UniqueConstraint("rollout_id", "sha256"), CheckConstraint("first_day <= last_day", name="days"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("usage_upload.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    first_day: Mapped[date]
    last_day: Mapped[date]
    event_count: Mapped[int]
    columns: Mapped[list[Plain]] = mapped_column(JSON)
    is_sessions_only: Mapped[bool]
    has_clock: Mapped[bool]


class EventBatch(db.Model):  # type: ignore[name-defined,misc]
    """A batch of events that a program handed in; the same key is taken once, whatever happens in between."""

    __tablename__ = "event_batch"
    __table_args__ = (UniqueConstraint("rollout_id", "key"), Index("ix_event_batch_token", "token_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"))
    key: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    line_count: Mapped[int]
    event_count: Mapped[int]
    known_count: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)


class UsageBasis(db.Model):  # type: ignore[name-defined,misc]
    """What the evaluations of a rollout rest on; `edition` goes up with every change of it, so that two imports at the
    same moment find each other out. Events from before `events_from` were deleted; their days stay as counted.
    """

    __tablename__ = "usage_basis"

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(default=0)
    events_from: Mapped[date | None]


class BookedOrder(db.Model):  # type: ignore[name-defined,misc]
    """An order as another system booked it; without a deal the CRM never knew of it."""

    __tablename__ = "booked_order"
    __table_args__ = (
        UniqueConstraint("rollout_id", "number"),
        Index("ix_booked_order_day", "rollout_id", "day"),
        CheckConstraint("number <> '' AND crm_user <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    number: Mapped[str] = mapped_column(String(200))
    crm_user: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    crm_deal_id: Mapped[str] = mapped_column(String(200))


class UserDecision(db.Model):  # type: ignore[name-defined,misc]
    """Somebody decided that a user id counts, or does not, and why. Never edited: the last word holds."""

    __tablename__ = "user_decision"
    __table_args__ = (
        Index("ix_user_decision_user", "rollout_id", "crm_user"),
        CheckConstraint("decision IN ('count', 'leave_out', 'undecided')", name="decision"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    crm_user: Mapped[str] = mapped_column(String(200))
    decision: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class Evaluation(db.Model):  # type: ignore[name-defined,misc]
    """One scoring of everybody as of a day, frozen. `groups` holds what teams, waves and the whole rollout came to."""

    __tablename__ = "evaluation"
    __table_args__ = (Index("ix_evaluation_latest", "rollout_id", "edition", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    edition: Mapped[int]
    as_of: Mapped[date]
    first_day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    people_count: Mapped[int]
    groups: Mapped[list[Plain]] = mapped_column(JSON)
    notes: Mapped[list[Plain]] = mapped_column(JSON)


class PersonScore(db.Model):  # type: ignore[name-defined,misc]
    """One person in one evaluation: the score with its interval and parts, the band, the weeks. Never edited.

    `evidence` is what the evidence of resistance rests on: its interval, its reasons, the kinds it fits, and whether it
    stood above the threshold. `shown_team` is the team where it is large enough to be told, else empty.
    """

    __tablename__ = "person_score"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "person_id"),
        CheckConstraint("status IN ('scored', 'not_enough_data')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    pseudonym: Mapped[str] = mapped_column(String(20))
    shown_team: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(16))
    usage_score: Mapped[float | None] = mapped_column(Float)
    low_score: Mapped[float | None] = mapped_column(Float)
    high_score: Mapped[float | None] = mapped_column(Float)
    resistance_score: Mapped[float | None] = mapped_column(Float)
    is_flagged: Mapped[bool] = mapped_column(default=False)
    evidence: Mapped[dict[str, Plain]] = mapped_column(JSON, default=dict)
    band: Mapped[str | None] = mapped_column(String(10))
    days_silent: Mapped[int | None]
    last_active_day: Mapped[date | None]
    present_days: Mapped[int]
    parts: Mapped[list[Plain]] = mapped_column(JSON)
    weeks: Mapped[list[Plain]] = mapped_column(JSON)
    notes: Mapped[list[Plain]] = mapped_column(JSON)


class LeftOut(db.Model):  # type: ignore[name-defined,misc]
    """A user id that an evaluation does not count, why, and how many events go with it."""

    __tablename__ = "left_out"
    __table_args__ = (UniqueConstraint("evaluation_id", "crm_user"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    crm_user: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(String(20))
    details: Mapped[list[Plain]] = mapped_column(JSON)
    event_count: Mapped[int]
