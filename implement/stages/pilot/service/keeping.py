"""Delete what was kept of single people in training, support and conflicts, when its period is over."""

from datetime import UTC, date, datetime, time

from sqlalchemy import and_, delete, func, or_, select, update

from implement.db import change_rows, db
from implement.rollout.service.retention import Disposed, Held
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.tables.changes import ChangeRead, ChangeRequest, TaskConflict
from implement.stages.pilot.tables.support import SupportPerson, SupportQuestion
from implement.stages.pilot.tables.training import Enrolment, QuizTry
from implement.store import Store


def hold_tries(rollout_id: int) -> Held:
    """Tries of quizzes."""
    here = Enrolment.rollout_id == rollout_id
    asked = select(func.min(QuizTry.at), func.count()).join(Enrolment, Enrolment.id == QuizTry.enrolment_id)
    return _held(*db.session.execute(asked.where(here)).one())


def dispose_tries(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete tries; that a lesson was learned stays, for it decides who must learn it still."""
    mine = select(Enrolment.id).where(Enrolment.rollout_id == rollout_id)
    old = (QuizTry.enrolment_id.in_(mine), QuizTry.at < _start_of(before))
    return Disposed(change_rows(delete(QuizTry).where(*old)))


def hold_learners_gone(rollout_id: int) -> Held:
    """What people who have left had to learn."""
    left = {one.person_id: one.left for one in list_staff(rollout_id) if one.left is not None}
    here = (Enrolment.rollout_id == rollout_id, Enrolment.person_id.in_(list(left)))
    rows = list(db.session.scalars(select(Enrolment.person_id).where(*here)))
    days = [day for person_id in rows if (day := left[person_id]) is not None]
    return Held(min(days, default=None), len(rows))


def dispose_learners_gone(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete what people who left long ago had to learn, with their tries."""
    gone = [one.person_id for one in list_staff(rollout_id) if one.left is not None and one.left < before]
    mine = (Enrolment.rollout_id == rollout_id, Enrolment.person_id.in_(gone))
    change_rows(delete(QuizTry).where(QuizTry.enrolment_id.in_(select(Enrolment.id).where(*mine))))
    return Disposed(change_rows(delete(Enrolment).where(*mine)))


def hold_askers(rollout_id: int) -> Held:
    """Questions of which it is known who asked."""
    asked = select(func.min(SupportQuestion.asked_at), func.count()).where(*_with_asker(rollout_id))
    return _held(*db.session.execute(asked).one())


def dispose_askers(rollout_id: int, before: date, store: Store) -> Disposed:
    """Forget who asked; question and answer stay."""
    old = (*_with_asker(rollout_id), SupportQuestion.asked_at < _start_of(before))
    return Disposed(change_rows(update(SupportQuestion).where(*old).values(person_id=None, user_id=None)))


def hold_conflicts(rollout_id: int) -> Held:
    """Decided conflicts in which a single person is a side."""
    asked = select(func.min(TaskConflict.decided_at), func.count()).where(*_of_people(rollout_id))
    return _held(*db.session.execute(asked).one())


def dispose_conflicts(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete decided conflicts of single people; those of teams stay, for they tell of nobody."""
    old = (*_of_people(rollout_id), TaskConflict.decided_at < _start_of(before))
    return Disposed(change_rows(delete(TaskConflict).where(*old)))


def hold_support_persons(rollout_id: int) -> Held:
    """Who helped whom; help that is over."""
    asked = select(func.min(SupportPerson.at), func.count()).where(SupportPerson.rollout_id == rollout_id)
    return _held(*db.session.execute(asked).one())


def dispose_support_persons(rollout_id: int, before: date, store: Store) -> Disposed:
    """Forget who helped whom long ago."""
    old = (SupportPerson.rollout_id == rollout_id, SupportPerson.last_day < before)
    return Disposed(change_rows(delete(SupportPerson).where(*old)))


def hold_reads(rollout_id: int) -> Held:
    """Who has seen which change."""
    asked = select(func.min(ChangeRead.at), func.count()).where(ChangeRead.change_id.in_(_changes(rollout_id)))
    return _held(*db.session.execute(asked).one())


def dispose_reads(rollout_id: int, before: date, store: Store) -> Disposed:
    """Forget who saw changes that are long done; such a change is news to nobody any more."""
    long_done = _changes(rollout_id).where(ChangeRequest.done_on < before)
    return Disposed(change_rows(delete(ChangeRead).where(ChangeRead.change_id.in_(long_done))))


def _changes(rollout_id: int):  # type: ignore[no-untyped-def]
    return select(ChangeRequest.id).where(ChangeRequest.rollout_id == rollout_id)


def _with_asker(rollout_id: int):  # type: ignore[no-untyped-def]
    known = or_(SupportQuestion.person_id.is_not(None), SupportQuestion.user_id.is_not(None))
    return SupportQuestion.rollout_id == rollout_id, known


def _of_people(rollout_id: int):  # type: ignore[no-untyped-def]
    single = or_(TaskConflict.first_person_id.is_not(None), TaskConflict.other_person_id.is_not(None))
    return TaskConflict.rollout_id == rollout_id, and_(single, TaskConflict.decided_at.is_not(None))


def _held(oldest: datetime | None, count: int) -> Held:
    return Held(oldest.date() if oldest else None, count)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
