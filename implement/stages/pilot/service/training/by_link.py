"""Lessons for whoever has no account: everybody gets a link of their own, for a month (M108)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import list_addresses, list_people_with_account
from implement.rollout.service.person_links import LinkGuest, find_link_guest, give_links
from implement.rollout.service.removing import stands
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot.service.training.learning import find_enrolment
from implement.stages.pilot.service.training.lessons import get_lesson
from implement.stages.pilot.tables import Enrolment, Lesson
from implement.web.texts import lazy

PURPOSE, LINK_DAYS = "lessons", 30
WriteMail = Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class WithoutAccount:
    """How many people have lessons to learn and no account, and how many of them can be written to."""

    people: int
    reachable: tuple[int, ...]


def find_without_account(rollout_id: int) -> WithoutAccount:
    """Who learns without an account."""
    asked = select(Enrolment.person_id).join(Lesson, Lesson.id == Enrolment.lesson_id).distinct()
    mine = (Enrolment.rollout_id == rollout_id, Enrolment.passed_at.is_(None), stands(Lesson))
    learners = set(db.session.scalars(asked.where(*mine)))
    without = sorted(learners - list_people_with_account(rollout_id)) if learners else []
    addresses = list_addresses(rollout_id) if without else {}
    return WithoutAccount(len(without), tuple(one for one in without if one in addresses))


def send_links(rollout_id: int, write: WriteMail, *, by: Actor, now: datetime) -> int:
    """Write to everybody who learns without an account, once a day, with a link of their own; returns how many."""
    day, addresses = local_day(rollout_id, now).isoformat(), list_addresses(rollout_id)
    asked = find_without_account(rollout_id).reachable
    sent = 0
    for person_id, token in give_links(rollout_id, PURPOSE, asked, days=LINK_DAYS, by=by, now=now).items():
        subject, body = write(token)
        sent += post_mail(
            f"lesson-link:{person_id}:{day}", to=addresses[person_id][0], subject=subject, body=body, now=now
        )
    log_write("send_lesson_links", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, mails=sent)
    return sent


def find_learner(token: str, *, now: datetime) -> LinkGuest:
    """Who learns by this link."""
    return find_link_guest(token, PURPOSE, now=now)


def get_own_lesson(guest: LinkGuest, lesson_id: int) -> Lesson:
    """A lesson of whoever came by the link; those of others are not found."""
    lesson = get_lesson(guest.rollout_id, lesson_id)
    if find_enrolment(lesson, guest.person_id) is None:
        raise NotFound(lazy("This lesson is not one of yours."))
    return lesson
