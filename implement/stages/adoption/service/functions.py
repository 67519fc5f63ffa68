"""Functions, seats and fields that were introduced, who uses them, and what the unused costs (M133, M134)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TypeVar

from sqlalchemy import select

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.suppression import LEAST_PEOPLE
from implement.engine.unused import Effort, price_typing, price_unused
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row, stands
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import match_users, read_usage_days, span_of_usage
from implement.stages.adoption.log_parts import join_log
from implement.stages.adoption.service.counted_staff import list_counted
from implement.stages.adoption.service.parts import list_parts
from implement.stages.adoption.tables import CrmField, CrmFunction
from implement.store import Store
from implement.web.texts import lazy

Entry = TypeVar("Entry", CrmFunction, CrmField)
COUNTED_DAYS = 28
ANYTHING = "anything"
COUNTED_AS = {
    "": lazy("the log does not tell"),
    ANYTHING: lazy("anything at all (a seat)"),
    "contact": lazy("contacts"),
    "deal": lazy("deals"),
    "activity": lazy("activities"),
    "task": lazy("tasks"),
    "report": lazy("reports"),
    "search": lazy("search"),
    "help": lazy("help"),
}


@dataclass(frozen=True)
class Uses:
    """How many people on the staff used each object in the last four weeks, and how many records they typed a week;
    `waiting` people start later and count in nothing.
    """

    first_day: date
    last_day: date
    people: int
    users: dict[str, int]
    records_a_week: Fraction
    waiting: int = 0


@dataclass(frozen=True)
class FunctionRow:
    """A function with its use; `used` is None where the log does not tell, `unused_minor` where nothing may be said."""

    id: int
    name: str
    introduced_on: date | None
    told: str
    seats: int | None
    yearly_cost_minor: int | None
    used: int | None
    unused_minor: int | None


@dataclass(frozen=True)
class FieldRow:
    """A field with the effort of typing it; `is_estimated` when entries are taken from the log."""

    id: int
    name: str
    read_in: str
    entries_a_week: Fraction | None
    is_estimated: bool
    effort: Effort | None


def add_function(
    rollout_id: int, *, name: str, counted_as: str, introduced_on: date | None, told: str | None, seats: int | None,
    yearly_cost_minor: int | None, by: Actor, now: datetime,
) -> CrmFunction:  # fmt: skip
    """Write a function or a kind of seat down."""
    if counted_as not in COUNTED_AS:
        raise RuleBroken(lazy("There are no such figures."))
    said = {"counted_as": counted_as, "introduced_on": introduced_on, "told": (told or "").strip(), "seats": seats}
    row = _write_down(CrmFunction, rollout_id, name, {**said, "yearly_cost_minor": yearly_cost_minor})
    log_write("add_function", f"function:{row.id}", by=by, now=now, rollout_id=rollout_id, name=row.name)
    return row


def add_field(
    rollout_id: int, *, name: str, entries_a_week: int | None, seconds: int, hourly_cost_minor: int,
    read_in: str | None, by: Actor, now: datetime,
) -> CrmField:  # fmt: skip
    """Write a field down that people fill in."""
    effort = {"seconds": seconds, "hourly_cost_minor": hourly_cost_minor, "entries_a_week": entries_a_week}
    row = _write_down(CrmField, rollout_id, name, {**effort, "read_in": (read_in or "").strip()})
    log_write("add_field", f"field:{row.id}", by=by, now=now, rollout_id=rollout_id, name=row.name)
    return row


def remove(rollout_id: int, kind: str, row_id: int, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a function or field out of the register, or with `is_back` put it back."""
    table: type[CrmFunction] | type[CrmField] = CrmFunction if kind == "function" else CrmField
    row = db.session.get(table, row_id)
    if not isinstance(row, CrmFunction | CrmField) or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such entry."))
    remove_row(row, kind, is_back=is_back, by=by, now=now, rollout_id=rollout_id)


def read_uses(rollout_id: int, *, store: Store) -> Uses | None:
    """Who used what in the last four weeks of the log; None before any usage is known, and of fewer than five."""
    return while_unchanged(("uses", rollout_id), lambda: _read_uses(rollout_id, store))


