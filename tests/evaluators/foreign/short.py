"""Headings of few letters, ids with leading zeros, amounts in cents, names turned round."""

import random
from decimal import Decimal

from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Delivery, Firm, Record, Sheet, column
from tests.evaluators.foreign.words import FIRST, LAST, dotted, lose, may_turn, some_day, turn

KINDS = {"TA": "Termin", "ZOR": "Standard", "RE": "Retoure"}


def build_short(size: int, seed: int = 3) -> Firm:
    """Orders alone."""
    chance = random.Random(seed)
    orders = [_order(number, chance) for number in range(3 * size)]
    old, new = Delivery("latin-1", "|", ".txt"), Delivery("utf-16", "\t")
    return Firm({"orders": _list_orders(orders)}, old, new, lambda key, _: key, chance)


def _order(number: int, chance: random.Random) -> Record:
    return {
        "id": f"{80_000 + number:010}",
        "day": some_day(chance),
        "net": Decimal(chance.randrange(10**3, 10**7) * 10 + 3) / 100,
        "kind": chance.choice(list(KINDS)),
        "buyer": f"{chance.choice(LAST)}, {chance.choice(FIRST)}",
    }


def _list_orders(records: list[Record]) -> Sheet:
    old = [
        column("VBELN", "id"),
        column("AUDAT", "day", lambda day: f"{day:%Y%m%d}" if day else ""),
        column("NETWR", "net", lambda money: int(money * 100)),
        column("AUART", "kind"),
        column("BNAME", "buyer"),
    ]
    new = [
        column("Auftragsnummer", "id", lambda key: key.lstrip("0")),
        column("Nettowert", "net"),
        column("Auftragsdatum", "day", dotted),
        column("Auftragsart", "kind", KINDS.get),
        column("Besteller", "buyer", lambda name: " ".join(reversed(name.split(", "))) if name else ""),
    ]
    return Sheet("VBAK", records, old, new, "Aufträge")


def damage_short(planter: Planter) -> None:
    """Faults beside cents, zeros and turned names."""
    planter.drop("orders", 6)
    planter.change("orders", "day", "date_swapped", 6, turn, may_turn)
    planter.change("orders", "net", "value_changed", 6, lambda money: Decimal(str(money)) + Decimal("11.50"))
    planter.change("orders", "buyer", "value_lost", 6, lose)
