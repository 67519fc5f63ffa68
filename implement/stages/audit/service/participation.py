"""How far each person has come with what they were asked, and how they took part (M10, M98)."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from statistics import median

from sqlalchemy import select

from implement.db import db
from implement.engine.checklist import Pack, Reply
from implement.engine.participation import ParticipationScore, TakingPart, score_participation
from implement.stages.audit.service.people import CONSULTANT, list_people
from implement.stages.audit.tables import Audit, AuditAnswer, AuditPerson, AuditRequest

SECONDS_OF_A_DAY = 86_400


@dataclass(frozen=True)
class Participation:
    """How far one person has come with what they were asked: `typed_in` answers somebody else had to enter.

    `asked_at` is the day of the oldest section that is still open, None where nothing is; `days_to_answer` the middle
    of how long their own answers took from the asking. The score is None for who was asked face to face only.
    """

    person_id: int
    name: str
    role: str
    answered: int
    of: int
    typed_in: int
    not_known: int
    asked_at: datetime | None
    days_to_answer: Fraction | None
    score: ParticipationScore | None
    link_until_at: datetime | None
    email: str
    reminded_at: datetime | None

    @property
    def open(self) -> int:
        """Questions asked and not answered."""
        return self.of - self.answered

    def open_days(self, now: datetime) -> int | None:
        """How many days the oldest open question is old."""
        return None if self.asked_at is None else (now - self.asked_at).days

    def has_link(self, now: datetime) -> bool:
        """True while their link works."""
        return self.link_until_at is not None and self.link_until_at > now


@dataclass
class _Given:
    """What one person answered: by question whether it was typed in, which nobody knew, when their own ones came."""

    typed_in: dict[str, bool] = field(default_factory=dict)
    not_known: int = 0
    own_at: dict[str, datetime] = field(default_factory=dict)


def list_participation(audit: Audit, pack: Pack, *, now: datetime) -> list[Participation]:
    """Everybody of the client, and consultants who answered too, with how much of what they were asked is done."""
    asked: dict[int, dict[str, datetime]] = {}
    requests = select(AuditRequest.person_id, AuditRequest.section_key, AuditRequest.asked_at)
    for person_id, key, at in db.session.execute(requests.join(AuditPerson).where(AuditPerson.audit_id == audit.id)):
        asked.setdefault(person_id, {})[key] = at
    given = _read_given(audit.id)
    people = [one for one in list_people(audit.id) if one.role != CONSULTANT or one.id in given]
    nothing = _Given()
    return [_measure(one, pack, asked.get(one.id, {}), given.get(one.id, nothing), now) for one in people]


def _read_given(audit_id: int) -> dict[int, _Given]:
    given: dict[int, _Given] = {}
    columns = (AuditAnswer.person_id, AuditAnswer.item_id, AuditAnswer.value, AuditAnswer.typed_in, AuditAnswer.at)
    rows = select(*columns).where(AuditAnswer.audit_id == audit_id, AuditAnswer.value != "")
    for person_id, item_id, value, typed_in, at in db.session.execute(rows):
        person = given.setdefault(person_id, _Given())
        person.typed_in[item_id] = typed_in
        person.not_known += value == Reply.NOT_KNOWN
        if not typed_in:
            person.own_at[item_id] = at
    return given


def _measure(
    person: AuditPerson, pack: Pack, asked: dict[str, datetime], given: _Given, now: datetime
) -> Participation:
    """Without a request what a person answered is what they were asked, face to face."""
    done = given.typed_in
    of = [item for section in pack.sections for item in section.items if section.id in asked or item.id in done]
    still_open = [asked[item.section_id] for item in of if item.id not in done and item.section_id in asked]
    took = [given.own_at[one.id] - asked[one.section_id] for one in of if one.id in given.own_at
            and one.section_id in asked]  # fmt: skip
    typed_in, oldest = sum(done.values()), min(still_open, default=None)
    waits = None if oldest is None else (now - oldest).days
    part = TakingPart(len(of) if asked else 0, len(done) - typed_in, typed_in, waits)
    return Participation(
        person_id=person.id,
        name=person.name,
        role=person.role,
        answered=len(done),
        of=len(of),
        typed_in=typed_in,
        not_known=given.not_known,
        asked_at=oldest,
        days_to_answer=Fraction(median(one.total_seconds() for one in took)) / SECONDS_OF_A_DAY if took else None,
        score=score_participation(part),
        link_until_at=person.link_until_at,
        email=person.email,
        reminded_at=person.reminded_at,
    )
