"""Writes that were already done, so that a form sent twice has one effect."""

from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.tables import RequestKey


def find_answered_request(key: str, user_id: int) -> str | None:
    """Where the first answer to this request led, or None when it is new."""
    return db.session.scalar(select(RequestKey.location).where(RequestKey.key == key, RequestKey.user_id == user_id))


def remember_request(key: str, user_id: int, *, location: str, now: datetime) -> None:
    """Keep the key in the transaction of the write itself: both happen or neither."""
    db.session.add(RequestKey(key=key, user_id=user_id, location=location[:500], at=now))


def answer_leads_to(key: str, user_id: int, location: str) -> None:
    """Say where the answer leads, when not back to the form's page."""
    row = db.session.get(RequestKey, (key, user_id))
    if row is not None:
        row.location = location[:500]
