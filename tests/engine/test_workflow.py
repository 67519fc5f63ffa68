"""A workflow adds up for each person, says how often work changes hands, and what of it nobody can vouch for."""

from fractions import Fraction

from implement.engine.workflow import PersonSum, WorkStep, hours_a_month, sum_workflow

STEPS = (
    WorkStep("Take the request", "Office", 5),
    WorkStep("Enter it into the spreadsheet", "Office", 7),
    WorkStep("Work out the price", "Sales", 40, waiting_minutes=240, is_unclear=True),
    WorkStep("Let the director agree", "Director", None, waiting_minutes=1440),
    WorkStep("Write the offer", "Sales", 20, waiting_minutes=60),
)


def test_each_person_has_their_own_sum() -> None:  # M6
    assert sum_workflow(STEPS).people == (
        PersonSum("Office", 2, 12, 0),
        PersonSum("Sales", 2, 60, 0),
        PersonSum("Director", 1, 0, 1),
    )


def test_work_waiting_and_hand_overs_add_up() -> None:  # M52
    sums = sum_workflow(STEPS)
    assert (sums.work_minutes, sums.waiting_minutes, sums.lead_minutes, sums.hand_overs) == (72, 1740, 1812, 3)


def test_what_is_unclear_or_without_a_time_is_counted() -> None:  # M95
    sums = sum_workflow(STEPS)
    assert (sums.unclear, sums.unclear_minutes, sums.untimed) == (1, 40, 1)


def test_a_workflow_without_steps_comes_to_nothing() -> None:
    sums = sum_workflow(())
    assert (sums.steps, sums.lead_minutes, sums.people) == (0, 0, ())


def test_minutes_each_time_become_hours_a_month() -> None:
    assert hours_a_month(50, 90) == Fraction(75)
