"""The target tables as a CRM would export them: new ids, new names, another order, another writing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tests.evaluators.transfer.arrivals import NOWHERE, Arrival, Arrivals
from tests.evaluators.transfer.fates import unknown_key
from tests.evaluators.transfer.sheets import (
    AMOUNT,
    DATE,
    PHONE,
    TIMESTAMP,
    Cells,
    Marks,
    Random,
    Rows,
    cells,
    change_each,
    days_between,
)

TABLE_NAMES = {
    "accounts": "companies", "contacts": "people", "deals": "opportunities", "activities": "tasks", "sellers": "users",
    "products": "items"}  # fmt: skip
COLUMN_NAMES = {
    "account_id": "company_id", "contact_id": "person_id", "deal_id": "opportunity_id",
    "owner_id": "responsible_id", "name": "full_name", "industry": "branch", "postcode": "zip", "city": "town",
    "phone": "telephone", "website": "url", "revenue": "annual_turnover", "founded": "founded_on",
    "first_name": "given_name", "last_name": "surname", "email": "mail_address", "position": "job_title",
    "created": "created_on", "note": "remarks", "title": "label", "stage": "phase", "amount": "value_eur",
    "product": "item_name", "opened": "start_date", "closed": "end_date", "comment": "description", "kind": "type",
    "subject": "topic", "held": "due_at", "minutes": "duration_min", "team": "unit", "hired": "employed_since",
    "series": "line", "price": "list_price"}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How the target names and writes things; `decimal` and dates of whole columns are benign."""

    names: str = "crm"  # crm | same | numbered
    date_format: str = "%d.%m.%Y"
    decimal: str = ","
    phone: str = ""  # "" leaves phones as they were, "compact" strips their blanks
    keys: str = "all"  # all | half | none | same
    overlapping_ids: bool = False
    mixed_dates: bool = False
    left_out: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # columns that vanished


@dataclass
class Landed:
    """One target table, its rows in arrival order; `own` are its ids, `legacy` the foreign ones it shows."""

    source_name: str
    name: str
    columns: dict[str, Cells]
    kinds: dict[str, str]
    alive: Marks
    own: Cells
    legacy: Cells
    order: Rows
    is_nameless: bool = False  # its columns say nothing, so a finding may name file and row

    @cached_property
    def place(self) -> Rows:
        """For each arrival row its number in the written file, counted from one; 0 where it never arrived."""
        numbers = np.zeros(len(self.alive), dtype=np.int64)
        numbers[self.order] = np.arange(1, len(self.order) + 1)
        return numbers

    def written(self) -> dict[str, Cells]:
        """The columns as exported: only arrived rows, in the target's order."""
        return {name: column[self.order] for name, column in self.columns.items()}


def land(arrivals: Arrivals, style: Style, random: Random) -> dict[str, Landed]:
    """Give every arrived row its id and write all tables in the target's style."""
    own = {name: _own_ids(arrival, style, random) for name, arrival in arrivals.items()}
    return {name: _land_table(arrival, arrivals, own, style, random) for name, arrival in arrivals.items()}


def _own_ids(arrival: Arrival, style: Style, random: Random) -> Cells:
    if arrival.sheet.natural_key:
        return arrival.columns[arrival.sheet.key]
    if style.keys == "same":
        blank = arrival.legacy == ""
        ids = arrival.legacy.copy()
        ids[blank] = cells(unknown_key(arrival.sheet, random) for _ in range(int(blank.sum())))
        return ids
    numbers = random.permutation(arrival.row_count)
    if style.overlapping_ids and str(arrival.sheet.keys[0]).isdigit():
        first = int(arrival.sheet.keys[0])
        return cells(str(first + number) for number in numbers.tolist())
    stem = f"{len(arrival.name):02}{arrival.name[0].upper()}"
    return cells(f"{stem}{number * 7919 + 1_000_003:012X}" for number in numbers.tolist())


