"""The planned CRM: roles, kinds of record, stages, fields, functions, rights, and how long an entry takes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db


class PlannedRole(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A role in the CRM; `key` names the proposal it came from, empty for one's own."""

    __tablename__ = "planned_role"
    __table_args__ = (UniqueConstraint("rollout_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200))


class PlannedObject(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A kind of record, how many of them one person begins a week, and where that estimate comes from."""

    __tablename__ = "planned_object"
    __table_args__ = (UniqueConstraint("rollout_id", "name"), CheckConstraint("records_a_week >= 0", name="records"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200))
    records_a_week: Mapped[int]
    estimate: Mapped[str] = mapped_column(String(500), default="")


class PlannedStage(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A stage of a deal, how many days it may take, and what must be true to leave it (M42)."""

    __tablename__ = "planned_stage"
    __table_args__ = (UniqueConstraint("rollout_id", "name"), CheckConstraint("days > 0", name="days"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    key: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    days: Mapped[int]
    done_when: Mapped[str] = mapped_column(Text, default="")


class PlannedField(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A field: its kind, who fills it in (nobody: the CRM itself), who reads it, and the requirement that asks for it.

    Entries a week are one person's; without them each new record is one. `why` is the finding it was proposed for.
    """

    __tablename__ = "planned_field"
    __table_args__ = (
        CheckConstraint("step IN ('framework', 'later')", name="step"),
        CheckConstraint("entries_a_week IS NULL OR entries_a_week >= 0", name="entries"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    object_id: Mapped[int] = mapped_column(ForeignKey("planned_object.id"))
    key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    is_required: Mapped[bool] = mapped_column(default=False)
    filled_by_id: Mapped[int | None] = mapped_column(ForeignKey("planned_role.id"))
    read_by: Mapped[str] = mapped_column(String(500), default="")
    requirement_id: Mapped[int | None] = mapped_column(ForeignKey("requirement.id"))
    step: Mapped[str] = mapped_column(String(20), default="framework")
    entries_a_week: Mapped[int | None]
    why: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class PlannedPart(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """A function, widget or integration; requirements that ask for it stand beside it."""

    __tablename__ = "planned_part"
    __table_args__ = (
        CheckConstraint("kind IN ('function', 'widget', 'integration')", name="kind"),
        CheckConstraint("step IN ('framework', 'later')", name="step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    key: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    step: Mapped[str] = mapped_column(String(20), default="framework")
    why: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class PartRequirement(db.Model):  # type: ignore[name-defined,misc]
    """A requirement that asks for a function, widget or integration."""

    __tablename__ = "planned_part_requirement"

    part_id: Mapped[int] = mapped_column(ForeignKey("planned_part.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), primary_key=True)


class PlannedRight(db.Model):  # type: ignore[name-defined,misc]
    """What a role may do with a kind of record; without a row it sees nothing."""

    __tablename__ = "planned_right"
    __table_args__ = (CheckConstraint("level IN ('read', 'own', 'all')", name="level"),)

    role_id: Mapped[int] = mapped_column(ForeignKey("planned_role.id"), primary_key=True)
    object_id: Mapped[int] = mapped_column(ForeignKey("planned_object.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))


class TypingNorm(db.Model):  # type: ignore[name-defined,misc]
    """How many seconds an entry of a kind takes here, measured or estimated by somebody, instead of the model's."""

    __tablename__ = "typing_norm"
    __table_args__ = (UniqueConstraint("rollout_id", "kind"), CheckConstraint("seconds > 0", name="seconds"))

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    kind: Mapped[str] = mapped_column(String(20))
    seconds: Mapped[int]
    source: Mapped[str] = mapped_column(String(500))
