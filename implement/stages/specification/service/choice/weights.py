"""Weights of the criteria: from the priorities of the requirements that depend on them, or by hand with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import delete, select

from implement.db import db
from implement.engine.choice import Guide, weigh_criteria
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.specification.tables import Requirement
from implement.stages.specification.tables.choice import CriterionWeight, RequirementCriterion
from implement.web.texts import lazy

POINTS = {"must": 3, "should": 2, "could": 1, "wont": 0}
HIGHEST_POINTS = 1000


@dataclass(frozen=True)
class WeighedRequirement:
    """A requirement that stands, and the criterion it depends on ("" for none yet)."""

    id: int
    number: int
    text: str
    priority: str
    acceptance_test: str
    criterion_id: str

    @property
    def points(self) -> int:
        """What its priority adds to the weight of its criterion."""
        return POINTS[self.priority]


@dataclass(frozen=True)
class Weights:
    """The weight of each criterion, those set by hand with their reasons; `is_even` while nobody has said anything."""

    points: Mapping[str, Fraction]
    own: Mapping[str, tuple[int, str]]
    is_even: bool


def list_weighed(rollout_id: int) -> list[WeighedRequirement]:
    """Every requirement that stands, with its criterion."""
    rows = db.session.execute(
        select(
            Requirement.id, Requirement.number, Requirement.text, Requirement.priority,
            Requirement.acceptance_test,
            RequirementCriterion.criterion_key,
        )
        .join(RequirementCriterion, RequirementCriterion.requirement_id == Requirement.id, isouter=True)
        .where(Requirement.rollout_id == rollout_id, Requirement.removed_at.is_(None))
        .order_by(Requirement.number)
    )  # fmt: skip
    return [WeighedRequirement(*row[:5], row[5] or "") for row in rows]


def read_weights(rollout_id: int, guide: Guide) -> Weights:
    """The weights as they stand; while nothing is said the six functions weigh the same."""
    rows = db.session.execute(
        select(CriterionWeight.criterion_key, CriterionWeight.points, CriterionWeight.reason).where(
            CriterionWeight.rollout_id == rollout_id
        )
    )
    own = {key: (points, reason) for key, points, reason in rows}
    required = [(one.criterion_id, one.points) for one in list_weighed(rollout_id) if one.criterion_id]
    weights = weigh_criteria(required, {key: Fraction(points) for key, (points, _reason) in own.items()})
    known = {one.id: weights[one.id] for one in guide.criteria if weights.get(one.id)}
    if known:
        return Weights(known, own, is_even=False)
    return Weights({one.id: Fraction(1) for one in guide.criteria if one.is_function}, own, is_even=True)


def assign_criteria(rollout_id: int, chosen: Mapping[int, str], guide: Guide, *, by: Actor, now: datetime) -> int:
    """Say of requirements which criterion each depends on ("" for none); returns how many were changed."""
    known = {one.id: one.criterion_id for one in list_weighed(rollout_id)}
    if not set(chosen) <= set(known) or not set(chosen.values()) <= {"", *(one.id for one in guide.criteria)}:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    changed = {one: key for one, key in chosen.items() if known[one] != key}
    if not changed:
        return 0
    db.session.execute(delete(RequirementCriterion).where(RequirementCriterion.requirement_id.in_(changed)))
    db.session.add_all(
        RequirementCriterion(requirement_id=one, criterion_key=key) for one, key in changed.items() if key
    )
    db.session.flush()
    subject = f"rollout:{rollout_id}"
    log_write("assign_criteria", subject, by=by, now=now, rollout_id=rollout_id, requirements=len(changed))
    return len(changed)


def set_weight(
    rollout_id: int, criterion_id: str, points: int | None, reason: str, guide: Guide, *, by: Actor, now: datetime
) -> None:
    """Set a weight by hand with a reason, or with None let the requirements decide again."""
    if guide.criterion(criterion_id) is None:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if points is not None and (not 0 <= points <= HIGHEST_POINTS or not reason.strip()):
        raise RuleBroken(lazy("A weight by hand lies between 0 and 1,000 and needs its reason."))
    here = (CriterionWeight.rollout_id == rollout_id, CriterionWeight.criterion_key == criterion_id)
    db.session.execute(delete(CriterionWeight).where(*here))
    if points is not None:
        row = CriterionWeight(rollout_id=rollout_id, criterion_key=criterion_id, points=points, reason=reason.strip())
        row.by_name, row.at = by.name, now
        db.session.add(row)
    db.session.flush()
    log_write("set_weight", f"criterion:{criterion_id}", by=by, now=now, rollout_id=rollout_id, points=points)
