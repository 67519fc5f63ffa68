"""The planned CRM as pages, exports and later rooms read it (M16), in as many queries as it has kinds of rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from implement.db import db
from implement.stages.specification.tables import (
    PartRequirement,
    PlannedField,
    PlannedObject,
    PlannedPart,
    PlannedRight,
    PlannedRole,
    PlannedStage,
    Requirement,
)
from implement.web.texts import lazy

KIND_LABELS = {
    "text": lazy("short text"),
    "long_text": lazy("long text"),
    "number": lazy("number"),
    "money": lazy("amount of money"),
    "date": lazy("date"),
    "choice": lazy("choice from a list"),
    "yes_no": lazy("yes or no"),
    "phone": lazy("telephone number"),
    "mail": lazy("mail address"),
    "person": lazy("person of the firm"),
    "link": lazy("link to another record"),
    "file": lazy("file"),
}
PART_LABELS = {
    "function": lazy("function"),
    "widget": lazy("widget"),
    "integration": lazy("integration"),
}
STEP_LABELS = {"framework": lazy("basic framework"), "later": lazy("after the short test")}
LEVEL_LABELS = {
    "none": lazy("sees nothing"),
    "read": lazy("reads"),
    "own": lazy("changes own ones"),
    "all": lazy("changes all"),
}


@dataclass(frozen=True)
class RoleRow:
    """A role in the CRM."""

    id: int
    name: str


@dataclass(frozen=True)
class ObjectRow:
    """A kind of record with how many of them one person begins a week, and by which estimate."""

    id: int
    name: str
    records_a_week: int
    estimate: str


@dataclass(frozen=True)
class StageRow:
    """A stage of a deal with its norm in days."""

    id: int
    name: str
    days: int
    done_when: str


@dataclass(frozen=True)
class FieldRow:
    """A field in words; `requirement_number` is that of a requirement that stands."""

    id: int
    object_id: int
    object: str
    name: str
    kind: str
    is_required: bool
    filled_by: str | None
    read_by: str
    requirement_id: int | None
    requirement_number: int | None
    step: str
    entries_a_week: int | None
    records_a_week: int
    why: str

    @property
    def entries(self) -> int:
        """How often one person fills it in a week: as said, else once for each new record."""
        return self.records_a_week if self.entries_a_week is None else self.entries_a_week


@dataclass(frozen=True)
class PartRow:
    """A function, widget or integration with the requirements that ask for it, id and number."""

    id: int
    kind: str
    name: str
    step: str
    why: str
    requirements: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Structure:
    """The planned CRM; `rights` by role and kind of record."""

    roles: tuple[RoleRow, ...]
    objects: tuple[ObjectRow, ...]
    stages: tuple[StageRow, ...]
    fields: tuple[FieldRow, ...]
    parts: tuple[PartRow, ...]
    rights: Mapping[tuple[int, int], str]

    def fields_of(self, object_id: int) -> list[FieldRow]:
        """The fields of a kind of record."""
        return [one for one in self.fields if one.object_id == object_id]

    def right(self, role_id: int, object_id: int) -> str:
        """What a role may do with a kind of record."""
        return self.rights.get((role_id, object_id), "none")


def read_structure(rollout_id: int) -> Structure:
    """The whole planned CRM of a rollout."""
    return Structure(
        list_roles(rollout_id),
        list_objects(rollout_id),
        list_stages(rollout_id),
        list_fields(rollout_id),
        list_parts(rollout_id),
        _read_rights(rollout_id),
    )


def list_roles(rollout_id: int) -> tuple[RoleRow, ...]:
    """The roles in the CRM."""
    asked = select(PlannedRole.id, PlannedRole.name).where(PlannedRole.rollout_id == rollout_id)
    return tuple(RoleRow(*row) for row in db.session.execute(asked.order_by(PlannedRole.id)))


def list_objects(rollout_id: int) -> tuple[ObjectRow, ...]:
    """The kinds of record."""
    one = PlannedObject
    asked = select(one.id, one.name, one.records_a_week, one.estimate).where(one.rollout_id == rollout_id)
    return tuple(ObjectRow(*row) for row in db.session.execute(asked.order_by(one.id)))


def list_stages(rollout_id: int) -> tuple[StageRow, ...]:
    """The stages of a deal, in order."""
    asked = select(PlannedStage.id, PlannedStage.name, PlannedStage.days, PlannedStage.done_when)
    asked = asked.where(PlannedStage.rollout_id == rollout_id).order_by(PlannedStage.position, PlannedStage.id)
    return tuple(StageRow(*row) for row in db.session.execute(asked))


def list_fields(rollout_id: int) -> tuple[FieldRow, ...]:
    """The fields that are planned, by kind of record."""
    one, standing = PlannedField, Requirement.removed_at.is_(None)
    rows = db.session.execute(
        select(
            one.id, one.object_id, PlannedObject.name, one.name, one.kind, one.is_required, PlannedRole.name,
            one.read_by, Requirement.id, Requirement.number, one.step, one.entries_a_week,
            PlannedObject.records_a_week, one.why,
        )
        .join(PlannedObject, PlannedObject.id == one.object_id)
        .join(PlannedRole, PlannedRole.id == one.filled_by_id, isouter=True)
        .join(Requirement, (Requirement.id == one.requirement_id) & standing, isouter=True)
        .where(one.rollout_id == rollout_id, one.removed_at.is_(None))
        .order_by(one.object_id, one.id)
    )  # fmt: skip
    return tuple(FieldRow(*tuple(row)) for row in rows)


def list_parts(rollout_id: int) -> tuple[PartRow, ...]:
    """Functions, widgets and integrations that are planned, each with the requirements that ask for it."""
    one = PlannedPart
    here = (one.rollout_id == rollout_id, one.removed_at.is_(None))
    rows = db.session.execute(select(one.id, one.kind, one.name, one.step, one.why).where(*here).order_by(one.id)).all()
    asked_by: dict[int, list[tuple[int, int]]] = {}
    links = db.session.execute(
        select(PartRequirement.part_id, Requirement.id, Requirement.number)
        .join(Requirement, Requirement.id == PartRequirement.requirement_id)
        .where(Requirement.rollout_id == rollout_id, Requirement.removed_at.is_(None))
        .order_by(Requirement.number)
    )
    for part_id, requirement_id, number in links:
        asked_by.setdefault(part_id, []).append((requirement_id, number))
    return tuple(PartRow(*row, tuple(asked_by.get(row.id, ()))) for row in rows)


def _read_rights(rollout_id: int) -> dict[tuple[int, int], str]:
    rows = db.session.execute(
        select(PlannedRight.role_id, PlannedRight.object_id, PlannedRight.level)
        .join(PlannedRole, PlannedRole.id == PlannedRight.role_id)
        .where(PlannedRole.rollout_id == rollout_id)
    )
    return {(role_id, object_id): level for role_id, object_id, level in rows}
