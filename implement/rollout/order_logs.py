"""What a room that reads the CRM's events offers to the clocks of an order's chain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from implement.engine.rehearsal import EventKind, OrdersAsked, OrdersFound
from implement.store import Store


@dataclass(frozen=True)
class OrderLog:
    """A room that reads the CRM's events: the edition of its log (another after each change), the kinds of event there
    are with how many records each tells of, the orders that events tell of, and the page that brings events in.
    """

    read_edition: Callable[[int], int]
    list_kinds: Callable[[int, Store], Sequence[tuple[EventKind, int]]]
    find_orders: Callable[[int, OrdersAsked, Store], OrdersFound | None]
    endpoint: str
