"""The willing and the unwilling told apart by evidence, waves side by side, the heads' own use where agreed."""

from dataclasses import replace

from flask import Flask

from implement.stages.adoption import sides_page
from implement.stages.adoption.service.figures import Figures, read_figures
from implement.stages.adoption.shown_groups import Group
from tests.fixtures.members import VisitorAs
from tests.rooms.test_adoption_pages import rollout_id as rollout_id
from tests.rooms.test_adoption_pages import sqlite_url as sqlite_url
from tests.rooms.test_adoption_pages import used as used
from tests.rooms.test_adoption_pages import used_template as used_template


def figures_of(used: str) -> Figures:
    found = read_figures(int(used.split("/")[2]))
    assert found is not None
    return found


def test_the_page_says_who_works_with_it_and_draws_the_teams(used: str, visitor_as: VisitorAs) -> None:  # M34
    page = visitor_as("council").get(f"{used}/teams")
    assert "20 of 26 people clearly work with the CRM, 6 clearly do not." in page.text
    assert "Who works with the CRM, by team" in page.text


def test_the_picture_leaves_small_teams_and_their_neighbour_out(app: Flask, used: str) -> None:
    with app.test_request_context():
        picture = sides_page.draw_sides(int(used.split("/")[2]), figures_of(used))
    assert picture is not None
    assert picture.rows == (("South", 0, 0, 6), ("North", 12, 0, 0)) and len(picture.links) == 2


def test_fewer_than_five_heads_are_withheld_unless_names_are_agreed(app: Flask, used: str) -> None:
    with app.test_request_context():
        heads = figures_of(used).heads
        assert heads is not None and heads.people == 4
        withheld, agreed = (sides_page.say_heads(heads, is_agreed=is_on, least=5) for is_on in (False, True))
        many = sides_page.say_heads(replace(heads, people=5), is_agreed=False, least=5)
        led = [
            sides_page.say_heads(replace(heads, people=5, steer=steer), is_agreed=False, least=5)
            for steer in ((4, 1), (5, 0))
        ]
    assert "Reports read" not in led[0] and led[1].endswith("far below the other heads' for none of them.")
    assert withheld.startswith("The heads' own use is withheld")
    assert agreed.startswith("The own usage of 4 heads: ") and many.startswith("The own usage of 5 heads: ")


def test_waves_that_have_begun_stand_side_by_side(app: Flask, used: str) -> None:  # M23
    with app.test_request_context():
        figures = figures_of(used)
        pilot = figures.waves[0]
        later: Group = replace(pilot, name="Wave 2", usage=(50.0, 58.0, 66.0), likely=(52.0, 64.0))
        said = sides_page.say_pilot(replace(figures, waves=(pilot, later)))
        alone = sides_page.say_pilot(figures)
    assert alone == "" and said.endswith("Wave 2 58 (likely 52–64).") and "Pilot " in said


def test_a_team_says_its_likely_middle_and_quarters(used: str, visitor_as: VisitorAs) -> None:  # M112
    page = visitor_as("lead").get(f"{used}/teams/1")
    assert "half of them within" in page.text and "likely" in page.text