def list_functions(rollout_id: int, uses: Uses | None) -> list[FunctionRow]:
    """The functions by name, each with its use."""
    here = (CrmFunction.rollout_id == rollout_id, stands(CrmFunction))
    rows = db.session.scalars(select(CrmFunction).where(*here).order_by(CrmFunction.name))
    return [_describe(row, uses) for row in rows]


def list_fields(rollout_id: int, uses: Uses | None) -> list[FieldRow]:
    """The fields, those read nowhere first; entries that nobody typed are the records typed a week."""
    here = (CrmField.rollout_id == rollout_id, stands(CrmField))
    rows = db.session.scalars(select(CrmField).where(*here).order_by(CrmField.name))
    return sorted((_price(row, uses) for row in rows), key=lambda row: (bool(row.read_in), row.name))


def _describe(row: CrmFunction, uses: Uses | None) -> FunctionRow:
    used = uses.users.get(row.counted_as, 0) if uses is not None and row.counted_as else None
    cost, waiting = row.yearly_cost_minor, uses.waiting if uses is not None else 0
    unused = None if used is None or cost is None else price_unused(cost, used, row.seats, waiting)
    return FunctionRow(row.id, row.name, row.introduced_on, row.told, row.seats, cost, used, unused)


def _price(row: CrmField, uses: Uses | None) -> FieldRow:
    typed = row.entries_a_week
    entries = Fraction(typed) if typed is not None else uses.records_a_week if uses else None
    effort = None if entries is None else price_typing(entries, row.seconds, row.hourly_cost_minor)
    return FieldRow(row.id, row.name, row.read_in, entries, typed is None, effort)


def _read_uses(rollout_id: int, store: Store) -> Uses | None:
    span = span_of_usage(rollout_id)
    if span is None:
        return None
    first_day = span[1] - timedelta(days=COUNTED_DAYS - 1)
    everybody = list_counted(rollout_id, span[1])
    staff = [one for one in everybody if one.go_live is None or one.go_live <= span[1]]
    people = match_users(staff)
    if len(staff) < LEAST_PEOPLE:
        return None
    days = [day for day in read_usage_days(rollout_id, first_day) if day.crm_user.strip().casefold() in people]
    users = _count_users(rollout_id, first_day, span[1], people, store)
    users[ANYTHING] = len({people[day.crm_user.strip().casefold()] for day in days if day.active_events})
    records = Fraction(sum(day.records for day in days), COUNTED_DAYS // 7)
    return Uses(first_day, span[1], len(staff), users, records, len(everybody) - len(staff))


def _count_users(
    rollout_id: int, first_day: date, last_day: date, people: dict[str, int], store: Store
) -> dict[str, int]:
    """Distinct people by object, each event counted once."""
    touched = [one for one in list_parts(rollout_id, store) if one.last_day >= first_day and one.first_day <= last_day]
    if not touched:
        return {}
    with open_backend() as backend:
        events = join_log(touched, first_day, last_day, backend).events
        if events is None:
            return {}
        rows = backend.connection.to_pyarrow(events.select("object", "user").distinct()).to_pylist()
    found: dict[str, set[int]] = {}
    for row in rows:
        person_id = people.get((row["user"] or "").strip().casefold())
        if person_id is not None and row["object"]:
            found.setdefault(row["object"], set()).add(person_id)
    return {thing: len(users) for thing, users in found.items()}


def _write_down(table: type[Entry], rollout_id: int, name: str, said: Mapping[str, object]) -> Entry:
    """A new entry; one of this name that was taken away comes back with what is said now."""
    named = (table.rollout_id == rollout_id, table.name == name.strip())
    row: Entry = db.session.scalar(select(table).where(*named)) or table(rollout_id=rollout_id, name=name.strip())
    if row.id is not None and row.removed_at is None:
        raise RuleBroken(lazy("This name is in the register already."))
    row.removed_at = None
    for column, value in said.items():
        setattr(row, column, value)
    db.session.add(row)
    db.session.flush()
    return row
