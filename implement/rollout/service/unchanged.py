"""What was computed once stays right while nothing is written: the log's newest row stands for the whole database.

Every write leaves a log row that is chained to all rows before it. Tables written without one (jobs, log-ins, looks,
see `UNLOGGED_TABLES`) may not be read by what is kept here, nor may it hold rows of a session.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from implement.db import db
from implement.rollout.service.log import chain_head, has_written

MOST_KEPT = 500
HEAD = "head_of_log"

Kept = TypeVar("Kept")
_by_engine: WeakKeyDictionary[Engine, OrderedDict[Hashable, object]] = WeakKeyDictionary()
_lock = Lock()


def while_unchanged(what: tuple[Hashable, ...], compute: Callable[[], Kept]) -> Kept:
    """Return what was computed before under this name while the log has had the same newest row, else compute it.

    Within a transaction that has written, everything is computed anew.
    """
    session = db.session()
    if has_written(session):
        return compute()
    key = (_head(session), *what)
    with _lock:
        kept = _by_engine.setdefault(db.engine, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]  # type: ignore[return-value]
    found = compute()
    with _lock:
        kept[key] = found
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return found


def _head(session: Session) -> str:
    """The newest hash of the log, asked once in a transaction."""
    transaction, head = session.info.get(HEAD, (None, ""))
    if transaction is None or transaction is not session.get_transaction():
        head = chain_head()
        session.info[HEAD] = (session.get_transaction(), head)
    return str(head)
