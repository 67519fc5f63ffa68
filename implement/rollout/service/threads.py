"""Discussion on anything that has a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from implement.db import change_rows, db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import Message
from implement.web.texts import lazy

LONGEST_MESSAGE = 10_000


@dataclass(frozen=True)
class Said:
    """A contribution as the page shows it."""

    name: str
    at: datetime
    text: str


def say(rollout_id: int, subject: str, text: str, *, by: Actor, now: datetime) -> None:
    """Add a contribution to the discussion of the subject."""
    said = text.strip()
    if not said or len(said) > LONGEST_MESSAGE:
        raise RuleBroken(lazy("A contribution needs between 1 and 10,000 characters."))
    db.session.add(Message(rollout_id=rollout_id, subject=subject, text=said, by_id=by.id, name=by.name, at=now))
    log_write("say", subject, by=by, now=now, rollout_id=rollout_id)


def list_said(rollout_id: int, subject: str) -> list[Said]:
    """The discussion of the subject, oldest first."""
    here = (Message.rollout_id == rollout_id, Message.subject == subject)
    rows = db.session.execute(select(Message.name, Message.at, Message.text).where(*here).order_by(Message.id))
    return [Said(*row) for row in rows]


def drop_discussions(rollout_id: int, subjects: Collection[str]) -> int:
    """Delete what was said on these subjects, when its period is over; returns how many contributions."""
    here = (Message.rollout_id == rollout_id, Message.subject.in_(subjects))
    return change_rows(delete(Message).where(*here)) if subjects else 0
