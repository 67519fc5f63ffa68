"""Answer a question for oneself or for somebody else; nobody's text is overwritten unseen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import (
    AnswerKind,
    Item,
    Pack,
    Reply,
    UnusableAnswer,
    read_answer,
    show_answer,
    write_answer,
)
from implement.rollout.service.errors import EditedMeanwhile
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.audits import is_typed_in, keep_summary, lock_audit
from implement.stages.audit.service.evidence import newest_file
from implement.stages.audit.tables import Audit, AuditAnswer, AuditPerson
from implement.web.texts import language, lazy

LONGEST_ANSWER = 20_000


@dataclass(frozen=True)
class AnswerRow:
    """What one person said to one question, as pages show it; `value` as `write_answer` keeps it, empty while open."""

    item_id: str
    person_id: int
    person: str
    role: str
    value: str
    note: str
    typed_in: bool
    version: int
    at: datetime


def list_answers(audit_id: int) -> list[AnswerRow]:
    """All answers and notes, by question and person."""
    rows = db.session.execute(
        select(
            AuditAnswer.item_id,
            AuditAnswer.person_id,
            AuditPerson.name,
            AuditPerson.role,
            AuditAnswer.value,
            AuditAnswer.note,
            AuditAnswer.typed_in,
            AuditAnswer.version,
            AuditAnswer.at,
        )
        .join(AuditPerson, AuditPerson.id == AuditAnswer.person_id)
        .where(AuditAnswer.audit_id == audit_id)
        .order_by(AuditAnswer.item_id, AuditAnswer.person_id)
    )
    return [AnswerRow(*row) for row in rows]


def save_answer(
    audit: Audit,
    pack: Pack,
    item: Item,
    person: AuditPerson,
    *,
    words: Sequence[str],
    note: str,
    version: int | None,
    by: Actor,
    now: datetime,
) -> int:
    """Keep what was typed for the person and return its version; the same text again changes nothing.

    Raises UnusableAnswer (with the further code `both` when an answer comes with "nobody knows"), and EditedMeanwhile
    when the text was changed since `version`.
    """
    lock_audit(audit)
    asked = (AuditAnswer.audit_id == audit.id, AuditAnswer.item_id == item.id, AuditAnswer.person_id == person.id)
    known = select(AuditAnswer).where(*asked).execution_options(populate_existing=True)
    row: AuditAnswer | None = db.session.scalar(known)
    value, said = read_words(item, words, newest_file(person.id, item.id)), _trim(note)
    if row is None and not (value or said):
        return 0
    if row is not None and (row.value, row.note) == (value, said):
        return row.version
    if row is not None and row.version != version:
        raise EditedMeanwhile(
            lazy("Somebody else changed this answer meanwhile."),
            theirs=_say(item, row.value, row.note),
            mine=_say(item, value, said),
        )
    row = row or AuditAnswer(audit_id=audit.id, item_id=item.id, person_id=person.id)
    row.value, row.note, row.typed_in, row.at = value, said, is_typed_in(person, by), now
    db.session.add(row)
    db.session.flush()
    keep_summary(audit, pack)
    kept = {"person": person.name, "item": item.id}
    log_write("answer_question", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, **kept)
    return row.version


def read_words(item: Item, words: Sequence[str], file_sha256: str) -> str:
    """What is kept for the typed words; of a question for a file the newest file is the answer."""
    typed = [word for word in map(_trim, words) if word]
    replies = [word for word in typed if word in tuple(Reply)]
    if item.kind is AnswerKind.FILE:
        typed = [*replies, *([file_sha256] if file_sha256 else [])]
    if replies and len(typed) > 1:
        raise UnusableAnswer("both")
    return write_answer(read_answer(item, typed)) if typed else ""


def _trim(text: str) -> str:
    """The text without the sign that PostgreSQL refuses, without ends of blank, not longer than is kept."""
    return text.replace("\0", "").strip()[:LONGEST_ANSWER]


def _say(item: Item, value: str, note: str) -> str:
    """An answer in words, with its note below."""
    shown = show_answer(item, read_answer(item, value), language()) if value else ""
    return "\n".join(part for part in (shown or value, note) if part)
