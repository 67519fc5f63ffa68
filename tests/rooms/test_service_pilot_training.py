"""Who learns which lesson until when, tries that are kept, reminders that go out once, what is shown of whom."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.db import db
from implement.rollout.registries import Measure, Withheld, registries
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.privacy import PeopleView
from implement.rollout.service.rollouts import list_waves
from implement.rollout.tables import OutboxMail
from implement.stages.pilot import helping_measures
from implement.stages.pilot.service import keeping
from implement.stages.pilot.service.training import enrolling, learning, lessons, overview
from implement.stages.pilot.tables import Enrolment, QuizTry
from implement.web.access import Role
from tests import builders
from tests.rooms.helping_house import MONDAY, NOW, House, a_helping_house

Database = scoped_session[Session]


@pytest.fixture
def house(session: Database) -> House:
    return a_helping_house(builders.a_rollout().id)


def pass_lesson(house: House, lesson_id: int, user: str, *, shift: int = 0, at: datetime = NOW) -> bool:
    """Somebody takes the quiz; with a shift every answer is wrong."""
    quiz = lessons.read_text(lessons.get_lesson(house.rollout_id, lesson_id), "en").quiz
    answers: list[int | None] = [(one.right + shift - 1) % len(one.options) + 1 for one in quiz]
    who = house.people[user]
    return learning.take_quiz(house.rollout_id, lesson_id, who, answers, by=house.alice, now=at).is_passed


def test_newcomers_come_in_by_themselves_with_dates(house: House) -> None:  # M108
    taught = house.teach(for_role="salesperson")
    newcomer = house.hire("north.7", "North", hired=MONDAY)
    assert enrolling.enrol_newcomers(now=NOW) == len(taught)
    assert enrolling.enrol_newcomers(now=NOW) == 0, "nobody is enrolled twice"
    due = {one.lesson.template_key: one.enrolment.due for one in learning.list_own(house.rollout_id, newcomer)}
    assert due["lesson.first_contact"] == MONDAY + timedelta(days=3)
    assert learning.list_own(house.rollout_id, house.people["north.1"]) == [], "heads have another role"


def test_a_lesson_once_passed_stays_passed_and_each_try_is_kept(house: House, session: Database) -> None:
    lesson_id = house.teach()["lesson.deal"]
    assert [pass_lesson(house, lesson_id, "north.2", shift=shift) for shift in (1, 0, 1)] == [False, True, False]
    row = learning.find_enrolment(lessons.get_lesson(house.rollout_id, lesson_id), house.people["north.2"])
    assert row is not None and row.passed_at == NOW
    assert list(session.scalars(select(QuizTry.correct).order_by(QuizTry.id))) == [0, 3, 0]


def test_nobody_takes_the_quiz_of_others(house: House) -> None:
    lesson_id = house.teach(for_role="head")["lesson.deal"]
    with pytest.raises(NotFound, match="not one of yours"):
        pass_lesson(house, lesson_id, "north.2")


def test_whoever_is_late_is_written_to_once_even_after_a_crash(house: House, session: Database) -> None:  # M108
    house.teach(for_role="head")
    db.session.commit()
    late = NOW + timedelta(days=4)
    assert enrolling.remind_learners(now=late) == 3, "three heads, one lesson of three days"
    db.session.rollback()
    assert enrolling.remind_learners(now=late) == 3, "what was rolled back was never written"
    db.session.commit()
    assert [enrolling.remind_learners(now=late + timedelta(days=days)) for days in (0, 1)] == [0, 0]
    session.execute(Enrolment.__table__.update().values(reminded_at=None))
    assert enrolling.remind_learners(now=late) == 0, "the outbox knows the occasion"
    assert len(list(session.scalars(select(OutboxMail.id)))) == 3


def test_teams_of_two_are_withheld_with_one_that_would_tell_of_them(house: House) -> None:
    house.teach()
    found = overview.read_training(house.rollout_id, MONDAY)
    assert found.people == 13
    shown = {team.name: team.withheld is None for team in found.teams}
    assert shown == {"North": True, "South": False, "West": False}
    assert found.steps["enrolled"] == 13 * 8


def test_late_people_are_seen_as_the_three_views_say(house: House) -> None:  # R7
    house.teach()
    late = MONDAY + timedelta(days=40)
    seen = overview.list_late(house.standing(Role.LEAD), late)
    assert len(seen.rows) == 13 and {row.view for row in seen.rows} == {PeopleView.PSEUDONYM}
    few = overview.list_late(house.standing(Role.HEAD, "west.1"), late)
    assert [row.person_id for row in few.rows] == [house.people["west.1"]], "oneself; a pseudonym of two hides nobody"
    assert few.hidden == 12


def test_functions_shown_to_the_team_are_not_asked_for_again(house: House) -> None:  # M133
    house.teach()
    who, north = house.people["north.2"], house.teams["North"]
    assert "function.history" in learning.list_unshown(house.rollout_id, who)
    said = {"on": MONDAY, "today": MONDAY, "by": house.alice, "now": NOW}
    for _twice in range(2):
        overview.show_function(house.rollout_id, north, "function.history", **said)
    assert "function.history" not in learning.list_unshown(house.rollout_id, who)
    assert overview.list_showings(house.rollout_id) == {("function.history", north): MONDAY}
    with pytest.raises(RuleBroken, match="not come yet"):
        overview.show_function(house.rollout_id, north, "function.deal", **{**said, "today": date(2026, 3, 1)})


def test_the_first_deal_is_measured_by_what_a_room_registers(house: House) -> None:  # M108
    sellers = [f"north.{number}" for number in range(2, 7)]
    ends = {
        house.people[user]: MONDAY - timedelta(days=30 - days)
        for user, days in zip(sellers, (5, 9, 20, 25, 31), strict=True)
    }
    store = current_app.extensions["implement_store"]
    found = overview.measure_first_deal(
        house.rollout_id, [lambda _rollout, _store: (MONDAY - timedelta(days=60), ends)], store=store, today=MONDAY
    )
    assert found is not None
    assert (found.people, found.done) == (10, 5), "three heads do not sell; five still wait"
    assert overview.measure_first_deal(house.rollout_id, [], store=store, today=MONDAY) is None


def test_the_gate_reads_the_share_of_due_lessons_that_was_learned_when_the_last_week_was_over(house: House) -> None:
    lesson_id = house.teach()["lesson.first_contact"]
    for user in ("north.2", "north.3"):
        pass_lesson(house, lesson_id, user)
    found = helping_measures.measure_learned(house.rollout_id, None, MONDAY + timedelta(days=7))
    assert isinstance(found, Measure) and (found.value, found.n) == (Fraction(2, 26), 26)
    assert found.last_day == MONDAY + timedelta(days=6)
    assert helping_measures.measure_learned(house.rollout_id, None, MONDAY + timedelta(days=6)) is None


def test_two_looks_in_one_week_tell_nothing_of_who_learned_in_between(house: House) -> None:  # R11
    tuesday, taught = MONDAY + timedelta(days=8), house.teach()
    measures = [registries().measures[f"pilot.{name}"] for name in ("lessons_learned", "people_passed")]
    first = [kind.compute(house.rollout_id, None, tuesday) for kind in measures]
    for lesson_id in taught.values():
        pass_lesson(house, lesson_id, "north.2", at=NOW + timedelta(days=8))
    assert first == [kind.compute(house.rollout_id, None, tuesday + timedelta(days=3)) for kind in measures]
    later = [kind.compute(house.rollout_id, None, tuesday + timedelta(days=7)) for kind in measures]
    assert all(isinstance(one, Measure) for one in first) and later != first


def test_tries_go_when_their_period_is_over_and_what_is_learned_stays(house: House) -> None:
    lesson_id, store = house.teach()["lesson.deal"], current_app.extensions["implement_store"]
    pass_lesson(house, lesson_id, "north.2")
    assert keeping.hold_tries(house.rollout_id).count == 1
    assert keeping.dispose_tries(house.rollout_id, MONDAY + timedelta(days=1), store).row_count == 1
    assert keeping.dispose_tries(house.rollout_id, MONDAY + timedelta(days=1), store).row_count == 0
    found = learning.find_standing(house.rollout_id, house.people["north.2"])
    assert found.to_learn == 7


def test_training_is_measured_by_people_for_waves_and_gates(house: House) -> None:  # M27, M108
    late, wave_id = MONDAY + timedelta(days=40), list_waves(house.rollout_id)[0].id
    found = {name: registries().measures[f"pilot.people_{name}"] for name in ("trained", "passed", "overdue")}
    assert found["trained"].compute(house.rollout_id, wave_id, late) is None, "nobody learns"
    taught = house.teach(for_role="salesperson")
    for lesson_id in taught.values():
        pass_lesson(house, lesson_id, "north.2")
        pass_lesson(house, lesson_id, "north.3", shift=1)
    shares = {name: kind.compute(house.rollout_id, wave_id, late) for name, kind in found.items()}
    day = helping_measures.last_day_shown(late)
    counts = (("trained", 2), ("passed", 1), ("overdue", 9))
    assert shares == {name: Measure(Fraction(k, 10), 10, last_day=day) for name, k in counts}
    assert found["passed"].compute(house.rollout_id, list_waves(house.rollout_id)[-1].id + 99, late) is None


def test_training_of_fewer_than_five_people_is_withheld(house: House) -> None:  # R11
    house.teach(for_role="head")
    found = registries().measures["pilot.people_passed"].compute(house.rollout_id, None, MONDAY + timedelta(days=7))
    assert isinstance(found, Withheld)
