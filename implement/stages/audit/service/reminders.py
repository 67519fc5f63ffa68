"""Remind people of what is still open: one mail a day, with a link of its own beside the one they have."""

from collections.abc import Callable, Sequence
from datetime import datetime

from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.links import issue_link
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.rollouts import local_day
from implement.stages.audit.service.participation import Participation
from implement.stages.audit.service.people import PURPOSE, get_person, renew_link
from implement.stages.audit.tables import Audit, AuditPerson
from implement.web.texts import lazy

LINK_DAYS = 14
WriteMail = Callable[[AuditPerson, str], tuple[str, str]]


def remind(audit: Audit, person: AuditPerson, write: WriteMail, *, by: Actor, now: datetime) -> bool:
    """Put a reminder into the outbox; False when one went out today already.

    `write` makes subject and body from the person and a token. The link they have goes on; one that has ended is made
    anew.
    """
    if person.link_until_at is None:
        raise RuleBroken(lazy("This person has not been asked by link."))
    if not person.email:
        raise RuleBroken(lazy("There is no e-mail address of this person."))
    today = local_day(audit.rollout_id, now)
    if person.reminded_at is not None and local_day(audit.rollout_id, person.reminded_at) == today:
        return False
    subject, body = write(person, make_second_link(audit, person, by=by, now=now))
    key = f"audit-reminder:{person.id}:{today.isoformat()}"
    is_new = post_mail(key, to=person.email, subject=subject, body=body, now=now)
    person.reminded_at = now
    log_write("remind_person", f"audit:{audit.id}", by=by, now=now, rollout_id=audit.rollout_id, person=person.name)
    return is_new


def remind_late(audit: Audit, people: Sequence[Participation], write: WriteMail, *, by: Actor, now: datetime) -> int:
    """Remind everybody who has something open, a link and an address; says how many reminders went out."""
    late = [one.person_id for one in people if one.open and one.link_until_at and one.email]
    return sum(remind(audit, get_person(audit, person_id), write, by=by, now=now) for person_id in late)


def make_second_link(audit: Audit, person: AuditPerson, *, by: Actor, now: datetime) -> str:
    """A token beside the one they have, for as long; a new one where none works any more."""
    if person.link_until_at is None or person.link_until_at <= now:
        return renew_link(audit, person, days=LINK_DAYS, by=by, now=now)
    terms = {"rollout_id": audit.rollout_id, "audit_person_id": person.id}
    return issue_link(PURPOSE, expires_in=person.link_until_at - now, by=by, now=now, **terms)
