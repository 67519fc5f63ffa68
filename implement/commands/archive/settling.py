"""What a restored state must not do again: send mails that may have been sent since, revive log-ins that were ended."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from implement.rollout.service.log import FIRST_HASH, hash_row
from implement.rollout.tables import LoginSession, LogRow, OutboxMail

FAILURE = "Not sent: the state was restored from a backup, and the mail may have been sent since that was made."


def settle(connection: Connection, *, made_at: datetime, now: datetime) -> None:
    """End all log-ins, hold waiting mails back and name them as failures, and log the restore."""
    connection.execute(update(LoginSession).where(LoginSession.ended_at.is_(None)).values(ended_at=now))
    waiting = OutboxMail.claimed_at.is_(None)
    connection.execute(update(OutboxMail).where(waiting).values(claimed_at=now, failure=FAILURE))
    connection.execute(insert(LogRow).values(_log_restore(connection, made_at=made_at, now=now)))


def _log_restore(connection: Connection, *, made_at: datetime, now: datetime) -> dict[str, object]:
    newest = select(LogRow.hash).order_by(LogRow.id.desc()).limit(1)
    said: dict[str, object] = {
        "at": now,
        "by_id": None,
        "by_name": "Implement",
        "rollout_id": None,
        "action": "restore",
        "subject": "database",
        "details": {"made_at": made_at.isoformat()},
        "previous_hash": connection.scalar(newest) or FIRST_HASH,
    }
    return said | {"hash": hash_row(LogRow(**said))}
