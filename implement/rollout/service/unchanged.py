"""What was computed once stays right while nothing is written: the log's newest row stands for the whole database.

Every write leaves a log row that is chained to all rows before it. Tables written without one (jobs, log-ins, looks,
see `UNLOGGED_TABLES` and `LEAVES_NO_LOG`) may not be read by what is kept here, nor may it hold rows of a session.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from implement.db import db
from implement.rollout.service.log import chain_head, has_written

MOST_KEPT = 500
MOST_LETTERS = 20_000_000
HEAD = "head_of_log"

Kept = TypeVar("Kept")


@dataclass
class _Shelf:
    """What is kept of one database, all of it computed under one head of the log; the oldest makes room."""

    head: str = ""
    found: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)
    letters: int = 0

    def put(self, head: str, what: Hashable, found: object) -> None:
        """Keep one more thing; under another head nothing else stays."""
        if head != self.head:
            self.head, self.letters = head, 0
            self.found.clear()
        self.letters += _count_letters(found) - _count_letters(self.found.pop(what, None))
        self.found[what] = found
        while len(self.found) > MOST_KEPT or self.letters > MOST_LETTERS:
            self.letters -= _count_letters(self.found.popitem(last=False)[1])


_shelves: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
_lock = Lock()


def while_unchanged(what: tuple[Hashable, ...], compute: Callable[[], Kept]) -> Kept:
    """Return what was computed before under this name while the log has had the same newest row, else compute it.

    Within a transaction that has written, everything is computed anew.
    """
    session = db.session()
    if has_written(session):
        return compute()
    head = _head(session)
    with _lock:
        shelf = _shelves.setdefault(db.engine, _Shelf())
        if shelf.head == head and what in shelf.found:
            shelf.found.move_to_end(what)
            return shelf.found[what]  # type: ignore[return-value]
    found = compute()
    with _lock:
        shelf.put(head, what, found)
    return found


def forget_kept() -> None:
    """Forget everything: the rows of a database were exchanged beneath its engine."""
    with _lock:
        _shelves.clear()


def _head(session: Session) -> str:
    """The newest hash of the log, asked once in a transaction."""
    transaction, head = session.info.get(HEAD, (None, ""))
    if transaction is None or transaction is not session.get_transaction():
        head = chain_head()
        session.info[HEAD] = (session.get_transaction(), head)
    return str(head)


def _count_letters(found: object) -> int:
    return len(found) if isinstance(found, str) else 0
