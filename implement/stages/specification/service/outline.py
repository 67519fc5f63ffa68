"""Roles, kinds of record, stages, functions and rights of the planned CRM: written, changed, taken away (M16)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.rollout.service.rollouts import lock_rollout
from implement.stages.specification.service.structure import list_objects, list_roles
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

Outlined = PlannedRole | PlannedObject | PlannedStage | PlannedPart
TABLES: Mapping[str, type[Outlined]] = {
    "roles": PlannedRole,
    "objects": PlannedObject,
    "stages": PlannedStage,
    "parts": PlannedPart,
}


def get_outlined(rollout_id: int, kind: str, row_id: int) -> Outlined:
    """A role, kind of record, stage or part of this rollout."""
    table = TABLES[kind]
    row = db.session.scalar(select(table).where(table.id == row_id, table.rollout_id == rollout_id))
    if not isinstance(row, Outlined):
        raise NotFound(lazy("There is no such entry."))
    return row


def add_outlined(
    rollout_id: int, kind: str, said: Mapping[str, object], *, asked_by: Sequence[int] = (), by: Actor, now: datetime
) -> Outlined:
    """Write a role, kind of record, stage or part down; `asked_by` are requirements, for parts."""
    lock_rollout(rollout_id)
    table = TABLES[kind]
    _refuse_twin(table, rollout_id, str(said["name"]), None)
    row = table(rollout_id=rollout_id, **said)
    if isinstance(row, PlannedStage):
        newest = select(func.max(PlannedStage.position)).where(PlannedStage.rollout_id == rollout_id)
        row.position = (db.session.scalar(newest) or 0) + 1
    db.session.add(row)
    db.session.flush()
    _choose_requirements(row, asked_by)
    log_write(f"add_planned_{kind}", f"planned_{kind}:{row.id}", by=by, now=now, rollout_id=rollout_id, name=row.name)
    return row


def change_outlined(
    row: Outlined,
    kind: str,
    said: Mapping[str, object],
    *,
    version: int | None,
    asked_by: Sequence[int] = (),
    by: Actor,
    now: datetime,
) -> None:
    """Change a role, kind of record, stage or part; what somebody else wrote meanwhile is not overwritten."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        mine, theirs = (", ".join(str(one) for one in texts) for texts in (said.values(), _read(row, said)))
        raise EditedMeanwhile(lazy("Somebody else changed this entry meanwhile."), theirs=theirs, mine=mine)
    _refuse_twin(type(row), row.rollout_id, str(said["name"]), row.id)
    for name, value in said.items():
        setattr(row, name, value)
    _choose_requirements(row, asked_by)
    db.session.flush()
    log_write(f"change_planned_{kind}", f"planned_{kind}:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def remove_outlined(row: Outlined, kind: str, *, is_back: bool = False, by: Actor, now: datetime) -> None:
    """Take an entry away; a part can be put back, a role or kind of record that fields need is not taken away."""
    if isinstance(row, PlannedPart):
        kept = {"rollout_id": row.rollout_id, "name": row.name}
        remove_row(row, "planned_parts", is_back=is_back, by=by, now=now, **kept)  # type: ignore[arg-type]
        return
    _refuse_needed(row)
    if not isinstance(row, PlannedStage):
        mine = PlannedRight.role_id if isinstance(row, PlannedRole) else PlannedRight.object_id
        db.session.execute(delete(PlannedRight).where(mine == row.id))
    db.session.delete(row)
    db.session.flush()
    here, action = row.rollout_id, f"remove_planned_{kind}"
    log_write(action, f"planned_{kind}:{row.id}", by=by, now=now, rollout_id=here, name=row.name)


def move_stage(row: PlannedStage, *, by: Actor, now: datetime) -> None:
    """Let a stage change places with the one before it."""
    here = (PlannedStage.rollout_id == row.rollout_id, PlannedStage.position < row.position)
    before: PlannedStage | None = db.session.scalar(
        select(PlannedStage).where(*here).order_by(PlannedStage.position.desc()).limit(1)
    )
    if before is None:
        return
    before.position, row.position = row.position, before.position
    db.session.flush()
    log_write("move_planned_stage", f"planned_stages:{row.id}", by=by, now=now, rollout_id=row.rollout_id)


def grant_rights(rollout_id: int, levels: Mapping[tuple[int, int], str], *, by: Actor, now: datetime) -> None:
    """Say what each role may do with each kind of record; roles and records of other rollouts are refused."""
    roles, objects = {one.id for one in list_roles(rollout_id)}, {one.id for one in list_objects(rollout_id)}
    if not all(role in roles and record in objects for role, record in levels):
        raise NotFound(lazy("There is no such entry."))
    db.session.execute(delete(PlannedRight).where(PlannedRight.role_id.in_(roles)))
    granted = [(pair, level) for pair, level in levels.items() if level != "none"]
    db.session.add_all(PlannedRight(role_id=role, object_id=record, level=level) for (role, record), level in granted)
    log_write("grant_rights", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, rights=len(granted))


def list_asking(row: Outlined) -> list[int]:
    """The requirements that ask for a part; none for anything else."""
    if not isinstance(row, PlannedPart):
        return []
    asked = select(PartRequirement.requirement_id).where(PartRequirement.part_id == row.id)
    return list(db.session.scalars(asked))


def _choose_requirements(row: Outlined, asked_by: Sequence[int]) -> None:
    if not isinstance(row, PlannedPart):
        return
    known = set(db.session.scalars(select(Requirement.id).where(Requirement.rollout_id == row.rollout_id)))
    if not known.issuperset(asked_by):
        raise RuleBroken(lazy("There is no such requirement."))
    db.session.execute(delete(PartRequirement).where(PartRequirement.part_id == row.id))
    chosen = dict.fromkeys(asked_by)
    db.session.add_all(PartRequirement(part_id=row.id, requirement_id=requirement_id) for requirement_id in chosen)


def _refuse_twin(table: type[Outlined], rollout_id: int, name: str, row_id: int | None) -> None:
    same = (table.rollout_id == rollout_id, table.name == name, table.id != row_id)
    if table is not PlannedPart and db.session.scalar(select(table.id).where(*same)):
        raise RuleBroken(lazy("This name is taken already."))


def _refuse_needed(row: Outlined) -> None:
    """Fields that were taken away still name their role and kind of record, so that they can be put back."""
    if isinstance(row, PlannedStage):
        return
    mine = PlannedField.filled_by_id if isinstance(row, PlannedRole) else PlannedField.object_id
    if db.session.scalar(select(PlannedField.id).where(mine == row.id).limit(1)):
        raise RuleBroken(lazy("Fields belong to it, so it stays; give them to another first."))


def _read(row: Outlined, said: Mapping[str, object]) -> list[object]:
    return [getattr(row, name) for name in said]
