"""Files that people show for their answers: attach, take away, put back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import AnswerKind, Item, Pack
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.audit.service.audits import is_typed_in, keep_summary, lock_audit
from implement.stages.audit.tables import Audit, AuditAnswer, AuditEvidence, AuditPerson
from implement.store import StoredFile
from implement.web.texts import lazy


@dataclass(frozen=True)
class EvidenceRow:
    """A file shown for an answer."""

    id: int
    item_id: str
    person_id: int
    name: str
    sha256: str
    size_bytes: int
    by_name: str
    at: datetime


def list_evidence(audit_id: int) -> list[EvidenceRow]:
    """All files that have not been taken away."""
    row = AuditEvidence
    rows = db.session.execute(
        select(row.id, row.item_id, row.person_id, row.name, row.sha256, row.size_bytes, row.by_name, row.at)
        .where(row.audit_id == audit_id, row.removed_at.is_(None))
        .order_by(row.id)
    )
    return [EvidenceRow(*row) for row in rows]


def get_evidence(audit: Audit, evidence_id: int, *, person_id: int | None = None) -> AuditEvidence:
    """A file of this audit, and with `person_id` only one that this person showed."""
    found: AuditEvidence | None = db.session.get(AuditEvidence, evidence_id)
    if found is None or found.audit_id != audit.id or person_id not in (None, found.person_id):
        raise NotFound(lazy("There is no such file."))
    return found


def attach_evidence(
    audit: Audit,
    pack: Pack,
    item: Item,
    person: AuditPerson,
    *,
    name: str,
    stored: StoredFile,
    by: Actor,
    now: datetime,
) -> AuditEvidence:
    """Keep a file with the person's answer; the same file twice is once. A question for a file is answered by it."""
    lock_audit(audit)
    same = (AuditEvidence.person_id == person.id, AuditEvidence.item_id == item.id)
    still_there = (AuditEvidence.sha256 == stored.sha256, AuditEvidence.removed_at.is_(None))
    row: AuditEvidence | None = db.session.scalar(select(AuditEvidence).where(*same, *still_there))
    if row is not None:
        return row
    row = AuditEvidence(
        audit_id=audit.id,
        item_id=item.id,
        person_id=person.id,
        name=" ".join(name.split())[:255] or item.name,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        by_name=by.name,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    _let_file_answer(audit, pack, item, person, by=by, now=now)
    shown = {"item": item.id, "person": person.name, "sha256": stored.sha256}
    log_write("attach_evidence", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, **shown)
    return row


def remove_evidence(audit: Audit, pack: Pack, row: AuditEvidence, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a file away from its answer, or with `is_back` put it back."""
    lock_audit(audit)
    shown = {"subject": f"audit:{audit.id}", "sha256": row.sha256}
    remove_row(row, "evidence", is_back=is_back, by=by, now=now, rollout_id=audit.rollout_id, **shown)
    person = db.session.get_one(AuditPerson, row.person_id)
    _let_file_answer(audit, pack, pack.item(row.item_id), person, by=by, now=now)


def newest_file(person_id: int, item_id: str) -> str:
    """The hash of the newest file the person shows for the question; empty without one."""
    here = (AuditEvidence.person_id == person_id, AuditEvidence.item_id == item_id)
    found = select(AuditEvidence.sha256).where(*here, AuditEvidence.removed_at.is_(None))
    return db.session.scalar(found.order_by(AuditEvidence.id.desc()).limit(1)) or ""


def _let_file_answer(audit: Audit, pack: Pack, item: Item, person: AuditPerson, *, by: Actor, now: datetime) -> None:
    """Make the newest file the answer to a question for a file; without any it is open again."""
    if item.kind is not AnswerKind.FILE:
        return
    asked = (AuditAnswer.item_id == item.id, AuditAnswer.person_id == person.id)
    row = db.session.scalar(select(AuditAnswer).where(*asked)) or AuditAnswer(
        audit_id=audit.id, item_id=item.id, person_id=person.id, note=""
    )
    row.value, row.typed_in, row.at = newest_file(person.id, item.id), is_typed_in(person, by), now
    db.session.add(row)
    db.session.flush()
    keep_summary(audit, pack)
