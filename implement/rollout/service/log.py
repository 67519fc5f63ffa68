"""The log of every write: append-only, each row chained to the one before by SHA-256 (trust: tampering is found)."""

import hashlib
import json
from contextlib import closing
from datetime import datetime
from typing import Protocol

from sqlalchemy import Table, event, select, text
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from implement.db import LEAVES_NO_LOG, db
from implement.jobs import Plain
from implement.rollout.tables import LogRow

FIRST_HASH = "0" * 64
UNLOGGED_TABLES = frozenset({"job", "log_row", "login_attempt", "login_session", "look", "outbox_mail", "request_key"})
CHAIN_LOCK = 7406
NEWEST_HASH = select(LogRow.hash).order_by(LogRow.id.desc()).limit(1)


class Actor(Protocol):
    """Whoever does something: an account, or a link token's person."""

    id: int
    name: str


class UnloggedWrite(RuntimeError):
    """A transaction changed rows and left no log row: a bug of ours."""


def log_write(
    action: str, subject: str, *, by: Actor | None, now: datetime, rollout_id: int | None = None, **details: Plain
) -> None:
    """Write down who did what to which subject; part of the same transaction as the write itself."""
    row = LogRow(
        at=now,
        by_id=by.id if by else None,
        by_name=by.name if by else "Implement",
        rollout_id=rollout_id,
        action=action,
        subject=subject,
        details=details,
        previous_hash=_last_hash(),
    )
    row.hash = hash_row(row)
    db.session.add(row)
    db.session.info["logged"] = True
    db.session.flush()


def hash_row(row: LogRow) -> str:
    """SHA-256 over the canonical JSON of all a row says and the hash of the row before."""
    said = [row.at.isoformat(), row.by_id, row.by_name, row.rollout_id, row.action, row.subject, row.details]
    canonical = json.dumps([row.previous_hash, *said], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def find_broken_row() -> int | None:
    """The id of the first row that does not fit the chain, or None while all do."""
    previous = FIRST_HASH
    with closing(db.session.scalars(select(LogRow).order_by(LogRow.id).execution_options(yield_per=1000))) as rows:
        for row in rows:
            if row.previous_hash != previous or row.hash != hash_row(row):
                return row.id
            previous = row.hash
    return None


def holds_head(head: str) -> bool:
    """True while the log still holds the row whose hash was printed on a report: nothing up to there was cut off."""
    return db.session.scalar(select(LogRow.id).where(LogRow.hash == head.strip().lower())) is not None


def chain_head() -> str:
    """The hash of the newest row, printed on exports and reports."""
    return db.session.scalar(NEWEST_HASH) or FIRST_HASH


def has_written(session: Session) -> bool:
    """True when the transaction at hand has changed, or is about to change, what the log keeps account of."""
    is_changed = session.new or session.dirty or session.deleted
    return bool(is_changed or session.info.get("wrote") or session.info.get("logged"))


def _last_hash() -> str:
    """The newest hash, with the chain locked until commit (SQLite writers are queued already)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    return chain_head()


def _is_logged(table: Table) -> bool:
    return table.name not in UNLOGGED_TABLES and not table.info.keys() & LEAVES_NO_LOG.keys()


@event.listens_for(Session, "after_flush")
def _notice_writes(session: Session, context: UOWTransaction) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(_is_logged(row.__table__) for row in changed):
        session.info["wrote"] = True


@event.listens_for(Session, "do_orm_execute")
def _notice_bulk_writes(state: ORMExecuteState) -> None:
    if state.is_select or state.bind_mapper is None:
        return
    if _is_logged(state.bind_mapper.class_.__table__):
        state.session.info["wrote"] = True


@event.listens_for(Session, "before_commit")
def _demand_log_row(session: Session) -> None:
    session.flush()
    if session.in_nested_transaction():
        return
    wrote, logged = session.info.pop("wrote", False), session.info.pop("logged", False)
    if wrote and not logged:
        raise UnloggedWrite


@event.listens_for(Session, "after_rollback")
def _forget_writes(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("wrote", None)
        session.info.pop("logged", None)