def _land_table(arrival: Arrival, arrivals: Arrivals, own: dict[str, Cells], style: Style, random: Random) -> Landed:
    legacy = _legacy_shown(arrival, style, random)
    columns = _identity_columns(arrival, own[arrival.name], legacy, style)
    kinds = {}
    for name in arrival.columns:
        if name == arrival.sheet.key or (arrival.name, name) in style.left_out:
            continue
        title = _column_title(arrival, name, style)
        columns[title] = _written_column(arrival, arrivals, own, name, style, random)
        kinds[title] = arrival.sheet.kinds.get(name, "reference")
    columns["changed_at"] = days_between(random, "2025-03-01", "2025-03-04", arrival.row_count)
    order = random.permutation(np.flatnonzero(arrival.alive))
    name = arrival.name if style.names == "same" else TABLE_NAMES[arrival.name]
    shuffled = _retitled(columns, kinds, style, random)
    return Landed(
        arrival.name,
        name,
        shuffled[0],
        shuffled[1],
        arrival.alive,
        own[arrival.name],
        legacy,
        order,
        style.names == "numbered",
    )


def _legacy_shown(arrival: Arrival, style: Style, random: Random) -> Cells:
    shown = arrival.legacy.copy()
    if style.keys in ("none", "same") or arrival.sheet.natural_key:
        shown[:] = ""
    if style.keys == "half":
        hidden = random.random(arrival.row_count) < 0.5
        hidden[[fault.row for fault in arrival.spoiled if fault.fault == "rekeyed"]] = False
        shown[hidden] = ""
    return shown


def _identity_columns(arrival: Arrival, own: Cells, legacy: Cells, style: Style) -> dict[str, Cells]:
    if arrival.sheet.natural_key:
        return {_column_title(arrival, arrival.sheet.key, style): own}
    if style.keys == "same":
        return {arrival.sheet.key if style.names == "same" else "id": own}
    if style.keys == "none":
        return {"id": own}
    return {"id": own, "external_key": legacy}


def _column_title(arrival: Arrival, name: str, style: Style) -> str:
    return name if style.names == "same" else COLUMN_NAMES[name]


def _retitled(
    columns: dict[str, Cells], kinds: dict[str, str], style: Style, random: Random
) -> tuple[dict[str, Cells], dict[str, str]]:
    titles = list(columns)
    shuffled = [titles[place] for place in random.permutation(len(titles))]
    if style.names != "numbered":
        return {title: columns[title] for title in shuffled}, kinds
    new = {title: f"c{place}" for place, title in enumerate(shuffled, 1)}
    return {new[title]: columns[title] for title in shuffled}, {new[title]: kind for title, kind in kinds.items()}


def _written_column(
    arrival: Arrival, arrivals: Arrivals, own: dict[str, Cells], name: str, style: Style, random: Random
) -> Cells:
    column = arrival.columns[name]
    if name in arrival.points:
        return _written_references(arrival, arrivals[arrival.sheet.references[name]], own, name, random)
    kind = arrival.sheet.kinds[name]
    if kind in (DATE, TIMESTAMP):
        return _mixed(column, random) if style.mixed_dates else change_each(column, date_writer(style.date_format))
    if kind == AMOUNT and style.decimal != ".":
        return change_each(column, lambda value: value.replace(".", style.decimal))
    if kind == PHONE and style.phone == "compact":
        return change_each(column, lambda value: value.replace(" ", ""))
    return column


def date_writer(date_format: str) -> Callable[[str], str]:
    """A function that writes an ISO date in another format and leaves everything else alone."""
    parts = {"%Y": slice(0, 4), "%m": slice(5, 7), "%d": slice(8, 10)}

    def write(value: str) -> str:
        if len(value) not in (10, 19) or value[4:5] != "-" or value[7:8] != "-":
            return value
        day = date_format
        for mark, place in parts.items():
            day = day.replace(mark, value[place])
        return day + value[10:]

    return write


def _mixed(column: Cells, random: Random) -> Cells:
    writers = [date_writer(layout) for layout in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y")]
    choice = random.integers(0, 3, len(column))
    return cells(writers[way](value) for way, value in zip(choice, column, strict=True))


def _written_references(arrival: Arrival, parent: Arrival, own: dict[str, Cells], name: str, random: Random) -> Cells:
    targets = arrival.points[name]
    lost = (targets != NOWHERE) & ((targets < 0) | ~parent.alive[targets])
    written = own[parent.name][targets]
    written[targets == NOWHERE] = ""
    shown_dangling = lost & ((random.random(len(targets)) < 0.4) | (targets < NOWHERE))
    written[lost] = ""
    written[shown_dangling] = cells(unknown_key(parent.sheet, random) for _ in range(int(shown_dangling.sum())))
    return written
