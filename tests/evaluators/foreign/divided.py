"""A move that divides a table: companies become customers and suppliers, with columns of their own."""

import random
from decimal import Decimal

from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Column, Delivery, Firm, Record, Sheet, column
from tests.evaluators.foreign.words import CITIES, LAST, dotted, iso, lose, may_turn, some_day, some_words, turn

SHORT = {"customers": "C", "suppliers": "S"}


def build_divided(size: int, seed: int = 6, *, keyed: bool = True, told: bool = True, alike: bool = True) -> Firm:
    """Companies of two kinds, `told` by a column or not, and the orders of the one and the other."""
    chance = random.Random(seed)
    companies = [_company(number, chance) for number in range(2 * size)]
    sheets = {kind: _list_companies(companies, kind, keyed, told, alike) for kind in SHORT}
    for kind, name in (("customers", "orders"), ("suppliers", "purchases")):
        ids = [one["id"] for one in companies if one["kind"] == kind]
        orders = [_order(number, name, chance.choice(ids), chance) for number in range(size)]
        sheets[name] = _list_orders(orders, name, kind)
    old, new = Delivery(), Delivery("utf-8-sig", ";")
    return Firm(sheets, old, new, lambda *_: f"{chance.getrandbits(60):015x}", chance)


def _company(number: int, chance: random.Random) -> Record:
    kind = chance.choice(["customers", "customers", "suppliers"])
    return {
        "id": 1000 + number,
        "name": f"{chance.choice(LAST)} {some_words(chance, 1)} {chance.randrange(10**5)}",
        "city": chance.choice(CITIES),
        "phone": f"0{chance.randrange(10**8, 10**9)}",
        "since": some_day(chance),
        "terms": chance.choice(["30 days", "14 days", "at once"]) if kind == "suppliers" else None,
        "kind": kind,
    }


def _order(number: int, name: str, company: object, chance: random.Random) -> Record:
    return {
        "id": f"{name[0].upper()}{number + 500}",
        "company": company,
        "amount": Decimal(chance.randrange(10**4, 10**7)) / 100,
        "day": some_day(chance),
    }


def _list_companies(records: list[Record], kind: str, keyed: bool, told: bool, alike: bool) -> Sheet:
    old = [
        column("CompanyNo", "id"),
        column("Company", "name"),
        column("City", "city"),
        column("Phone", "phone"),
        column("Since", "since", dotted),
        column("Terms", "terms"),
        *([column("Kind", "kind", SHORT.__getitem__)] if told else []),
    ]
    name = "name" if alike else f"{kind[:-1]}_name"
    new: list[Column] = [
        column("id", "new_id"),
        *([column("old_number", "id")] if keyed else []),
        column(name, "name"),
        column("town", "city"),
        column("telephone", "phone"),
        column("since", "since", iso),
        *([column("payment_terms", "terms")] if kind == "suppliers" else []),
    ]
    return Sheet("Companies", [one for one in records if one["kind"] == kind], old, new, kind)


def _list_orders(records: list[Record], name: str, parent: str) -> Sheet:
    old = [
        column("No", "id"),
        column("CompanyNo", "company", names=parent),
        column("Total", "amount"),
        column("Date", "day", dotted),
    ]
    new = [
        column("number", "id"),
        column("company_id", "company", names=parent),
        column("total", "amount"),
        column("date", "day", iso),
    ]
    return Sheet(name.title(), records, old, new, name)


def damage_divided(planter: Planter) -> None:
    """Faults in both tables and in what names their records."""
    for kind in SHORT:
        planter.drop(kind, 4)
        planter.double(kind, 4)
        planter.change(kind, "phone", "value_changed", 4, lambda phone: f"0{int(str(phone)) + 1_111}")
        planter.change(kind, "since", "date_swapped", 4, turn, may_turn)
    planter.change("suppliers", "terms", "value_lost", 4, lose)
    for orders, kind in (("orders", "customers"), ("purchases", "suppliers")):
        planter.drop(orders, 4)
        planter.misplace(orders, "company", kind, 4)
