"""Help for newcomers, week by week: figures worked out by hand."""

from datetime import date, timedelta

import pytest

from implement.engine.support_load import Arrival, SupportTerms, find_fitting_day, weigh_weeks

MONDAY = date(2026, 9, 7)
TERMS = SupportTerms(supporters=2, minutes_each=600, minutes_by_week=(120, 60, 30))
PILOT = Arrival("Pilot", MONDAY + timedelta(days=2), 8)


def arrive(name: str, weeks: int, people: int) -> Arrival:
    return Arrival(name, MONDAY + timedelta(weeks=weeks), people)


def test_a_wave_needs_less_help_from_week_to_week() -> None:  # M22
    weeks = weigh_weeks([PILOT], TERMS)
    assert [(week.monday, week.minutes, week.missing) for week in weeks] == [
        (MONDAY, 960, 0),
        (MONDAY + timedelta(weeks=1), 480, 0),
        (MONDAY + timedelta(weeks=2), 240, 0),
    ]


def test_two_waves_that_overlap_are_short_of_help() -> None:  # M23
    weeks = weigh_weeks([PILOT, arrive("Wave 2", 1, 8)], TERMS)
    assert weeks[1].by_wave == (("Pilot", 480), ("Wave 2", 960))
    assert [week.missing for week in weeks] == [0, 240, 0, 0]


@pytest.mark.parametrize(
    ("people", "fits"),
    [(8, MONDAY + timedelta(weeks=2)), (6, MONDAY + timedelta(weeks=1)), (10, MONDAY + timedelta(weeks=3)), (11, None)],
)
def test_the_day_that_fits_leaves_no_week_of_the_wave_short(people: int, fits: date | None) -> None:
    assert find_fitting_day(arrive("Wave 2", 1, people), [PILOT], TERMS) == fits


def test_a_wave_without_people_needs_no_week() -> None:
    assert weigh_weeks([arrive("Empty", 0, 0)], TERMS) == []
