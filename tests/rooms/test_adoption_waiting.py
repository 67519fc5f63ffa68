"""Teams whose wave has not begun: they say when they start, and stand in no total."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from implement.db import db
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.stages.adoption import sides_page, team_page
from implement.stages.adoption.service.figures import Figures, read_figures
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, a_log, a_usage, person_id_of, steady

TEAMS = {"North": 7, "West": 6}
START = SUNDAY + timedelta(days=30)


def a_rollout(app: Flask, start: date | None) -> int:
    """North uses the CRM; West is in a wave that has not begun."""
    rollout_id = builders.a_rollout().id
    by = a_firm(rollout_id, TEAMS, waves={"West": "Wave 2"})
    plan_wave(list_waves(rollout_id)[1], go_live=start, by=by, now=NOW)
    a_usage(rollout_id, app.extensions["implement_store"], by, events=a_log(steady({"North": 7})))
    db.session.commit()
    return rollout_id


def figures_of(rollout_id: int) -> Figures:
    found = read_figures(rollout_id)
    assert found is not None
    return found


@pytest.fixture
def rollout_id(app: Flask) -> int:
    with app.app_context():
        return a_rollout(app, START)


def test_whoever_starts_later_stands_in_no_total(app: Flask, rollout_id: int) -> None:
    with app.test_request_context():
        figures = figures_of(rollout_id)
        picture = sides_page.draw_sides(rollout_id, figures)
    assert (figures.people, figures.whole.people, figures.waiting_people) == (7, 7, 6)
    assert picture is not None and [row[0] for row in picture.rows] == ["North"]


def test_a_good_average_does_not_hide_the_team_that_does_not_use_it(app: Flask, rollout_id: int) -> None:  # M34
    with app.test_request_context():
        figures = figures_of(rollout_id)
        counts = zip(figures.teams, (2, 1), strict=True)
        north, west = (replace(team, sides={"works": 4, "works_not": count}) for team, count in counts)
        whole = replace(figures.whole, sides={"works": 8, "works_not": 3})
        said = team_page.say_answer(replace(figures, whole=whole, teams=(north, west)))
    assert said.endswith("3 of 11 clearly do not work with it, most of them in team North.")


def test_the_page_says_when_they_start(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    page = visitor_as("lead").get(f"/rollouts/{rollout_id}/adoption/teams")
    assert page.text.count("starts on 28 Apr 2026") == 3 and "7 people, since" in page.text
    people = visitor_as("lead").get(f"/rollouts/{rollout_id}/adoption/people")
    assert people.text.count("starts on 28 Apr 2026") == 6 and "not enough data" not in people.text
    with app.app_context():
        person_id = person_id_of(rollout_id, "west.3")
    someone = visitor_as("lead").get(f"/rollouts/{rollout_id}/adoption/people/{person_id}")
    assert someone.answer.endswith(": starts on 28 Apr 2026") and "resistance" not in someone.text


def test_a_wave_without_a_first_day_claims_none(app: Flask) -> None:
    with app.test_request_context():
        figures = figures_of(a_rollout(app, None))
        assert team_page.say_waiting(figures) == "Wave 2 has no first day yet."
        assert [team_page.say_wait(figures, team) for team in figures.teams] == ["", "has no first day yet"]
