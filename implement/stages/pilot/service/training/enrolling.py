"""Who learns which lesson until when: newcomers come in by themselves; whoever is late is reminded once (M108)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.training import find_due
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.outbox import post_mail
from implement.rollout.service.people import list_addresses
from implement.rollout.service.removing import stands
from implement.rollout.service.rollouts import list_rollout_ids, local_day
from implement.rollout.service.usage import StaffMember, list_staff
from implement.stages.pilot.service.training.lessons import get_lesson, list_lessons, read_text
from implement.stages.pilot.tables.training import Enrolment, Lesson
from implement.web.texts import _, day, in_language


@dataclass(frozen=True)
class _Late:
    enrolment: Enrolment
    lesson: Lesson
    email: str
    language: str


def enrol(rollout_id: int, *, by: Actor | None, now: datetime) -> int:
    """Let everybody on a team learn the lessons of their role, each once; returns how many are new.

    Dates count from today, or from the first day of the team's wave where that is later.
    """
    lessons = list_lessons(rollout_id)
    if not lessons:
        return 0
    today = local_day(rollout_id, now)
    asked = select(Enrolment.lesson_id, Enrolment.person_id).where(Enrolment.rollout_id == rollout_id)
    known = {(lesson_id, person_id) for lesson_id, person_id in db.session.execute(asked)}
    people = [one for one in list_staff(rollout_id) if is_learning(one, today)]
    fresh = [
        Enrolment(
            rollout_id=rollout_id, lesson_id=lesson.id, person_id=one.person_id, enrolled_on=today,
            due=find_due(today, one.go_live, lesson.days),
        )
        for lesson in lessons
        for one in people
        if lesson.for_role in ("", one.role) and (lesson.id, one.person_id) not in known
    ]  # fmt: skip
    if fresh:
        db.session.add_all(fresh)
        log_write("enrol", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, enrolments=len(fresh))
    return len(fresh)


def set_lesson(
    rollout_id: int, lesson_id: int, people: Iterable[int], due: date, *, by: Actor, now: datetime
) -> list[int]:
    """Let these people learn a lesson until a day, also whoever did not have to; returns who had not learned it yet."""
    lesson = get_lesson(rollout_id, lesson_id)
    here = {one.person_id: one for one in list_standings(lesson)}
    asked = [who for who in people if who not in here or here[who].passed_at is None]
    for who in asked:
        row = here.get(who) or Enrolment(
            rollout_id=rollout_id, lesson_id=lesson.id, person_id=who, enrolled_on=local_day(rollout_id, now)
        )
        row.due, row.reminded_at = due, None
        db.session.add(row)
    db.session.flush()
    log_write("set_lesson", f"lesson:{lesson.id}", by=by, now=now, rollout_id=rollout_id, people=len(asked))
    return asked


def list_standings(lesson: Lesson) -> list[Enrolment]:
    """How far everybody is with a lesson."""
    return list(db.session.scalars(select(Enrolment).where(Enrolment.lesson_id == lesson.id).order_by(Enrolment.id)))


def is_learning(one: StaffMember, today: date) -> bool:
    """True for whoever belongs to a team and is still there."""
    return one.team_id is not None and (one.left is None or one.left >= today)


def enrol_newcomers(*, now: datetime) -> int:
    """The same for every rollout, for nobody asks for it."""
    return sum(enrol(rollout_id, by=None, now=now) for rollout_id in list_rollout_ids())


def remind_learners(*, now: datetime) -> int:
    """Write to whoever is late with a lesson, once for each lesson; returns how many mails."""
    return sum(_remind(rollout_id, now) for rollout_id in list_rollout_ids())


def _remind(rollout_id: int, now: datetime) -> int:
    late = _list_late(rollout_id, local_day(rollout_id, now))
    posted = sum(_write_to(one, now) for one in late)
    if late:
        log_write("remind_learners", f"rollout:{rollout_id}", by=None, now=now, rollout_id=rollout_id, mails=posted)
    return posted


def _write_to(one: _Late, now: datetime) -> bool:
    one.enrolment.reminded_at = now
    with in_language(one.language or "en"):
        title = read_text(one.lesson, one.language or "en").title
        subject = _("A lesson waits for you: %(title)s", title=title)
        until = day(one.enrolment.due)
        body = _("“%(title)s” was to be learned until %(day)s. It takes a few minutes, on the phone too. Whatever is "
                 "unclear: ask in Implement, and somebody answers.", title=title, day=until)  # fmt: skip
    return post_mail(f"lesson-late:{one.enrolment.id}", to=one.email, subject=subject, body=body, now=now)


def _list_late(rollout_id: int, today: date) -> list[_Late]:
    """Whoever is late, has an address and was not reminded yet."""
    rows = db.session.execute(
        select(Enrolment, Lesson)
        .join(Lesson, Lesson.id == Enrolment.lesson_id)
        .where(
            Enrolment.rollout_id == rollout_id, Enrolment.due < today, Enrolment.passed_at.is_(None),
            Enrolment.reminded_at.is_(None), stands(Lesson),
        )
        .order_by(Enrolment.id)
    ).all()  # fmt: skip
    addresses = list_addresses(rollout_id) if rows else {}
    return [
        _Late(enrolment, lesson, *addresses[enrolment.person_id])
        for enrolment, lesson in rows
        if enrolment.person_id in addresses
    ]
