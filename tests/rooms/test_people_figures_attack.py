"""Who reads the pages of what went past the CRM and of the survey, and then calculates, learns of no few people.

In each team other numbers of people have anything to be counted: what is told of few is few whatever the team's size.
"""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from io import BytesIO
from itertools import product

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from implement.db import db
from implement.stages.adoption.booked import sum_orders
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service.loading import take_files
from implement.stages.adoption.service.pulse import close_round, open_round
from implement.stages.adoption.team_page import say_left_out_counts
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, users_of
from tests.rooms.pulse_house import answer
from tests.rooms.test_adoption_groups import tells
from tests.rooms.test_booked_orders import FRIDAY, STAFF
from tests.rooms.test_counted_calls import agree

TEAMS = {"North": 7, "Tiny": 3, "East": 8, "South": 6, "Small": 4, "West": 9}
WAVES = {"South": "Wave 2", "Small": "Wave 2", "West": "Wave 3"}
DOING = {
    FRIDAY: {"North": 6, "Tiny": 3, "East": 5, "South": 6, "Small": 4, "West": 9},
    FRIDAY - timedelta(days=7): {"North": 5, "Tiny": 0, "East": 2, "South": 1, "Small": 0, "West": 7},
    FRIDAY - timedelta(days=14): {"North": 1, "Tiny": 0, "East": 0, "South": 6, "Small": 0, "West": 0},
}
ALL = frozenset(TEAMS)
MEMBERS = {name: frozenset({name}) for name in TEAMS} | {
    "Everybody": ALL, "Pilot": ALL - WAVES.keys(), "Wave 2": frozenset({"South", "Small"}),
    "Wave 3": frozenset({"West"}),
}  # fmt: skip


@pytest.fixture
def rollout_id(app: Flask) -> int:
    """A rollout with orders, calls and a closed round of the survey."""
    with app.app_context():
        rollout_id, store = builders.a_rollout().id, app.extensions["implement_store"]
        by = a_firm(rollout_id, TEAMS, waves=WAVES)
        agree(rollout_id)
        who = [(u, day) for day, teams in DOING.items() for team, k in teams.items() for u in users_of(team, k)]
        lists = {
            "orders.csv": ["order_id,user,date", *(f"O{n},{u},{day}" for n, (u, day) in enumerate(who))],
            "phone bill.csv": ["extension,date,number of calls", *(f"{u},{day},3" for u, day in who)],
        }  # fmt: skip
        kept = [HandedIn(name, store.put(BytesIO("\n".join(rows).encode())).sha256) for name, rows in lists.items()]
        take_files(rollout_id, kept, store=store, by=by, now=NOW)
        row = open_round(rollout_id, days=7, by=by, now=NOW, today=SUNDAY)
        for user, _day in (each for each in who if each[1] == FRIDAY):
            answer(rollout_id, user, 4)
        close_round(row, by=by, now=NOW, today=SUNDAY)
        db.session.commit()
        return rollout_id


def read_weeks(page: Page) -> dict[str, list[str]]:
    """Per column of the table behind the picture the groups that show a figure in it."""
    head = [cell.get_text().strip() for cell in page.all("details.behind thead th")]
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in page.all("details.behind tbody tr")]
    shown = {column: [row[0] for row in rows if row[place][:1].isdigit()] for place, column in enumerate(head) if place}
    return {column: groups for column, groups in shown.items() if groups}


def read_rows(page: Page, selector: str) -> list[str]:
    """The groups of a table of rows that show figures."""
    found = page.all(f"{selector} tbody tr")
    rows = [[cell.get_text().strip() for cell in row.find_all(["th", "td"])] for row in found]
    return [row[0] for row in rows if len(row) > 2 and not any("withheld" in cell for cell in row)]


def demand_safe(groups: list[str], doing: Mapping[str, int]) -> None:
    """No combination of these groups' figures is the figure of one to four people."""
    shown = [[Fraction(int(team in MEMBERS[name])) for team in TEAMS] for name in groups]
    teams = [team for team in TEAMS if doing[team]]
    for chosen in product((0, 1), repeat=len(teams)):
        picked = {team for team, each in zip(teams, chosen, strict=True) if each}
        if 0 < sum(doing[team] for team in picked) < 5:
            free = [[row[place] for place, team in enumerate(TEAMS) if doing[team]] for row in shown]
            assert not tells(free, [Fraction(int(team in picked)) for team in teams]), (groups, sorted(picked))


@pytest.mark.parametrize("path", ["outside", "calls"])
def test_no_week_and_no_sum_tells_of_few(visitor_as: VisitorAs, rollout_id: int, path: str) -> None:  # R11
    page = visitor_as("council").get(f"/rollouts/{rollout_id}/adoption/{path}")
    weeks = read_weeks(page)
    assert len(weeks) >= 2
    for groups, doing in zip(list(weeks.values())[::-1], DOING.values(), strict=False):
        demand_safe(groups, doing)
    assert {"Everybody", "Pilot"} <= set(read_rows(page, ".listing table"))


def test_the_survey_tells_of_no_few_answers(visitor_as: VisitorAs, rollout_id: int) -> None:  # R11
    page = visitor_as("council").get(f"/rollouts/{rollout_id}/adoption/pulse")
    named = [name for name in MEMBERS if name in page.text]
    assert "North" in named and not {"Tiny", "Small"} & set(named)
    demand_safe(named, DOING[FRIDAY])


def test_few_people_left_out_by_hand_are_told_without_their_events(app: Flask) -> None:
    with app.test_request_context():
        said = say_left_out_counts({"by_hand": (1, 1234), "robot": (1, 99), "left": (7, 800)})
    assert said[0] == "fewer than five user ids: left out by hand"
    assert "99 events" in said[1] and "800 events" in said[2]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from([one.crm_user for one in STAFF]), min_size=1))
def test_whoever_has_orders_no_combination_tells_of_few(users: set[str]) -> None:  # R11
    found = sum_orders([(user, FRIDAY, "") for user in sorted(users)], STAFF)
    assert found is not None
    teams = sorted({one.team or "" for one in STAFF})
    doing = {team: sum(user.startswith(team.lower()) for user in users) for team in teams}
    inside = {name: {name} for name in teams} | {"": set(teams), "Pilot": set(teams)}
    groups = [group for group in found.groups if not group.why and not group.weeks[-1].why]
    shown = [[Fraction(int(team in inside[group.name] and doing[team] > 0)) for team in teams] for group in groups]
    for chosen in product((0, 1), repeat=len(teams)):
        wanted = [Fraction(int(each and doing[team] > 0)) for team, each in zip(teams, chosen, strict=True)]
        if 0 < sum(doing[team] for team, each in zip(teams, wanted, strict=True) if each) < 5:
            assert not tells(shown, wanted)
