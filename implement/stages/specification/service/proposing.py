"""Propose the CRM's structure from findings, requirements and the field sets by kind of business (M16, M65)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import load_pack
from implement.engine.checklist.structure import (
    FieldProposal,
    PartProposal,
    StructureProposal,
    load_structure,
)
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.found import key_of_rule, list_found, read_chosen, read_numbers
from implement.stages.specification.service.fields import FieldText, add_field
from implement.stages.specification.service.outline import add_outlined
from implement.stages.specification.service.requirements import list_taken_up
from implement.stages.specification.tables import (
    PlannedField,
    PlannedObject,
    PlannedPart,
    PlannedRight,
    PlannedRole,
    PlannedStage,
)
from implement.store import Store
from implement.web.texts import _, language

CHECKLISTS = Path(__file__).parents[4] / "checklists"
BUSINESS_QUESTION = "audit.fields.business"
ALWAYS = frozenset({"records", "stages"})
WEEKS_A_MONTH_BY_12 = 52
COUNTED_OBJECTS = ("deal", "contact")


@dataclass
class Grounds:
    """What speaks for proposals: findings by key with their words, and the requirement that follows from each."""

    said: Mapping[str, str]
    requirements: Mapping[str, tuple[int, int]]

    def find(self, because: Sequence[str]) -> list[str]:
        """The findings on these questions, those with a requirement first, then in the order of the questions."""
        starts = [f"{key_of_rule(item_id)}-" for item_id in because]
        found = [key for start in starts for key in self.said if key.startswith(start)]
        return sorted(found, key=lambda key: key not in self.requirements)


@dataclass
class Proposed:
    """What a proposal added."""

    fields: int = 0
    parts: int = 0
    others: int = 0
    without_requirement: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """All of it."""
        return self.fields + self.parts + self.others


@cache
def read_proposal() -> StructureProposal:
    """What can be proposed."""
    return load_structure(CHECKLISTS / "structure.yaml", load_pack(CHECKLISTS / "audit/09_fields.yaml"))


def find_businesses(rollout_id: int, store: Store) -> list[str]:
    """The kinds of business that the audit was told."""
    return read_chosen(rollout_id, BUSINESS_QUESTION, store)


def propose_structure(
    rollout_id: int, businesses: Sequence[str], *, store: Store, by: Actor, now: datetime
) -> Proposed:
    """Add what is proposed and not there yet; what somebody took away stays away, what somebody changed stays so."""
    every, done = read_proposal(), Proposed()
    found = {one.key: one.problem for one in list_found(rollout_id, store)}
    grounds = Grounds(found, list_taken_up(rollout_id, "finding"))
    roles = _propose_roles(rollout_id, every, done, by=by, now=now)
    objects = _propose_objects(rollout_id, every, done, store, by=by, now=now)
    _propose_rights(every, roles, objects, done)
    _propose_stages(rollout_id, every, done, by=by, now=now)
    known = _keys(PlannedField, rollout_id)
    for one in every.fields:
        if one.id not in known and _is_wanted(one, businesses, grounds):
            _propose_field(rollout_id, one, roles, objects, grounds, done, by=by, now=now)
    known = _keys(PlannedPart, rollout_id)
    for part in every.parts:
        if part.id not in known and (part.id in ALWAYS or grounds.find(part.because)):
            _propose_part(rollout_id, part, grounds, done, by=by, now=now)
    log_write("propose_structure", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, added=done.count)
    return done


def _is_wanted(one: FieldProposal, businesses: Sequence[str], grounds: Grounds) -> bool:
    """The basic framework always, a set with its kind of business, the rest where a finding speaks for it (M17)."""
    if one.business:
        return one.business in businesses
    return one.step == "framework" or bool(grounds.find(one.because))


def _propose_roles(
    rollout_id: int, every: StructureProposal, done: Proposed, *, by: Actor, now: datetime
) -> dict[str, tuple[int, str]]:
    """Roles by key with id and name, those that were there already among them."""
    known = _keys(PlannedRole, rollout_id)
    for one in every.roles:
        if one.id not in known:
            said = {"key": one.id, "name": one.text.in_language(language())}
            add_outlined(rollout_id, "roles", said, by=by, now=now)
            done.others += 1
    rows = select(PlannedRole.key, PlannedRole.id, PlannedRole.name).where(PlannedRole.rollout_id == rollout_id)
    return {key: (role_id, name) for key, role_id, name in db.session.execute(rows)}


def _propose_objects(
    rollout_id: int, every: StructureProposal, done: Proposed, store: Store, *, by: Actor, now: datetime
) -> dict[str, int]:
    """Kinds of record by key, with the records a week that the audit's figures tell."""
    known, counted = _keys(PlannedObject, rollout_id), _estimate_records(rollout_id, store)
    for one in every.objects:
        if one.id not in known:
            told = counted if one.id in COUNTED_OBJECTS else None
            records, estimate = told or (one.records_a_week, _("our estimate; please correct it"))
            said = {"key": one.id, "name": one.text.in_language(language()), "records_a_week": records}
            add_outlined(rollout_id, "objects", said | {"estimate": estimate}, by=by, now=now)
            done.others += 1
    rows = select(PlannedObject.key, PlannedObject.id).where(PlannedObject.rollout_id == rollout_id)
    return {key: object_id for key, object_id in db.session.execute(rows) if key}


