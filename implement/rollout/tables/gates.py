"""Gates between the stages: what each demands of a wave, and who opened, marked or overrode it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, db
from implement.jobs import Plain


class Criterion(db.Model):  # type: ignore[name-defined,misc]
    """What a stage's gate demands; `key` names an item of `checklists/gates.yaml` or is the rollout's own.

    `terms` holds what its kind needs: measure, comparison and threshold (decimal text), or roles who sign, or
    checklist items.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("rollout_id", "stage", "key"),
        CheckConstraint("kind IN ('document', 'signature', 'checklist', 'measure')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"))
    stage: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text, default="")
    terms: Mapped[dict[str, Plain]] = mapped_column(JSON)


class GateDocument(db.Model):  # type: ignore[name-defined,misc]
    """A file that was handed in for a criterion."""

    __tablename__ = "gate_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class GateDecision(db.Model):  # type: ignore[name-defined,misc]
    """A stage signed off for a wave: opened by its criteria, entered late ("before Implement"), or overridden. Never
    edited.
    """

    __tablename__ = "gate_decision"
    __table_args__ = (
        UniqueConstraint("wave_id", "stage"),
        CheckConstraint("kind IN ('opened', 'before', 'override')", name="kind"),
        CheckConstraint("kind = 'opened' OR reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    stage: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[dict[str, Plain]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
