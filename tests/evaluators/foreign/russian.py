"""Cyrillic headings in cp1251, money in words, epochs, full names taken apart, deals that name the client's title."""

import random
from decimal import Decimal

from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.sheets import Delivery, Firm, Record, Sheet, Write, column
from tests.evaluators.foreign.words import FAMILII, IMENA, dotted, iso, lose, may_turn, some_day, some_moment, turn


def build_russian(size: int, seed: int = 2) -> Firm:
    """Clients and their deals."""
    chance = random.Random(seed)
    clients = [_client(number, chance) for number in range(size)]
    deals = [_deal(number, chance.choice(clients)["id"], chance) for number in range(3 * size)]
    titles = {client["id"]: client["name"] for client in clients}
    return Firm(
        {"clients": _list_clients(clients), "deals": _list_deals(deals, titles.get)},
        Delivery("cp1251", ";"),
        Delivery("utf-8-sig", ";"),
        lambda _, number: str(2 * number + 1),
        chance,
    )


def _client(number: int, chance: random.Random) -> Record:
    return {
        "id": str(3_000_000 + 7 * number),
        "name": f"ООО «{chance.choice(FAMILII)} и {chance.choice(FAMILII)} {number}»",
        "tax": f"0{chance.randrange(10**8, 10**9)}",
        "first": chance.choice(IMENA),
        "last": chance.choice(FAMILII),
    }


def _deal(number: int, client: object, chance: random.Random) -> Record:
    return {
        "id": str(5_000_000 + 3 * number),
        "title": f"Поставка {number} {chance.choice(FAMILII)}",
        "client": client,
        "sum": Decimal(chance.randrange(10**3, 10**7) * 10 + 7) / 100,
        "made": some_moment(chance),
        "till": some_day(chance),
    }


def _list_clients(records: list[Record]) -> Sheet:
    old = [
        column("ID", "id"),
        column("Название компании", "name"),
        column("ИНН", "tax"),
        column("Директор", "last first", "{} {}".format),
    ]
    new = [
        column("ID", "new_id"),
        column("Внешний код", "id"),
        column("Название", "name"),
        column("ИНН", "tax"),
        column("Имя", "first"),
        column("Фамилия", "last"),
    ]
    return Sheet("компании", records, old, new, "COMPANY")


def _list_deals(records: list[Record], title: Write) -> Sheet:
    old = [
        column("ID", "id"),
        column("Название сделки", "title"),
        column("Компания", "client", title, "clients"),
        column("Бюджет", "sum", lambda money: f"{money:,.2f} руб".replace(",", " ").replace(".", ",")),
        column("Дата создания", "made", lambda at: int(at.timestamp())),
        column("Срок", "till", dotted),
    ]
    new = [
        column("ID", "new_id"),
        column("Внешний код", "id"),
        column("Название", "title"),
        column("Компания", "client", title),
        column("Сумма", "sum"),
        column("Дата начала", "made", lambda at: f"{at:%d.%m.%Y %H:%M:%S}"),
        column("Срок", "till", iso),
    ]
    return Sheet("сделки", records, old, new, "DEAL")


def damage_russian(planter: Planter) -> None:
    """Faults where parents are named by their title."""
    planter.drop("clients", 2)
    planter.drop("deals", 6)
    planter.change("deals", "till", "date_swapped", 6, turn, may_turn)
    planter.change("deals", "till", "value_lost", 6, lose)
    planter.change("clients", "tax", "number_format", 6, lambda tax: str(tax).lstrip("0"))
