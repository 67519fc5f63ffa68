"""The columns of the exchange format, which of them must be there, and what others call them."""

from implement.engine.exchange.vocabulary.events import EVENTS
from implement.engine.exchange.vocabulary.people import ABSENCES, CALLS, HOLIDAYS, MEETINGS, MIGRATION, ORDERS, USERS
from implement.engine.exchange.vocabulary.words import Words

COLUMN_WORDS: dict[str, Words] = {
    "events": EVENTS,
    "users": USERS,
    "absences": ABSENCES,
    "holidays": HOLIDAYS,
    "meetings": MEETINGS,
    "migration": MIGRATION,
    "orders": ORDERS,
    "calls": CALLS,
}
REQUIRED_COLUMNS: Words = {
    "events": ("user", "ts"),
    "users": ("user",),
    "absences": ("user", "from"),
    "holidays": ("date",),
    "meetings": ("team", "weekday", "hour"),
    "migration": ("record_id", "status"),
    "orders": ("order_id", "user", "date"),
    "calls": ("user", "date"),
}


def words_for(kind: str, column: str) -> tuple[str, ...]:
    """Name what others call this column; empty entries share the words of events or users."""
    own = COLUMN_WORDS[kind][column]
    if own:
        return own
    return COLUMN_WORDS["users" if column == "team" else "events"][column]
