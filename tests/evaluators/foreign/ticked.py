"""Ticks are an X or nothing, one of three ratings is left blank, two lists become one."""

import random

from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Delivery, Firm, Record, Sheet, Write, column
from tests.evaluators.foreign.words import CITIES, FIRST, LAST, dotted, iso, lose, some_day

RATINGS = {"A": "Hot", "B": "Warm", None: "Unrated"}
STATES = {("lead", "open"): "New", ("lead", "closed"): "Lost", ("buyer", "open"): "Active", ("buyer", "closed"): "Gone"}
TRADES = ["Bakery", "Brewery", "Smithy", "Joinery", "Printing", "Weaving"]


def build_ticked(size: int, seed: int = 4) -> Firm:
    """Contacts alone, with ticks of three kinds."""
    chance = random.Random(seed)
    contacts = [_contact(number, chance) for number in range(3 * size)]
    old, new = Delivery("cp1252", ";"), Delivery()
    return Firm({"contacts": _list_contacts(contacts)}, old, new, lambda _, number: f"{70_000 + number}", chance)


def _contact(number: int, chance: random.Random) -> Record:
    return {
        "id": f"K{1000 + number}",
        "name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        "mail": f"{chance.choice(LAST).lower()}{number}@example.org",
        "city": chance.choice(CITIES),
        "born": some_day(chance),
        "news": chance.random() < 0.3,
        "barred": chance.random() < 0.1,
        "paper": chance.random() < 0.6,
        "rating": chance.choice(list(RATINGS)),
        "trade": chance.choice(TRADES),
        "role": chance.choice(["lead", "buyer"]),
        "state": chance.choice(["open", "closed"]),
    }


def _list_contacts(records: list[Record]) -> Sheet:
    old = [
        column("Nr", "id"),
        column("Name", "name"),
        column("E-Mail", "mail"),
        column("Ort", "city"),
        column("Geburtstag", "born", dotted),
        column("Newsletter", "news", _tick("X", "")),
        column("Gesperrt", "barred", _tick("ja", "")),
        column("Katalog", "paper", _tick("1", "")),
        column("ABC", "rating"),
        column("Branche", "trade"),
        column("Rolle", "role"),
        column("Stand", "state"),
    ]
    new = [
        column("id", "new_id"),
        column("number", "id"),
        column("full_name", "name"),
        column("email", "mail"),
        column("city", "city"),
        column("birthday", "born", iso),
        column("newsletter", "news", _tick("true", "false")),
        column("blocked", "barred", _tick("1", "0")),
        column("catalogue", "paper", _tick("Yes", "No")),
        column("rating", "rating", RATINGS.get),
        column("industry", "trade", str.upper),
        column("status", "role state", lambda *both: STATES[both]),
    ]
    return Sheet("Kontakte", records, old, new, "contacts")


def _tick(yes: str, no: str) -> Write:
    return lambda ticked: "" if ticked is None else yes if ticked else no


def damage_ticked(planter: Planter) -> None:
    """Ticks set and taken away beside the other way of writing them."""
    planter.drop("contacts", 4)
    planter.change("contacts", "news", "value_filled", 6, lambda _: True, lambda ticked: not ticked)
    planter.change("contacts", "news", "value_lost", 6, lambda _: False)
    planter.change("contacts", "born", "value_lost", 6, lose)
    planter.change("contacts", "trade", "value_changed", 6, lambda trade: "Bakery" if trade != "Bakery" else "Brewery")
    planter.change("contacts", "state", "value_changed", 6, lambda state: "open" if state == "closed" else "closed")
