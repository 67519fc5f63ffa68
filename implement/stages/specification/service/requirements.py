"""Requirements: written from findings and tasks, changed with both texts kept, taken away and put back (M2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from sqlalchemy import ColumnElement, Select, case, delete, func, select

from implement.db import db
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.removing import remove_row
from implement.rollout.service.rollouts import lock_rollout
from implement.stages.specification.service.origins import Origin, find_origin, list_origins
from implement.stages.specification.tables import Requirement, RequirementOrigin
from implement.store import Store
from implement.web.tables import Column, Filter, Listing, Page
from implement.web.texts import lazy

PRIORITIES = {
    "must": lazy("must have"),
    "should": lazy("should have"),
    "could": lazy("could have"),
    "wont": lazy("not this time"),
}
LONGEST_TEXT, LONGEST_LINE = 4000, 110
RANK = case({name: rank for rank, name in enumerate(PRIORITIES, 1)}, value=Requirement.priority)
ORIGINS_OF = (
    select(func.count())
    .where(RequirementOrigin.requirement_id == Requirement.id)
    .correlate(Requirement)
    .scalar_subquery()
)
REQUIREMENTS = Listing(
    columns=(
        Column("number", lazy("Number"), by=Requirement.number),
        Column("text", lazy("Requirement"), by=Requirement.text),
        Column("priority", lazy("Priority"), by=RANK),
        Column("acceptance_test", lazy("Acceptance test"), sortable=False),
        Column("owner_id", lazy("Owner"), sortable=False),
        Column("origins", lazy("Follows from"), by=ORIGINS_OF, kind="number"),
    ),
    filters=(
        Filter("priority", lazy("Priority"), choices=tuple(PRIORITIES.items()), by=Requirement.priority),
        Filter("find", lazy("Words"), by=(Requirement.text, Requirement.acceptance_test, Requirement.used_by)),
    ),
    first_sort="number",
    row_key=Requirement.id,
)


@dataclass(frozen=True)
class RequirementText:
    """What is written down of a requirement; `origins` as a form names them, `kind:key`."""

    text: str
    acceptance_test: str
    priority: str
    owner_id: int | None
    used_by: str
    needs: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequirementLine:
    """What else is said of a requirement: its owner, who uses it, what it needs to know."""

    id: int
    number: int
    owner_id: int | None
    used_by: str
    needs: str


@dataclass(frozen=True)
class AcceptanceTest:
    """How one sees that a requirement is met."""

    requirement_id: int
    number: int
    priority: str
    requirement: str
    test: str


@dataclass(frozen=True)
class RequirementState:
    """How many requirements stand, and how many of them hang in the air."""

    count: int
    without_origin: int
    without_test: int


def read_state(rollout_id: int) -> RequirementState:
    """How the requirements stand, in one query, for gates and the hall."""
    faults = (ORIGINS_OF == 0, Requirement.acceptance_test == "")
    columns = (func.count(), *(func.coalesce(func.sum(case((fault, 1), else_=0)), 0) for fault in faults))
    return RequirementState(*db.session.execute(select(*columns).where(*_standing(rollout_id))).one())


def list_taken_up(rollout_id: int, kind: str) -> dict[str, tuple[int, int]]:
    """By finding or task, the first requirement that follows from it: its id and number."""
    rows = db.session.execute(
        select(RequirementOrigin.key, Requirement.id, Requirement.number)
        .join(Requirement, Requirement.id == RequirementOrigin.requirement_id)
        .where(*_standing(rollout_id), RequirementOrigin.kind == kind)
        .order_by(Requirement.number.desc())
    )
    return {key: (requirement_id, number) for key, requirement_id, number in rows}


def page_requirements(rollout_id: int, query: Mapping[str, str]) -> Page:
    """One page of the requirements that stand, each with how many findings and tasks it follows from."""
    asked = select(
        Requirement.id, Requirement.number, Requirement.text, Requirement.priority, Requirement.acceptance_test,
        Requirement.owner_id, ORIGINS_OF.label("origins"),
    ).where(*_standing(rollout_id))  # fmt: skip
    return REQUIREMENTS.select_page(db.session(), asked, query)


def list_choices(rollout_id: int) -> list[tuple[int, str]]:
    """The requirements that stand, id and a line each, for others to choose from."""
    asked = select(Requirement.id, Requirement.number, Requirement.text).where(*_standing(rollout_id))
    rows = db.session.execute(asked.order_by(Requirement.number))
    return [(row.id, f"R{row.number} {shorten(row.text, LONGEST_LINE, placeholder='…')}") for row in rows]


def list_tests(rollout_id: int) -> list[AcceptanceTest]:
    """The acceptance tests of the requirements that stand; requirements without one are left out."""
    one = Requirement
    asked = select(one.id, one.number, one.priority, one.text, one.acceptance_test)
    rows = db.session.execute(asked.where(*_standing(rollout_id), one.acceptance_test != "").order_by(one.number))
    return [AcceptanceTest(*row) for row in rows]


def list_lines(rollout_id: int) -> list[RequirementLine]:
    """The requirements that stand, with owner, users and needs."""
    one = Requirement
    asked = select(one.id, one.number, one.owner_id, one.used_by, one.needs).where(*_standing(rollout_id))
    return [RequirementLine(*row) for row in db.session.execute(asked.order_by(one.number))]


def count_requirements(rollout_id: int) -> dict[str, int]:
    """How many requirements stand, by priority."""
    counted = func.count().label("requirements")
    asked = select(Requirement.priority, counted).where(*_standing(rollout_id)).group_by(Requirement.priority)
    return {row.priority: row.requirements for row in db.session.execute(asked)}


def get_requirement(rollout_id: int, requirement_id: int) -> Requirement:
    """A requirement of this rollout, also one that was taken away."""
    row: Requirement | None = db.session.get(Requirement, requirement_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such requirement."))
    return row


def list_origins_of(requirement_id: int) -> list[RequirementOrigin]:
    """What a requirement follows from, as it was chosen."""
    here = RequirementOrigin.requirement_id == requirement_id
    return list(db.session.scalars(select(RequirementOrigin).where(here).order_by(RequirementOrigin.id)))


def add_requirement(rollout_id: int, said: RequirementText, store: Store, *, by: Actor, now: datetime) -> Requirement:
    """Write a requirement down under the next number."""
    _refuse_strangers(rollout_id, said.owner_id)
    row = Requirement(rollout_id=rollout_id, number=_next_number(rollout_id))
    _write(row, said, by=by, now=now)
    db.session.add(row)
    db.session.flush()
    _choose_origins(row, said.origins, store)
    _log("add_requirement", row, by=by, now=now)
    return row


def take_up_origin(rollout_id: int, choice: str, store: Store, *, by: Actor, now: datetime) -> Requirement:
    """Make a requirement of a finding or task, in its words; one that exists already is given back."""
    origin = find_origin(rollout_id, choice, store)
    if origin is None:
        raise NotFound(lazy("There is no such finding."))
    known: Requirement | None = db.session.scalar(_of_origin(rollout_id, origin))
    if known is not None:
        return known
    said = RequirementText(origin.proposal[:LONGEST_TEXT], "", origin.priority, None, "", "", (origin.choice,))
    return add_requirement(rollout_id, said, store, by=by, now=now)


def change_requirement(
    row: Requirement, said: RequirementText, store: Store, *, version: int | None, by: Actor, now: datetime
) -> None:
    """Change a requirement; what somebody else wrote meanwhile is not overwritten, both texts are shown."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        mine, theirs = write_plainly(said), write_plainly(_read(row))
        raise EditedMeanwhile(lazy("Somebody else changed this requirement meanwhile."), theirs=theirs, mine=mine)
    _refuse_strangers(row.rollout_id, said.owner_id)
    _write(row, said, by=by, now=now)
    _choose_origins(row, said.origins, store)
    _log("change_requirement", row, by=by, now=now)


