"""Exchange: read what a firm hands in about the use of its CRM, in the exchange format or in words of its own."""

from implement.engine.exchange.calls import NO_CALLS, CallCount, ListedCalls, join_calls, list_calls
from implement.engine.exchange.faults import EXCHANGE_FAULT_TEXTS, NOTE_TEXTS, ExchangeFault, Note
from implement.engine.exchange.kinds import TableRole
from implement.engine.exchange.mapping import ExchangeMapping, TableMapping, read_mapping
from implement.engine.exchange.orders import Order, list_orders
from implement.engine.exchange.reading import DEFAULT_ZONE, Exchange, read_exchange
from implement.engine.exchange.workforce import Absence, Meeting, Person, Workforce

__all__ = [
    "DEFAULT_ZONE",
    "EXCHANGE_FAULT_TEXTS",
    "NOTE_TEXTS",
    "NO_CALLS",
    "Absence",
    "CallCount",
    "Exchange",
    "ExchangeFault",
    "ExchangeMapping",
    "ListedCalls",
    "Meeting",
    "Note",
    "Order",
    "Person",
    "TableMapping",
    "TableRole",
    "Workforce",
    "join_calls",
    "list_calls",
    "list_orders",
    "read_exchange",
    "read_mapping",
]
