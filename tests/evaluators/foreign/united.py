"""A move that unites tables: leads and contacts become people, deals of two states one table, sheets of years one."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Column, Delivery, Firm, Record, Sheet, column
from tests.evaluators.foreign.words import CITIES, FIRST, LAST, dotted, iso, lose, may_turn, some_words, turn


@dataclass(frozen=True)
class Shape:
    """How the new product holds what it united."""

    keyed: bool = True
    """The old ids are kept in a column of their own."""
    kind: bool = True
    """A column tells what each row was."""
    apart: bool = False
    """The old ids of the tables do not collide."""
    leads: float = 1.0
    """So many leads for each contact."""
    renamed: bool = False
    """The headings say nothing."""


KINDS = {"leads": "lead", "contacts": "contact"}
SOURCES = ["web", "fair", "call", "partner"]


def build_united(size: int, seed: int = 5, shape: Shape = Shape()) -> Firm:
    """Leads, contacts, deals of two states and activities of two years."""
    chance = random.Random(seed)
    contacts = [_contact(number, chance) for number in range(size)]
    leads = [_lead(number, chance, size * shape.apart) for number in range(int(size * shape.leads))]
    deals = [_deal(number, chance.choice(contacts)["id"], chance) for number in range(2 * size)]
    for number, deal in enumerate(deals):
        deal["lead"] = chance.choice(leads)["id"] if number % 3 else None
    calls = [_call(number, chance.choice(contacts)["id"], chance) for number in range(2 * size)]
    sheets = _list_people(leads, contacts, shape) | _list_deals(deals, shape) | _list_calls(calls, shape)
    old, new = Delivery("cp1252", ";"), Delivery()
    return Firm(sheets, old, new, lambda *_: f"{chance.getrandbits(60):015x}", chance)


def _contact(number: int, chance: random.Random) -> Record:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    return {
        "id": number + 1,
        "first": first,
        "last": last,
        "mail": f"{first}.{last}.{chance.randrange(10**4)}@example.com".lower(),
        "phone": f"0{chance.randrange(10**8, 10**9)}",
        "city": chance.choice(CITIES),
        "born": date(1950, 1, 1) + timedelta(days=chance.randrange(18_000)),
        "kind": "contacts",
    }


def _lead(number: int, chance: random.Random, first_id: int) -> Record:
    person = _contact(number, chance)
    made = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
    told = {"from": chance.choice(SOURCES), "made": made, "kind": "leads"}
    return person | told | {"id": first_id + number + 1}


def _deal(number: int, contact: object, chance: random.Random) -> Record:
    closed = number % 5 < 2
    return {
        "id": f"D{number + 100}",
        "title": f"{some_words(chance, 2)} {chance.randrange(10**4)}",
        "contact": contact,
        "amount": Decimal(chance.randrange(10**4, 10**7)) / 100,
        "stage": chance.choice(["won", "lost"] if closed else ["offer", "talk", "new"]),
        "due": date(2024, 1, 1) + timedelta(days=chance.randrange(700)),
        "closed": closed,
    }


def _call(number: int, contact: object, chance: random.Random) -> Record:
    year = 2023 + number % 2
    return {
        "id": number // 2 + 1,
        "contact": contact,
        "day": date(year, 1, 1) + timedelta(days=chance.randrange(365)),
        "how": chance.choice(["call", "mail", "visit"]),
        "note": some_words(chance, 6),
        "year": year,
    }


def _headed(shape: Shape, columns: list[Column]) -> list[Column]:
    if not shape.renamed:
        return columns
    return [Column(f"f_{one.fields[0][::-1]}", one.fields, one.write, one.names) for one in columns]


def _ids(shape: Shape, heading: str) -> list[Column]:
    return [column("id", "new_id"), *([column(heading, "id")] if shape.keyed else [])]


def _list_people(leads: list[Record], contacts: list[Record], shape: Shape) -> dict[str, Sheet]:
    both = [column("mail", "mail"), column("telephone", "phone"), column("city", "city")]
    named = [column("first_name", "first"), column("last_name", "last"), *both]
    kind = [column("type", "kind", KINDS.__getitem__)] if shape.kind else []
    new = _ids(shape, "legacy_id") + named + kind
    old = [column("FirstName", "first"), column("LastName", "last"), column("EMail", "mail"), column("Phone", "phone")]
    lead = [
        column("LeadId", "id"),
        *old,
        column("Town", "city"),
        column("LeadSource", "from"),
        column("Created", "made", dotted),
    ]
    person = [column("ContactId", "id"), *old, column("City", "city"), column("Birthdate", "born", dotted)]
    leads_new = _headed(shape, [*new, column("source", "from"), column("created", "made", iso)])
    people_new = _headed(shape, [*new, column("birthday", "born", iso)])
    return {
        "leads": Sheet("Leads", leads, lead, leads_new, "people"),
        "contacts": Sheet("Contacts", contacts, person, people_new, "people"),
    }


def _list_deals(deals: list[Record], shape: Shape) -> dict[str, Sheet]:
    old = [
        column("DealId", "id"),
        column("Title", "title"),
        column("ContactId", "contact", names="contacts"),
        column("LeadId", "lead", names="leads"),
        column("Amount", "amount"),
        column("Stage", "stage"),
        column("Due", "due", dotted),
    ]
    new = [
        *_ids(shape, "deal_no"),
        column("name", "title"),
        column("person", "contact", names="contacts"),
        column("from_person", "lead", names="leads"),
        column("value", "amount"),
        column("stage", "stage", str.upper),
        column("close_date", "due", iso),
    ]
    states: Mapping[str, Callable[[Record], object]] = {
        "open": lambda one: not one["closed"],
        "closed": lambda one: one["closed"],
    }
    return {
        f"deals_{state}": Sheet(
            f"Deals_{state}", [d for d in deals if fits(d)], old, _headed(shape, new), "opportunities"
        )
        for state, fits in states.items()
    }


def _list_calls(calls: list[Record], shape: Shape) -> dict[str, Sheet]:
    old = [
        column("No", "id"),
        column("Contact", "contact", names="contacts"),
        column("Date", "day", dotted),
        column("Kind", "how"),
        column("Note", "note"),
    ]
    new = [
        *_ids(shape, "old_no"),
        column("person_id", "contact", names="contacts"),
        column("date", "day", iso),
        column("type", "how"),
        column("text", "note"),
    ]
    return {
        f"calls_{year}": Sheet(
            f"Calls_{year}", [c for c in calls if c["year"] == year], old, _headed(shape, new), "activities"
        )
        for year in (2023, 2024)
    }


def damage_united(planter: Planter) -> None:
    """Faults in every part of what was united."""
    for people in ("leads", "contacts"):
        planter.drop(people, 6)
        planter.double(people, 6)
        planter.swap(people, "first", "last", 6)
        planter.change(people, "mail", "value_lost", 6, lose)
        planter.change(people, "phone", "value_changed", 6, lambda phone: f"0{int(str(phone)) + 1_111}")
    planter.change("leads", "made", "date_swapped", 6, turn, may_turn)
    for deals in ("deals_open", "deals_closed"):
        planter.drop(deals, 6)
        planter.double(deals, 6)
        planter.misplace(deals, "contact", "contacts", 6)
        planter.misplace(deals, "lead", "leads", 4)
        planter.change(deals, "amount", "value_changed", 6, lambda money: Decimal(str(money)) + Decimal("11.50"))
    for calls in ("calls_2023", "calls_2024"):
        planter.drop(calls, 6)
        planter.misplace(calls, "contact", "contacts", 6)
        planter.change(calls, "note", "truncated", 6, lambda note: str(note)[:12])
