"""How far everybody is: the funnel, who is late, what was shown to which team, and what speaks for further lessons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from implement.db import db
from implement.engine.first_deal import FirstDeal, Waited, measure_first_deals
from implement.engine.suppression import LEAST_PEOPLE, Withheld, withhold_small_groups
from implement.engine.training import Learning, WeakQuestion, count_steps, find_weak_questions
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.privacy import PeopleView, views_for
from implement.rollout.service.removing import stands
from implement.rollout.service.rollouts import get_rollout, zone_of
from implement.rollout.service.staff import get_team
from implement.rollout.service.usage import StaffMember, list_staff
from implement.stages.pilot.service.training.enrolling import is_learning
from implement.stages.pilot.tables.training import Enrolment, FunctionShowing, Lesson, QuizTry
from implement.store import Store
from implement.web.access import Standing
from implement.web.texts import lazy

FirstEnds = Callable[[int, Store], tuple[date, Mapping[int, date]] | None]
"""Since when the log tells of deals, and by person the day on which their first one ended."""


@dataclass(frozen=True)
class TeamTraining:
    """A team's learning: enrolments by step; `withheld` says why nothing is shown."""

    team_id: int
    name: str
    people: int
    steps: Mapping[str, int]
    late: int
    withheld: Withheld | None


@dataclass(frozen=True)
class Training:
    """The learning of everybody; `people` learn, and teams stand by name."""

    people: int
    lessons: int
    steps: Mapping[str, int]
    late: int
    teams: tuple[TeamTraining, ...]

    @property
    def may_show(self) -> bool:
        """True when enough people learn that the sums tell of nobody."""
        return self.people >= LEAST_PEOPLE


@dataclass(frozen=True)
class LateLearner:
    """Somebody who is late, as this reader may see them: the lessons, and since when the oldest is due."""

    person_id: int
    view: PeopleView
    lesson_ids: tuple[int, ...]
    due: date


@dataclass(frozen=True)
class LateLearners:
    """Those whom this reader may see, and how many stay hidden from them."""

    rows: tuple[LateLearner, ...]
    hidden: int


@dataclass(frozen=True)
class Competence:
    """Of the people who learn: how many have worked through all their lessons, have passed every quiz of theirs, and
    have a lesson that is overdue.
    """

    people: int
    trained: int
    passed: int
    overdue: int


@dataclass(frozen=True)
class _Row:
    person_id: int
    lesson_id: int
    due: date
    learning: Learning


def read_training(rollout_id: int, today: date) -> Training:
    """The funnel of everybody and of each team."""
    staff = {one.person_id: one for one in list_staff(rollout_id) if is_learning(one, today)}
    rows = [row for row in _list_rows(rollout_id) if row.person_id in staff]
    learning = {row.person_id for row in rows}
    teams: dict[int, list[StaffMember]] = {}
    for person_id in sorted(learning):
        teams.setdefault(staff[person_id].team_id or 0, []).append(staff[person_id])
    withheld = withhold_small_groups({str(team_id): len(people) for team_id, people in teams.items()})
    found = tuple(_sum_team(people, rows, withheld, today) for people in teams.values())
    late = sum(_is_late(row, today) for row in rows)
    counts = count_steps(row.learning for row in rows)
    lessons = len({row.lesson_id for row in rows})
    return Training(len(learning), lessons, counts, late, tuple(sorted(found, key=lambda one: one.name)))


def list_late(standing: Standing, today: date) -> LateLearners:
    """Whoever is late with lessons, for whom this reader may see; the longest late first."""
    found: dict[int, list[_Row]] = {}
    people = {one.person_id for one in list_staff(standing.rollout_id) if is_learning(one, today)}
    rows = _list_rows(standing.rollout_id)
    for row in rows:
        if _is_late(row, today) and row.person_id in people:
            found.setdefault(row.person_id, []).append(row)
    views = views_for(standing, get_rollout(standing.rollout_id).legal_profile, people, today)
    seen = {who: view for who, view in views.items() if view is PeopleView.NAMED or len(views) >= LEAST_PEOPLE}
    shown = [
        LateLearner(who, seen[who], tuple(row.lesson_id for row in late), min(row.due for row in late))
        for who, late in found.items()
        if who in seen
    ]
    return LateLearners(tuple(sorted(shown, key=lambda one: (one.due, one.person_id))), len(found) - len(shown))


def count_learned(rollout_id: int, wave_id: int | None, day: date) -> tuple[int, int, int]:
    """Of the lessons that were due in a wave, else anywhere, at the end of a day: how many were learned, how many there
    were, of how many people.
    """
    staff = _list_learners(rollout_id, wave_id, day)
    rows = [row for row in _list_rows(rollout_id, day) if row.person_id in staff and row.due <= day]
    return sum(row.learning.is_passed for row in rows), len(rows), len({row.person_id for row in rows})


def count_competent(rollout_id: int, wave_id: int | None, day: date) -> Competence:
    """How far the people of a wave, else everybody, were at the end of a day, also before its first (M27, M108)."""
    staff = _list_learners(rollout_id, wave_id, day)
    people: dict[int, list[_Row]] = {}
    for row in _list_rows(rollout_id, day):
        if row.person_id in staff:
            people.setdefault(row.person_id, []).append(row)
    return Competence(
        len(people), sum(all(_is_through(row) for row in rows) for rows in people.values()),
        sum(all(row.learning.is_passed for row in rows) for rows in people.values()),
        sum(any(_is_late(row, day) for row in rows) for rows in people.values()),
    )  # fmt: skip


