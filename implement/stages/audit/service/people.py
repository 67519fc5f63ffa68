"""Who is asked in an audit, by link or in person, and how far each has come (M10, M98)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import Pack, Section
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.links import find_link, issue_link
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.audits import NOBODYS_ACCOUNT
from implement.stages.audit.tables import Audit, AuditAnswer, AuditPerson, AuditRequest
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


@dataclass(frozen=True)
class Participation:
    """How far one person has come with what they were asked: `typed_in` answers somebody else had to enter.

    `asked_at` is the day of the oldest section that is still open, None where nothing is.
    """

    person_id: int
    name: str
    role: str
    answered: int
    of: int
    typed_in: int
    asked_at: datetime | None
    link_until_at: datetime | None

    @property
    def open(self) -> int:
        """Questions asked and not answered."""
        return self.of - self.answered

    def open_days(self, now: datetime) -> int | None:
        """How many days the oldest open question is old."""
        return None if self.asked_at is None else (now - self.asked_at).days


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
    audit: Audit, *, name: str, role: str, user_id: int | None = None, by: Actor, now: datetime
) -> AuditPerson:
    """Name somebody who answers; the same name is the same person."""
    plain = " ".join(name.split())[:200]
    if not plain:
        raise RuleBroken(lazy("Please write the person's name."))
    known = (AuditPerson.audit_id == audit.id, AuditPerson.name == plain)
    person: AuditPerson | None = db.session.scalar(select(AuditPerson).where(*known))
    if person is not None:
        return person
    person = AuditPerson(audit_id=audit.id, user_id=user_id, name=plain, role=role)
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
    assert person.link_until_at is not None
    return Guest(NOBODYS_ACCOUNT, person.name, audit, person, sections, person.link_until_at)


def list_participation(audit: Audit, pack: Pack) -> list[Participation]:
    """Everybody of the client, and consultants who answered too, with how much of what they were asked is done."""
    asked: dict[int, dict[str, datetime]] = {}
    requests = select(AuditRequest.person_id, AuditRequest.section_key, AuditRequest.asked_at)
    for person_id, key, at in db.session.execute(requests.join(AuditPerson).where(AuditPerson.audit_id == audit.id)):
        asked.setdefault(person_id, {})[key] = at
    given: dict[int, dict[str, bool]] = {}
    answers = select(AuditAnswer.person_id, AuditAnswer.item_id, AuditAnswer.typed_in)
    for person_id, item_id, typed_in in db.session.execute(
        answers.where(AuditAnswer.audit_id == audit.id, AuditAnswer.value != "")
    ):
        given.setdefault(person_id, {})[item_id] = typed_in
    people = [one for one in list_people(audit.id) if one.role != CONSULTANT or one.id in given]
    return [_measure(person, pack, asked.get(person.id, {}), given.get(person.id, {})) for person in people]


def _measure(person: AuditPerson, pack: Pack, asked: dict[str, datetime], given: dict[str, bool]) -> Participation:
    """Without a request what a person answered is what they were asked, face to face."""
    of = [item for section in pack.sections for item in section.items if section.id in asked or item.id in given]
    still_open = [asked[item.section_id] for item in of if item.id not in given and item.section_id in asked]
    return Participation(
        person_id=person.id,
        name=person.name,
        role=person.role,
        answered=len(given),
        of=len(of),
        typed_in=sum(given.values()),
        asked_at=min(still_open, default=None),
        link_until_at=person.link_until_at,
    )