def _estimate_records(rollout_id: int, store: Store) -> tuple[int, str] | None:
    """Requests a week and person, rounded up, where the audit knows requests a month and salespeople."""
    told = read_numbers(rollout_id, ("audit.first_hour.requests_month", "audit.first_hour.salespeople"), store)
    if len(told) < len(("requests", "people")) or not all(told.values()):
        return None
    requests, people = told.values()
    source = _("%(requests)s requests a month, %(people)s people (audit)", requests=requests, people=people)
    return -(-int(requests) * 12 // (WEEKS_A_MONTH_BY_12 * int(people))), source


def _propose_stages(rollout_id: int, every: StructureProposal, done: Proposed, *, by: Actor, now: datetime) -> None:
    known, speaks = _keys(PlannedStage, rollout_id), language()
    for one in every.stages:
        if one.id not in known:
            said = {"key": one.id, "name": one.text.in_language(speaks), "days": one.days}
            said["done_when"] = one.done_when.in_language(speaks)
            add_outlined(rollout_id, "stages", said, by=by, now=now)
            done.others += 1


def _propose_rights(
    every: StructureProposal, roles: Mapping[str, tuple[int, str]], objects: Mapping[str, int], done: Proposed
) -> None:
    """Rights of roles that have none yet."""
    ids = [role_id for role_id, _name in roles.values()]
    granted = set(db.session.scalars(select(PlannedRight.role_id).where(PlannedRight.role_id.in_(ids))))
    for one in every.rights:
        if one.role in roles and one.object in objects and roles[one.role][0] not in granted:
            db.session.add(PlannedRight(role_id=roles[one.role][0], object_id=objects[one.object], level=one.level))
            done.others += 1


def _propose_field(
    rollout_id: int,
    one: FieldProposal,
    roles: Mapping[str, tuple[int, str]],
    objects: Mapping[str, int],
    grounds: Grounds,
    done: Proposed,
    *,
    by: Actor,
    now: datetime,
) -> None:
    if one.object not in objects or (one.filled_by != "crm" and one.filled_by not in roles):
        return
    behind = grounds.find(one.because)
    requirement = grounds.requirements.get(behind[0]) if behind else None
    said = FieldText(
        object_id=objects[one.object],
        name=one.text.in_language(language()),
        kind=one.kind,
        is_required=one.is_required,
        filled_by_id=roles[one.filled_by][0] if one.filled_by in roles else None,
        read_by=", ".join(roles[role][1] for role in one.read_by if role in roles),
        requirement_id=requirement[0] if requirement else None,
        step=one.step,
        entries_a_week=None,
    )
    add_field(rollout_id, said, by=by, now=now, key=one.id, why=grounds.said[behind[0]] if behind else "")
    done.fields += 1


def _propose_part(
    rollout_id: int, one: PartProposal, grounds: Grounds, done: Proposed, *, by: Actor, now: datetime
) -> None:
    behind = grounds.find(one.because)
    said = {"key": one.id, "kind": one.kind, "name": one.text.in_language(language()), "step": "framework"}
    said["why"] = grounds.said[behind[0]] if behind else ""
    asked_by = [grounds.requirements[key][0] for key in behind if key in grounds.requirements]
    add_outlined(rollout_id, "parts", said, asked_by=asked_by, by=by, now=now)
    done.parts += 1


def _keys(
    table: type[PlannedRole | PlannedObject | PlannedStage | PlannedField | PlannedPart], rollout_id: int
) -> set[str]:
    """The proposals that were taken over before, also those that somebody took away."""
    return set(db.session.scalars(select(table.key).where(table.rollout_id == rollout_id, table.key != "")))
