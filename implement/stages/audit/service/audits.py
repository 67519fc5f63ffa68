"""Begin an audit with packs that stay as they are now, add more, and say how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Select, case, func, select

from implement.db import db
from implement.engine.checklist import (
    Answer,
    Evaluation,
    JoinedPack,
    Pack,
    Severity,
    evaluate,
    join_packs,
    pack_hash,
    read_answer,
)
from implement.rollout.service.errors import NotFound
from implement.rollout.service.links import NOBODYS_ACCOUNT
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.shelf import FIRST_HOUR, ShelfPack, pick_packs, read_file
from implement.stages.audit.tables import Audit, AuditAnswer, AuditPack, AuditPerson, OwnFinding
from implement.store import Store
from implement.web.texts import lazy


@dataclass(frozen=True)
class Progress:
    """How far the newest audit of a rollout has come, as the hall shows it on every page."""

    answered: int
    applying: int
    findings: int
    risks: int
    obstacles: int
    begun_at: datetime

    @property
    def open(self) -> int:
        """Questions that nobody has answered."""
        return self.applying - self.answered


def begin_audit(
    rollout_id: int, *, role: str, store: Store, by: Actor, now: datetime, keys: Sequence[str] = (FIRST_HOUR,)
) -> Audit:
    """Begin the audit with today's version of the chosen packs: bytes go to the store, version and hash stay with it.

    Beginning twice is beginning once. Whoever begins is the first person who can answer, in the given role.
    """
    audit = find_audit(rollout_id)
    if audit is not None:
        return audit
    chosen = pick_packs(keys, store)
    audit = Audit(rollout_id=rollout_id, begun_by_id=by.id, begun_at=now, applying=0)
    db.session.add(audit)
    db.session.flush()
    db.session.add(AuditPerson(audit_id=audit.id, user_id=by.id, name=by.name, role=role))
    log_write("begin_audit", f"audit:{audit.id}", by=by, now=now, rollout_id=rollout_id)
    _freeze(audit, chosen, store, by=by, now=now)
    return audit


def add_packs(audit: Audit, keys: Sequence[str], store: Store, *, by: Actor, now: datetime) -> int:
    """Add today's version of these packs and say how many were new; one that is in the audit stays as it is."""
    lock_audit(audit)
    known = {row.pack_key for row in list_packs(audit.id)}
    fresh = [one for one in pick_packs(keys, store) if one.pack.id not in known]
    _freeze(audit, fresh, store, by=by, now=now)
    return len(fresh)


def list_packs(audit_id: int) -> list[AuditPack]:
    """The packs of an audit in the order they were chosen."""
    return list(db.session.scalars(select(AuditPack).where(AuditPack.audit_id == audit_id).order_by(AuditPack.id)))


def find_audit(rollout_id: int) -> Audit | None:
    """The newest audit of the rollout, or None before it has begun."""
    return db.session.scalars(_newest(rollout_id)).first()


class AuditNotBegun(NotFound):
    """Asked for is a page of an audit that nobody has begun."""

    def __init__(self) -> None:
        super().__init__(lazy("The audit of this rollout has not begun yet."))


def get_audit(rollout_id: int) -> Audit:
    """The newest audit of the rollout."""
    audit = find_audit(rollout_id)
    if audit is None:
        raise AuditNotBegun
    return audit


def open_pack(audit: Audit, store: Store) -> JoinedPack:
    """The packs of the audit as one, exactly as they were when chosen."""
    frozen = select(AuditPack.file_sha256).where(AuditPack.audit_id == audit.id).order_by(AuditPack.id)
    return _read_frozen(tuple(store.path(sha256) for sha256 in db.session.scalars(frozen)))


def read_progress(rollout_id: int) -> Progress | None:
    """The kept summary of the newest audit, in one query."""
    columns = (Audit.answered, Audit.applying, Audit.findings, Audit.risks, Audit.obstacles, Audit.begun_at)
    row = db.session.execute(_newest(rollout_id).with_only_columns(*columns)).first()
    return Progress(*row) if row else None


def evaluate_audit(audit: Audit, pack: Pack) -> Evaluation:
    """What all answers given so far say."""
    rows = db.session.execute(
        select(AuditAnswer.item_id, AuditPerson.name, AuditAnswer.value, AuditAnswer.typed_in)
        .join(AuditPerson, AuditPerson.id == AuditAnswer.person_id)
        .where(AuditAnswer.audit_id == audit.id, AuditAnswer.value != "")
        .order_by(AuditAnswer.person_id, AuditAnswer.id)
    )
    items = {item.id: item for item in pack.items}
    given = [Answer(key, name, read_answer(items[key], value), typed_in) for key, name, value, typed_in in rows]
    return evaluate(pack, given)


def keep_summary(audit: Audit, pack: Pack) -> None:
    """Bring the kept summary up to date with the answers and the consultant's own findings."""
    said = evaluate_audit(audit, pack)
    noted = (*said.findings, *said.risks)
    own = _count_own(audit.id)
    audit.answered, audit.applying = said.answered, said.of
    audit.findings = len(said.findings) + own.get("finding", (0, 0))[0]
    audit.risks = len(said.risks) + own.get("risk", (0, 0))[0]
    audit.obstacles = sum(one.rule.severity is Severity.CRITICAL for one in noted) + sum(n for _all, n in own.values())
    db.session.flush()


def is_typed_in(person: AuditPerson, by: Actor) -> bool:
    """True when somebody else enters for the person; who came by their link is the person (M10)."""
    return by.id != (person.user_id or NOBODYS_ACCOUNT)


def lock_audit(audit: Audit) -> None:
    """Let others who write to this audit wait until this write is through (SQLite queues writers already)."""
    db.session.execute(select(Audit.id).where(Audit.id == audit.id).with_for_update())
    db.session.refresh(audit)


def _newest(rollout_id: int) -> Select[Audit]:
    return select(Audit).where(Audit.rollout_id == rollout_id).order_by(Audit.id.desc()).limit(1)


def _count_own(audit_id: int) -> dict[str, tuple[int, int]]:
    """The consultant's own notes by kind: how many, and how many of them must be settled first."""
    critical = func.sum(case((OwnFinding.severity == Severity.CRITICAL.value, 1), else_=0))
    rows = db.session.execute(
        select(OwnFinding.kind, func.count(), critical)
        .where(OwnFinding.audit_id == audit_id, OwnFinding.removed_at.is_(None))
        .group_by(OwnFinding.kind)
    )
    return {kind: (count, int(first or 0)) for kind, count, first in rows}


def _freeze(audit: Audit, chosen: Sequence[ShelfPack], store: Store, *, by: Actor, now: datetime) -> None:
    for one in chosen:
        with one.path.open("rb") as stream:
            kept = store.put(stream)
        pack, sha256 = one.pack, pack_hash(one.pack)
        row = AuditPack(audit_id=audit.id, pack_key=pack.id, version=pack.version, file_sha256=kept.sha256, at=now)
        row.pack_hash = sha256
        db.session.add(row)
        frozen = {"pack": pack.id, "version": pack.version, "sha256": sha256}
        log_write("add_audit_pack", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, **frozen)
    db.session.flush()
    keep_summary(audit, open_pack(audit, store))


@lru_cache(maxsize=32)
def _read_frozen(paths: tuple[Path, ...]) -> JoinedPack:
    """Packs from the store, joined; what lies under a hash never changes, so it is read once."""
    return join_packs([read_file(path) for path in paths])
