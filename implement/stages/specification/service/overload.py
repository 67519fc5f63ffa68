"""The overload index: what nobody asked for, and how many minutes a day each role types (M17, M109)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.typing_load import (
    DEFAULT_TYPING,
    FIELD_KINDS,
    Overload,
    RoleLoad,
    TypedField,
    measure_overload,
    reckon_load,
)
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.specification.service.structure import FieldRow, PartRow, list_fields, list_parts
from implement.stages.specification.tables import TypingNorm
from implement.web.texts import lazy

ELEMENTS = ("function", "field", "widget", "integration")


@dataclass(frozen=True)
class Norm:
    """Seconds for an entry of a kind; without a source they are the model's."""

    kind: str
    seconds: int
    source: str


@dataclass(frozen=True)
class Burden:
    """The index, the typing of each role, and what nobody asked for or nobody reads."""

    overload: Overload
    loads: tuple[RoleLoad, ...]
    unasked_fields: tuple[FieldRow, ...]
    unasked_parts: tuple[PartRow, ...]
    unread_fields: tuple[FieldRow, ...]

    @property
    def busiest(self) -> RoleLoad | None:
        """The role that types most."""
        return self.loads[0] if self.loads else None


def weigh(rollout_id: int) -> Burden:
    """How heavy the planned CRM lies on those who fill it."""
    fields, parts = list_fields(rollout_id), list_parts(rollout_id)
    norms = {one.kind: one.seconds for one in list_norms(rollout_id)}
    typed = [
        TypedField(one.filled_by, one.object, one.name, one.entries, norms[one.kind]) for one in fields if one.filled_by
    ]
    elements = [("field", one.requirement_id is not None) for one in fields]
    elements += [(one.kind, bool(one.requirements)) for one in parts]
    return Burden(
        measure_overload(elements, ELEMENTS),
        tuple(reckon_load(typed)),
        tuple(one for one in fields if one.requirement_id is None),
        tuple(one for one in parts if not one.requirements),
        tuple(one for one in fields if not one.read_by),
    )


def list_norms(rollout_id: int) -> list[Norm]:
    """Seconds for an entry, by kind of field: the firm's own where it has some, else the model's."""
    rows = db.session.scalars(select(TypingNorm).where(TypingNorm.rollout_id == rollout_id))
    own = {row.kind: row for row in rows}
    return [
        Norm(kind, own[kind].seconds, own[kind].source) if kind in own else Norm(kind, DEFAULT_TYPING.seconds(kind), "")
        for kind in FIELD_KINDS
    ]


def set_norm(rollout_id: int, kind: str, *, seconds: int, source: str, by: Actor, now: datetime) -> None:
    """Say how long an entry of a kind takes here, and who measured or estimated it."""
    if kind not in FIELD_KINDS or not source.strip():
        raise RuleBroken(lazy("Please say where the seconds come from."))
    here = (TypingNorm.rollout_id == rollout_id, TypingNorm.kind == kind)
    row = db.session.scalar(select(TypingNorm).where(*here)) or TypingNorm(rollout_id=rollout_id, kind=kind)
    row.seconds, row.source = seconds, source.strip()
    db.session.add(row)
    db.session.flush()
    log_write("set_typing_norm", f"typing_norm:{row.id}", by=by, now=now, rollout_id=rollout_id, seconds=seconds)
