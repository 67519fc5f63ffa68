"""Learning: one's own lessons, reading one, taking its quiz; every try is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.engine.training import Grade, grade_quiz
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import stands
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.service.training.lessons import get_lesson, read_text
from implement.stages.pilot.tables.training import Enrolment, FunctionShowing, Lesson, QuizTry
from implement.web.texts import lazy


@dataclass(frozen=True)
class OwnLesson:
    """A lesson as its learner sees it; `tries` of the quiz so far."""

    lesson: Lesson
    enrolment: Enrolment
    tries: int

    def state(self, today: date) -> str:
        """passed, late, begun or open."""
        if self.enrolment.passed_at is not None:
            return "passed"
        if self.enrolment.due < today:
            return "late"
        return "begun" if self.enrolment.read_at is not None else "open"


@dataclass(frozen=True)
class OwnStanding:
    """How many lessons are still to be learned, and the next day on which one is due."""

    to_learn: int
    due: date | None


def list_own(rollout_id: int, person_id: int | None) -> list[OwnLesson]:
    """The lessons of one person: what is to be learned first by its day, what is passed last."""
    tries = (
        select(func.count(QuizTry.id)).where(QuizTry.enrolment_id == Enrolment.id).correlate(Enrolment)
    ).scalar_subquery()
    rows = db.session.execute(
        select(Lesson, Enrolment, tries)
        .join(Enrolment, Enrolment.lesson_id == Lesson.id)
        .where(*_mine(rollout_id, person_id))
        .order_by(Enrolment.passed_at.is_not(None), Enrolment.due, Lesson.id)
    )
    return [OwnLesson(lesson, enrolment, count) for lesson, enrolment, count in rows]


def find_standing(rollout_id: int, person_id: int | None) -> OwnStanding:
    """What is still to be learned, in one query, for the hall."""
    counted = select(func.count(), func.min(Enrolment.due)).join(Lesson, Lesson.id == Enrolment.lesson_id)
    row = db.session.execute(counted.where(*_mine(rollout_id, person_id), Enrolment.passed_at.is_(None))).one()
    return OwnStanding(*row)


def find_enrolment(lesson: Lesson, person_id: int | None) -> Enrolment | None:
    """How far a person is with a lesson; None for whoever does not learn it."""
    here = (Enrolment.lesson_id == lesson.id, Enrolment.person_id == person_id)
    return db.session.scalar(select(Enrolment).where(*here)) if person_id is not None else None


def note_reading(rollout_id: int, lesson_id: int, person_id: int | None, *, by: Actor, now: datetime) -> bool:
    """Note that a lesson was read; one without a quiz is learned by that. Returns whether it is passed."""
    lesson, row = get_lesson(rollout_id, lesson_id), _demand(rollout_id, lesson_id, person_id)
    row.read_at = row.read_at or now
    if not read_text(lesson, "en").quiz:
        row.passed_at = row.passed_at or now
    log_write("read_lesson", f"lesson:{lesson_id}", by=by, now=now, rollout_id=rollout_id)
    return row.passed_at is not None


def take_quiz(
    rollout_id: int, lesson_id: int, person_id: int | None, answers: Sequence[int | None], *, by: Actor, now: datetime
) -> Grade:
    """Grade a try and keep it; a lesson once passed stays passed."""
    lesson, row = get_lesson(rollout_id, lesson_id), _demand(rollout_id, lesson_id, person_id)
    quiz = read_text(lesson, "en").quiz
    if not quiz:
        raise RuleBroken(lazy("This lesson has no quiz."))
    grade = grade_quiz([one.right for one in quiz], answers, lesson.pass_percent)
    row.read_at = row.read_at or now
    row.passed_at = row.passed_at or (now if grade.is_passed else None)
    db.session.add(
        QuizTry(
            enrolment_id=row.id, at=now, answers=list(answers), wrong=list(grade.wrong), correct=grade.right,
            asked=grade.asked, is_passed=grade.is_passed,
        )
    )  # fmt: skip
    log_write("take_quiz", f"lesson:{lesson_id}", by=by, now=now, rollout_id=rollout_id, passed=grade.is_passed)
    return grade


def find_last_try(enrolment: Enrolment) -> QuizTry | None:
    """The newest try."""
    asked = select(QuizTry).where(QuizTry.enrolment_id == enrolment.id).order_by(QuizTry.id.desc())
    return db.session.scalar(asked.limit(1))


def list_unshown(rollout_id: int, person_id: int | None) -> list[str]:
    """Functions that have a lesson for this person, but neither were they read nor shown to the team since (M133)."""
    me = next((one for one in list_staff(rollout_id) if one.person_id == person_id), None)
    if me is None:
        return []
    asked = select(FunctionShowing.function, FunctionShowing.shown_on).where(FunctionShowing.team_id == me.team_id)
    shown = {function for function, on in db.session.execute(asked) if me.hired is None or on >= me.hired}
    found = [one.lesson.function for one in list_own(rollout_id, person_id) if one.enrolment.read_at is None]
    return [function for function in dict.fromkeys(found) if function not in shown]


def _demand(rollout_id: int, lesson_id: int, person_id: int | None) -> Enrolment:
    row = find_enrolment(get_lesson(rollout_id, lesson_id), person_id)
    if row is None:
        raise NotFound(lazy("This lesson is not one of yours."))
    return row


def _mine(rollout_id: int, person_id: int | None):  # type: ignore[no-untyped-def]
    standing = (Enrolment.rollout_id == rollout_id, stands(Lesson))
    return *standing, Enrolment.person_id == (person_id if person_id is not None else 0)
