"""Who is asked in an audit, by link or in person, and for which sections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import Pack, Section
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.links import NOBODYS_ACCOUNT, find_link, issue_link
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.audits import lock_audit
from implement.stages.audit.tables import Audit, AuditPerson, AuditRequest
from implement.web.texts import lazy

PURPOSE = "audit"
LONGEST_LINK_DAYS = 60
CONSULTANT = "consultant"


@dataclass
class Guest:
    """Somebody who answers by a link, without an account: the actor of what they do."""

    id: int
    name: str
    audit: Audit
    person: AuditPerson
    sections: tuple[Section, ...]
    until: datetime


def list_people(audit_id: int) -> list[AuditPerson]:
    """Everybody who answers in this audit, in the order they came."""
    found = select(AuditPerson).where(AuditPerson.audit_id == audit_id)
    return list(db.session.scalars(found.order_by(AuditPerson.id)))


def get_person(audit: Audit, person_id: int) -> AuditPerson:
    """Somebody who answers in this audit."""
    person: AuditPerson | None = db.session.get(AuditPerson, person_id)
    if person is None or person.audit_id != audit.id:
        raise NotFound(lazy("There is no such person in this audit."))
    return person


def find_own_person(audit: Audit, user_id: int) -> AuditPerson | None:
    """Who this account is among those who answer."""
    here = (AuditPerson.audit_id == audit.id, AuditPerson.user_id == user_id)
    found: AuditPerson | None = db.session.scalar(select(AuditPerson).where(*here).limit(1))
    return found


def add_person(
    audit: Audit, *, name: str, role: str, user_id: int | None = None, email: str = "", by: Actor, now: datetime
) -> AuditPerson:
    """Name somebody who answers; the same name is the same person, whose address may come later."""
    plain = " ".join(name.split())[:200]
    if not plain:
        raise RuleBroken(lazy("Please write the person's name."))
    known = (AuditPerson.audit_id == audit.id, AuditPerson.name == plain)
    person: AuditPerson | None = db.session.scalar(select(AuditPerson).where(*known))
    if person is not None and email in ("", person.email):
        return person
    person = person or AuditPerson(audit_id=audit.id, user_id=user_id, name=plain, role=role)
    person.email = email
    db.session.add(person)
    db.session.flush()
    added = {"person": plain, "role": role}
    log_write("add_audit_person", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, **added)
    return person


def ask_person(
    audit: Audit, pack: Pack, person: AuditPerson, *, section_keys: Sequence[str], days: int, by: Actor, now: datetime
) -> str:
    """Ask the person to answer these sections and return the token of their link; an earlier link ends with it."""
    known = {section.id for section in pack.sections}
    wanted = [key for key in dict.fromkeys(section_keys) if key in known]
    if not wanted or person.user_id is not None:
        raise RuleBroken(lazy("Choose at least one section, and somebody who answers without an account."))
    asked = set(db.session.scalars(select(AuditRequest.section_key).where(AuditRequest.person_id == person.id)))
    fresh = [key for key in wanted if key not in asked]
    db.session.add_all(AuditRequest(person_id=person.id, section_key=key, asked_at=now) for key in fresh)
    return renew_link(audit, person, days=days, by=by, now=now)


def plan_requests(
    audit: Audit, pack: Pack, wanted: Collection[tuple[int, str]], *, by: Actor, now: datetime
) -> list[AuditPerson]:
    """Ask exactly these people for exactly these sections, given as (person, section), and say who needs a link.

    What was asked already keeps its day; what is no longer wanted is not asked any more, its answers stay.
    """
    lock_audit(audit)
    people = {one.id: one for one in list_people(audit.id) if one.user_id is None}
    known = {section.id for section in pack.sections}
    asked = {(row.person_id, row.section_key): row for row in list_requests(audit.id)}
    chosen = {(person_id, key) for person_id, key in wanted if person_id in people and key in known}
    for place in asked.keys() - chosen:
        db.session.delete(asked[place])
    fresh = sorted(chosen - asked.keys())
    db.session.add_all(AuditRequest(person_id=person_id, section_key=key, asked_at=now) for person_id, key in fresh)
    db.session.flush()
    count = {"asked": len(chosen), "fresh": len(fresh), "dropped": len(asked.keys() - chosen)}
    log_write("plan_requests", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, **count)
    linkless = {one.id for one in people.values() if one.link_until_at is None or one.link_until_at <= now}
    return [people[person_id] for person_id in sorted({person_id for person_id, _key in chosen} & linkless)]


def list_requests(audit_id: int) -> list[AuditRequest]:
    """Every section that somebody was asked."""
    here = select(AuditRequest).join(AuditPerson).where(AuditPerson.audit_id == audit_id)
    return list(db.session.scalars(here.order_by(AuditRequest.id)))


def renew_link(audit: Audit, person: AuditPerson, *, days: int, by: Actor, now: datetime) -> str:
    """Make the person a new link; the one before ends."""
    requests = select(AuditRequest.id).where(AuditRequest.person_id == person.id).limit(1)
    if person.user_id is not None or db.session.scalar(requests) is None:
        raise RuleBroken(lazy("This person has not been asked by link."))
    expires_in = timedelta(days=min(max(days, 1), LONGEST_LINK_DAYS))
    person.link_from_at, person.link_until_at = now, now + expires_in
    terms = {"expires_in": expires_in, "rollout_id": audit.rollout_id, "audit_person_id": person.id}
    return issue_link(PURPOSE, **terms, by=by, now=now)  # type: ignore[arg-type]


def withdraw_link(audit: Audit, person: AuditPerson, *, by: Actor, now: datetime) -> None:
    """End the person's link at once; what they answered stays."""
    person.link_from_at = person.link_until_at = None
    log_write("withdraw_link", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, person=person.name)


def find_guest_person(token: str, *, now: datetime) -> tuple[Audit, AuditPerson]:
    """Whose link this is, and for which audit; raises `NotFound` when it was replaced, withdrawn, has expired or was
    made up.
    """
    link = find_link(token, PURPOSE, now=now)
    person = db.session.get(AuditPerson, int(str(link.terms.get("audit_person_id") or 0)))
    if person is None or person.link_from_at is None or link.created_at < person.link_from_at:
        raise NotFound(lazy("This link has been used already or has expired. Please ask for a new one."))
    return db.session.get_one(Audit, person.audit_id), person


def greet_guest(audit: Audit, person: AuditPerson, pack: Pack) -> Guest:
    """The person behind a link with the sections they were asked."""
    asked = set(db.session.scalars(select(AuditRequest.section_key).where(AuditRequest.person_id == person.id)))
    sections = tuple(section for section in pack.sections if section.id in asked)
    if not sections or person.link_until_at is None:
        raise NotFound(lazy("Nothing is asked of you any more. Thank you for what you have answered."))
    return Guest(NOBODYS_ACCOUNT, person.name, audit, person, sections, person.link_until_at)
