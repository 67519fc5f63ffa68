"""Type a log once, so that every pass over it reads days and words as they are instead of parsing text anew."""

from dataclasses import replace

from implement.engine.backend import Backend
from implement.engine.exchange.reading import Exchange

READ_LATER = (
    "user", "at", "day", "object", "action", "source", "record_id", "text_hash", "target_user", "effective_day",
    "filled", "total", "is_changed", "hits",
)  # fmt: skip
"""What roll-up and habits read; texts as they were said and stages by name are not."""


def type_once(exchange: Exchange, backend: Backend) -> Exchange:
    """The same exchange over events that are worked out and kept by the embedded engine, in what is read later."""
    if exchange.events is None:
        return exchange
    narrow = exchange.events.select(*(name for name in READ_LATER if name in exchange.events.columns))
    embedded = backend.embedded
    return replace(exchange, events=embedded.connection.create_table(embedded.fresh_name("typed"), narrow))
