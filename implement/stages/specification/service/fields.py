"""Fields of the planned CRM: written, changed with both texts kept, taken away and put back (M16, M65)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.specification.service.structure import KIND_LABELS
from implement.stages.specification.tables import PlannedField, PlannedObject, PlannedRole, Requirement
from implement.web.texts import lazy


@dataclass(frozen=True)
class FieldText:
    """What is written down of a field; nobody who fills it in means that the CRM does."""

    object_id: int
    name: str
    kind: str
    is_required: bool
    filled_by_id: int | None
    read_by: str
    requirement_id: int | None
    step: str
    entries_a_week: int | None


def get_field(rollout_id: int, field_id: int) -> PlannedField:
    """A field of this rollout's CRM, also one that was taken away."""
    row: PlannedField | None = db.session.get(PlannedField, field_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such field."))
    return row


def add_field(
    rollout_id: int, said: FieldText, *, by: Actor, now: datetime, key: str = "", why: str = ""
) -> PlannedField:
    """Plan a field; `key` and `why` tell the proposal it follows."""
    row = PlannedField(rollout_id=rollout_id, key=key, why=why)
    _write(row, said)
    db.session.add(row)
    _log("add_planned_field", row, by=by, now=now)
    return row


def change_field(row: PlannedField, said: FieldText, *, version: int | None, by: Actor, now: datetime) -> None:
    """Change a field; what somebody else wrote meanwhile is not overwritten."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        theirs, mine = (_say(one.name, one.kind, one.read_by) for one in (row, said))
        raise EditedMeanwhile(lazy("Somebody else changed this field meanwhile."), theirs=theirs, mine=mine)
    _write(row, said)
    _log("change_planned_field", row, by=by, now=now)


def remove_field(row: PlannedField, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a field away, or with `is_back` put it back."""
    remove_row(row, "planned_field", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id, name=row.name)


def _write(row: PlannedField, said: FieldText) -> None:
    for table, row_id in (
        (PlannedObject, said.object_id),
        (PlannedRole, said.filled_by_id),
        (Requirement, said.requirement_id),
    ):
        if (
            row_id is not None
            and db.session.scalar(select(table.rollout_id).where(table.id == row_id)) != row.rollout_id
        ):
            raise RuleBroken(lazy("This belongs to another rollout."))
    twins = (PlannedField.object_id == said.object_id, PlannedField.name == said.name, PlannedField.id != row.id)
    if db.session.scalar(select(PlannedField.id).where(*twins, PlannedField.removed_at.is_(None))):
        raise RuleBroken(lazy("This record has a field of that name already."))
    for name, value in vars(said).items():
        setattr(row, name, value)


def _say(name: str, kind: str, read_by: str) -> str:
    return "\n".join((name, str(KIND_LABELS[kind]), read_by))


def _log(action: str, row: PlannedField, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"planned_field:{row.id}", by=by, now=now, rollout_id=row.rollout_id, name=row.name)