def show_function(
    rollout_id: int, team_id: int, function: str, *, on: date, today: date, by: Actor, now: datetime
) -> None:
    """Note that a function was shown to a team; the same day twice is once (M133)."""
    get_team(rollout_id, team_id)
    if on > today:
        raise RuleBroken(lazy("This day has not come yet."))
    here = (FunctionShowing.team_id == team_id, FunctionShowing.function == function, FunctionShowing.shown_on == on)
    if db.session.scalar(select(FunctionShowing.id).where(*here)) is not None:
        return
    row = FunctionShowing(rollout_id=rollout_id, team_id=team_id, function=function, shown_on=on)
    row.by_name, row.at = by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("show_function", f"team:{team_id}", by=by, now=now, rollout_id=rollout_id, function=function)


def list_showings(rollout_id: int) -> dict[tuple[str, int], date]:
    """When each function was last shown to each team."""
    asked = select(FunctionShowing.function, FunctionShowing.team_id, func.max(FunctionShowing.shown_on))
    rows = db.session.execute(
        asked.where(FunctionShowing.rollout_id == rollout_id).group_by(
            FunctionShowing.function, FunctionShowing.team_id
        )
    )
    return {(function, team_id): on for function, team_id, on in rows}


def find_weak(rollout_id: int) -> list[WeakQuestion]:
    """Questions of quizzes that many get wrong at the first try."""
    first = select(func.min(QuizTry.id)).group_by(QuizTry.enrolment_id)
    rows = db.session.execute(
        select(Enrolment.lesson_id, QuizTry.wrong, QuizTry.asked)
        .join(Enrolment, Enrolment.id == QuizTry.enrolment_id)
        .join(Lesson, Lesson.id == Enrolment.lesson_id)
        .where(Enrolment.rollout_id == rollout_id, stands(Lesson), QuizTry.id.in_(first))
    )
    return find_weak_questions((lesson, [int(str(one)) for one in wrong], asked) for lesson, wrong, asked in rows)


def measure_first_deal(rollout_id: int, ends: Sequence[FirstEnds], *, store: Store, today: date) -> FirstDeal | None:
    """From account to the first complete deal, over whoever began while the log already told of deals (M108)."""
    for ask in ends:
        found = ask(rollout_id, store)
        if found is not None:
            since, ended = found
            began = _find_beginnings(list_staff(rollout_id), today)
            waited = [_wait(ended.get(who), on, today) for who, on in began.items() if since <= on <= today]
            return measure_first_deals(waited)
    return None


def _find_beginnings(staff: Sequence[StaffMember], today: date) -> dict[int, date]:
    """By person who sells, the day of their account: hired and their wave begun; heads sell no deals of their own."""
    heads = {one.head_id for one in staff}
    sellers = [one for one in staff if is_learning(one, today) and not one.is_excluded and one.person_id not in heads]
    return {one.person_id: max(one.go_live, one.hired or one.go_live) for one in sellers if one.go_live is not None}


def _wait(ended: date | None, began: date, today: date) -> Waited:
    return Waited(max(0, ((ended or today) - began).days), ended is not None)


def _sum_team(
    people: Sequence[StaffMember], rows: Sequence[_Row], withheld: Mapping[str, Withheld], today: date
) -> TeamTraining:
    ids = {one.person_id for one in people}
    theirs = [row for row in rows if row.person_id in ids]
    team_id, late = people[0].team_id or 0, sum(_is_late(row, today) for row in theirs)
    steps, reason = count_steps(row.learning for row in theirs), withheld.get(str(team_id))
    return TeamTraining(
        team_id, people[0].team or "", len(people), {} if reason else steps, 0 if reason else late, reason
    )


def _is_through(row: _Row) -> bool:
    return row.learning.is_read or row.learning.is_passed


def _is_late(row: _Row, today: date) -> bool:
    return row.due < today and not row.learning.is_passed


def _list_learners(rollout_id: int, wave_id: int | None, day: date) -> set[int]:
    return {
        one.person_id for one in list_staff(rollout_id) if is_learning(one, day) and wave_id in (None, one.wave_id)
    }


def _list_rows(rollout_id: int, until: date | None = None) -> list[_Row]:
    """Who is how far with which lesson; as it stood at the end of a day, if one is given."""
    enrolled, end = [Enrolment.rollout_id == rollout_id, stands(Lesson)], datetime.max.replace(tzinfo=UTC)
    if until is not None:
        enrolled.append(Enrolment.enrolled_on <= until)
        end = datetime.combine(until + timedelta(days=1), time(), zone_of(rollout_id)).astimezone(UTC)
    tried = select(QuizTry.enrolment_id).where(QuizTry.at < end).distinct()
    steps = (Enrolment.read_at < end, Enrolment.id.in_(tried), Enrolment.passed_at < end)
    rows = db.session.execute(
        select(Enrolment.person_id, Enrolment.lesson_id, Enrolment.due, *steps)
        .join(Lesson, Lesson.id == Enrolment.lesson_id)
        .where(*enrolled)
        .order_by(Enrolment.id)
    )
    return [_Row(person, lesson, due, Learning(*map(bool, steps))) for person, lesson, due, *steps in rows]
