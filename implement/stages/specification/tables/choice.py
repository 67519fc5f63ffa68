"""The choice of a CRM: own catalogues, needs, weights, what was seen of each system, the decision, expected gains."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implement.db import Instant, Versioned, db
from implement.jobs import Plain


class OwnCatalogue(db.Model):  # type: ignore[name-defined,misc]
    """A version of a catalogue that the consultancy wrote itself; its entries go before the product's."""

    __tablename__ = "own_catalogue"
    __table_args__ = (UniqueConstraint("catalogue_key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    catalogue_key: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(20))
    file_sha256: Mapped[str] = mapped_column(String(64))
    systems: Mapped[int]
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class ChoiceNeeds(Versioned, db.Model):  # type: ignore[name-defined,misc]
    """What the firm cannot do without: size, languages, place, criteria that must be met, and facts that speak."""

    __tablename__ = "choice_needs"
    __table_args__ = (
        CheckConstraint("hosting IN ('', 'saas', 'own_server')", name="hosting"),
        CheckConstraint("users IS NULL OR users > 0", name="users"),
        CheckConstraint("records IS NULL OR records >= 0", name="records"),
    )

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    users: Mapped[int | None]
    records: Mapped[int | None]
    languages: Mapped[list[Plain]] = mapped_column(JSON)
    hosting: Mapped[str] = mapped_column(String(12), default="")
    must: Mapped[list[Plain]] = mapped_column(JSON)
    facts: Mapped[list[Plain]] = mapped_column(JSON)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class RequirementCriterion(db.Model):  # type: ignore[name-defined,misc]
    """Which criterion of the choice a requirement depends on; its priority is the criterion's weight."""

    __tablename__ = "requirement_criterion"

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), primary_key=True)
    criterion_key: Mapped[str] = mapped_column(String(80))


class CriterionWeight(db.Model):  # type: ignore[name-defined,misc]
    """A weight set by hand instead of by the requirements, with the reason."""

    __tablename__ = "criterion_weight"
    __table_args__ = (CheckConstraint("points BETWEEN 0 AND 1000 AND reason <> ''", name="points"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    criterion_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class SystemLevel(db.Model):  # type: ignore[name-defined,misc]
    """How well a system meets a criterion as this rollout has found out, 0–4, and by what it was seen."""

    __tablename__ = "system_level"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4 AND evidence <> ''", name="level"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    system_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    criterion_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    level: Mapped[int]
    evidence: Mapped[str] = mapped_column(String(500))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class SystemDecision(db.Model):  # type: ignore[name-defined,misc]
    """A system was chosen, with the reason and the scores of that day. Never edited; the newest counts."""

    __tablename__ = "system_decision"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), index=True)
    system_key: Mapped[str] = mapped_column(String(80))
    system_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    scores: Mapped[dict[str, Plain]] = mapped_column(JSON)
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)


class ExpectedGain(db.Model):  # type: ignore[name-defined,misc]
    """A gain that is expected, with its measure, today's figure, the target and who counts it."""

    __tablename__ = "expected_gain"
    __table_args__ = (CheckConstraint("measure <> '' AND counted_by <> ''", name="measure"),)

    rollout_id: Mapped[int] = mapped_column(ForeignKey("rollout.id"), primary_key=True)
    gain_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    measure: Mapped[str] = mapped_column(String(300))
    figure_today: Mapped[str] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(String(80))
    due: Mapped[date | None]
    counted_by: Mapped[str] = mapped_column(String(200))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
