"""Orders as another system booked them: who, when, and which deal of the CRM stands behind each."""

from dataclasses import dataclass
from datetime import date

from implement.engine.backend import Backend
from implement.engine.exchange.events import BLANK_USERS
from implement.engine.exchange.faults import ExchangeFault
from implement.engine.exchange.reading import Exchange
from implement.engine.exchange.workforce import RowReader, plain_user
from implement.engine.intake import ROW


@dataclass(frozen=True)
class Order:
    """One order; `crm_deal_id` is empty where the CRM never knew of it."""

    number: str
    user: str
    day: date
    crm_deal_id: str = ""


def read_orders(reader: RowReader) -> tuple[Order, ...]:
    """Read orders; a number that stands for two different ones is reported."""
    found: dict[str, Order] = {}
    for place, row in enumerate(reader.rows, start=1):
        day = reader.day(place, row, "date")
        if not reader.demand(place, row, "order_id", "user", "date") or day is None:
            continue
        number, user = (plain_user(reader.text(row, name)) or "" for name in ("order_id", "user"))
        deal = plain_user(reader.text(row, "crm_deal_id")) or ""
        order = Order(number, user, day, "" if deal.lower() in BLANK_USERS else deal)
        if found.setdefault(number, order) != order:
            reader.report(place, "order_id", "order_twice", number)
    return tuple(found.values())


def list_orders(exchange: Exchange, backend: Backend) -> tuple[list[Order], list[ExchangeFault]]:
    """The orders of a table, typed row by row, with every fault."""
    role = next((role for role in exchange.roles if role.kind == "orders"), None)
    if role is None or exchange.orders is None:
        return [], []
    rows = backend.connection.to_pyarrow(exchange.orders.order_by(ROW)).to_pylist()
    reader = RowReader(role.table, role.columns, rows)
    return list(read_orders(reader)), reader.faults
