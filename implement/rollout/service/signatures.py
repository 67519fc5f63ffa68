"""Sign exact bytes: who, in which role, when, and their SHA-256; a changed text has no signature."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.tables import Signature
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy

SIDES = (Role.CONSULTANT, Role.LEAD)
"""Who signs a document of both sides: one for the supplier, one for the client."""


@dataclass(frozen=True)
class SignedBy:
    """A signature as pages and PDFs show it."""

    name: str
    role: str
    at: datetime
    sha256: str
    user_id: int


def sign(
    rollout_id: int, subject: str, content: bytes, *, role: Role, roles: frozenset[Role], by: Actor, now: datetime
) -> SignedBy:
    """Sign the bytes for the subject in a role the person has; twice is once."""
    if role not in roles:
        raise NotAllowed(lazy("You cannot sign in a role you do not have."))
    sha256 = hash_bytes(content)
    same = (
        Signature.subject == subject,
        Signature.sha256 == sha256,
        Signature.user_id == by.id,
        Signature.role == role,
    )
    row = db.session.scalar(select(Signature).where(Signature.rollout_id == rollout_id, *same))
    if row is None:
        row = Signature(
            rollout_id=rollout_id, subject=subject, sha256=sha256, user_id=by.id, name=by.name, role=role, at=now
        )
        db.session.add(row)
        log_write("sign", subject, by=by, now=now, rollout_id=rollout_id, sha256=sha256, role=role)
    return SignedBy(row.name, row.role, row.at, row.sha256, row.user_id)


def sign_for_a_side(
    rollout_id: int, subject: str, sha256: str, *, role: Role, roles: frozenset[Role], store: Store, by: Actor,
    now: datetime,
) -> SignedBy:  # fmt: skip
    """Sign a frozen document, kept under its hash, for one of its two sides; the sides are two people."""
    if role not in SIDES:
        raise NotAllowed(lazy("The consultant signs for one side and the project lead for the other."))
    signed = list_signatures(rollout_id, subject, sha256)
    if any(other.role != role and other.user_id == by.id for other in signed):
        raise NotAllowed(lazy("The two sides are two people; the second signature comes from somebody else."))
    content = store.path(sha256).read_bytes()
    if hash_bytes(content) != sha256:
        raise RuleBroken(lazy("The kept file is not the one that was signed. Tell whoever runs this installation."))
    return sign(rollout_id, subject, content, role=role, roles=roles, by=by, now=now)


def list_signatures(rollout_id: int, subject: str, sha256: str | None = None) -> list[SignedBy]:
    """Who signed the subject, and with `sha256` only those who signed exactly these bytes."""
    asked = select(Signature.name, Signature.role, Signature.at, Signature.sha256, Signature.user_id).where(
        Signature.rollout_id == rollout_id, Signature.subject == subject
    )
    if sha256 is not None:
        asked = asked.where(Signature.sha256 == sha256)
    return [SignedBy(*row) for row in db.session.execute(asked.order_by(Signature.at))]


def list_signed(rollout_id: int, kind: str) -> dict[str, list[SignedBy]]:
    """All signatures under subjects of one kind (`kind:id`), by subject."""
    asked = select(Signature.subject, Signature.name, Signature.role, Signature.at, Signature.sha256, Signature.user_id)
    here = (Signature.rollout_id == rollout_id, Signature.subject.startswith(f"{kind}:", autoescape=True))
    found: dict[str, list[SignedBy]] = {}
    for subject, name, role, at, sha256, user_id in db.session.execute(asked.where(*here).order_by(Signature.at)):
        found.setdefault(subject, []).append(SignedBy(name, role, at, sha256, user_id))
    return found


def hash_bytes(content: bytes) -> str:
    """SHA-256 of what is signed."""
    return hashlib.sha256(content).hexdigest()