def remove_requirement(row: Requirement, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a requirement away, or with `is_back` put it back; its number stays its own."""
    remove_row(row, "requirement", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id, number=row.number)


def write_plainly(said: RequirementText) -> str:
    """A requirement as text, to lay two versions side by side."""
    priority = str(PRIORITIES[said.priority])
    return "\n".join(part for part in (said.text, said.acceptance_test, priority, said.used_by, said.needs) if part)


def _read(row: Requirement) -> RequirementText:
    return RequirementText(row.text, row.acceptance_test, row.priority, row.owner_id, row.used_by, row.needs)


def _write(row: Requirement, said: RequirementText, *, by: Actor, now: datetime) -> None:
    if not said.text.strip():
        raise RuleBroken(lazy("A requirement needs its text."))
    row.text, row.acceptance_test = said.text.strip(), said.acceptance_test.strip()
    row.priority, row.owner_id = said.priority, said.owner_id
    row.used_by, row.needs = said.used_by.strip(), said.needs.strip()
    row.by_name, row.at = by.name, now


def _choose_origins(row: Requirement, choices: Sequence[str], store: Store) -> None:
    """Keep what was chosen before as it read then; add what is new; drop what was not chosen any more."""
    before = {f"{one.kind}:{one.key}": one for one in list_origins_of(row.id)}
    for choice in before.keys() - set(choices):
        db.session.execute(delete(RequirementOrigin).where(RequirementOrigin.id == before[choice].id))
    fresh = [choice for choice in dict.fromkeys(choices) if choice not in before]
    known = {one.choice: one for one in list_origins(row.rollout_id, store)} if fresh else {}
    if not known.keys() >= set(fresh):
        raise RuleBroken(lazy("One of the findings is gone meanwhile; please choose again."))
    said = (known[choice] for choice in fresh)
    db.session.add_all(RequirementOrigin(requirement_id=row.id, kind=o.kind, key=o.key, said=o.said) for o in said)


def _of_origin(rollout_id: int, origin: Origin) -> Select[Requirement]:
    chosen = (RequirementOrigin.kind == origin.kind, RequirementOrigin.key == origin.key)
    of_it = select(RequirementOrigin.requirement_id).where(*chosen)
    return select(Requirement).where(*_standing(rollout_id), Requirement.id.in_(of_it)).order_by(Requirement.id)


def _standing(rollout_id: int) -> tuple[ColumnElement[bool], ...]:
    return Requirement.rollout_id == rollout_id, Requirement.removed_at.is_(None)


def _next_number(rollout_id: int) -> int:
    lock_rollout(rollout_id)
    taken = db.session.scalar(select(func.max(Requirement.number)).where(Requirement.rollout_id == rollout_id))
    return (taken or 0) + 1


def _refuse_strangers(rollout_id: int, owner_id: int | None) -> None:
    if owner_id is not None and owner_id not in {user_id for user_id, *_rest in list_members(rollout_id)}:
        raise RuleBroken(lazy("The owner must belong to this rollout."))


def _log(action: str, row: Requirement, *, by: Actor, now: datetime) -> None:
    db.session.flush()
    log_write(action, f"requirement:{row.id}", by=by, now=now, rollout_id=row.rollout_id, number=row.number)
