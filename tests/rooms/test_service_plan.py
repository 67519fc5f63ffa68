"""The plan of one rollout: from a template with its waves, dates by the firm's calendar, forecast, launches at once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.service import rollouts
from implement.rollout.service.calendar import add_closed_days, choose_calendar
from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.tables import Person, Team, User
from implement.stages.specification.service.plan import steps
from implement.stages.specification.service.plan.outlook import Outlook, read_outlook
from implement.stages.specification.service.plan.steps import StepSaid
from tests import builders

Database = scoped_session[Session]
NOW = datetime(2026, 4, 13, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 4, 13)


@pytest.fixture
def carol(session: Database) -> User:
    return builders.a_user()


@pytest.fixture
def here(carol: User) -> int:
    return builders.a_rollout().id


def begin(here: int, carol: User, *, waves: int = 1, key: str = "fifty_days") -> None:
    steps.begin_plan(here, key, start=MONDAY, waves=waves, by=carol, now=NOW)


def outlook(here: int, today: date = MONDAY) -> Outlook:
    found = read_outlook(here, today)
    assert found is not None
    return found


def report(here: int, key: str, by: User, **changed: object) -> None:
    row = next(one for one in steps.list_steps(here) if one.step_key == key)
    said = {"title": row.title, "days": row.days, "after": tuple(row.after), "began_on": None, "ended_on": None}
    known = StepSaid(**{**said, "done_percent": 0, **changed})  # type: ignore[arg-type]
    steps.change_step(row, known, version=row.version, by=by, now=NOW)


def test_fifty_working_days_end_after_ten_weeks_without_days_off(here: int, carol: User) -> None:  # M61
    begin(here, carol)
    assert outlook(here).planned_day == date(2026, 6, 19)
    assert outlook(here).plan.promised == date(2026, 6, 19)


def test_public_holidays_and_closed_days_move_the_end(here: int, carol: User) -> None:
    choose_calendar(here, None, "DE", by=carol, now=NOW)
    add_closed_days(here, [date(2026, 5, 15)], by=carol, now=NOW)
    begin(here, carol)
    # 1 May, Ascension 14 May, the closed 15 May, Whit Monday 25 May
    assert outlook(here).planned_day == date(2026, 6, 25)


def test_moving_the_start_moves_every_date(here: int, carol: User) -> None:
    begin(here, carol)
    plan = steps.find_plan(here)
    assert plan is not None
    steps.move_start(plan, date(2026, 4, 20), by=carol, now=NOW)
    assert outlook(here).steps[0].first_day == date(2026, 4, 20)
    assert outlook(here).planned_day == plan.promised == date(2026, 6, 26)


def test_ten_months_with_three_waves_repeat_launch_and_control(here: int, carol: User) -> None:  # M106 M23
    begin(here, carol, waves=3, key="ten_months")
    keys = [one.row.step_key for one in outlook(here).steps]
    assert {"launch", "launch_2", "launch_3", "control_3"} <= set(keys)
    assert outlook(here).months_planned >= 9


def test_a_slow_beginning_makes_the_end_late(here: int, carol: User) -> None:  # M24
    begin(here, carol)
    report(here, "goal", carol, began_on=MONDAY, ended_on=date(2026, 4, 20))
    report(here, "losses", carol, began_on=date(2026, 4, 21), ended_on=date(2026, 5, 4))
    found = outlook(here, date(2026, 5, 5))
    assert found.forecast.n == 2
    assert found.forecast.pace > 1.9
    assert found.low_day < found.middle_day < found.high_day
    assert found.late_days > 5


def test_a_plan_on_which_work_has_begun_is_not_replaced(here: int, carol: User) -> None:
    begin(here, carol)
    begin(here, carol, waves=2)
    report(here, "goal", carol, began_on=MONDAY)
    with pytest.raises(RuleBroken):
        begin(here, carol)
    plan = steps.find_plan(here)
    assert plan is not None
    with pytest.raises(RuleBroken):
        steps.move_start(plan, MONDAY, by=carol, now=NOW)


def test_steps_that_wait_for_each_other_are_refused(here: int, carol: User) -> None:
    begin(here, carol)
    with pytest.raises(RuleBroken):
        report(here, "goal", carol, after=("report",))
    with pytest.raises(RuleBroken):
        report(here, "goal", carol, began_on=MONDAY, ended_on=date(2026, 4, 10))


def test_a_step_of_ones_own_moves_the_end_when_others_wait_for_it(here: int, carol: User) -> None:
    begin(here, carol)
    own = steps.add_step(here, StepSaid("Ask the council", 10, (), None, None, 0), "audit", by=carol, now=NOW)
    assert outlook(here).planned_day == date(2026, 6, 19)
    report(here, "requirements", carol, after=("losses", own.step_key))
    assert outlook(here).planned_day == date(2026, 6, 23)


def test_two_editors_of_a_step_see_both_texts(here: int, carol: User) -> None:
    begin(here, carol)
    row = steps.list_steps(here)[0]
    said = StepSaid("Goal", 3, (), None, None, 0)
    with pytest.raises(EditedMeanwhile):
        steps.change_step(row, said, version=row.version + 1, by=carol, now=NOW)


def test_waves_too_close_together_are_named_and_a_pilot_is_missed(session: Database, here: int, carol: User) -> None:
    begin(here, carol)
    first = rollouts.list_waves(here)[0]
    for number, name in enumerate(("North", "South")):
        team = Team(rollout_id=here, name=name, wave_id=first.id)
        session.add(team)
        session.flush()
        people = [Person(rollout_id=here, number=f"{number}{n}", crm_user=f"{number}{n}", name="P") for n in range(6)]
        for person in people:
            person.team_id = team.id
        session.add_all(people)
    rollouts.plan_wave(first, go_live=MONDAY, by=carol, now=NOW)
    found = outlook(here)
    assert found.rush is not None  # M23
    assert (found.rush.people, found.rush.of, found.has_pilot) == (12, 12, len(rollouts.list_waves(here)) > 1)
