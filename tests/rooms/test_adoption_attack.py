"""Somebody who reads every page of teams, every filter and the report, and then calculates, learns of no few people."""

import re
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from flask import Flask

from implement.db import db
from implement.rollout.registries import Measure, Withheld
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.staff import list_teams
from implement.stages.adoption.registered import measure_regular_use
from implement.stages.adoption.service.functions import add_function
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy
from implement.stages.adoption.service.remedy_effects import judge_remedy
from implement.web.access import Role, Standing
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.adoption_house import HEADER, NOW, SUNDAY, a_firm, a_log, a_usage, an_event, steady, users_of
from tests.rooms.test_adoption_groups import tells

TEAMS = {"North": 7, "Tiny": 3, "East": 5, "South": 6, "Small": 4, "West": 9, "Mid": 5}
WAVES = {"South": "Wave 2", "Small": "Wave 2", "West": "Wave 3", "Mid": "Wave 3"}
LEAST = 5
Vector = list[Fraction]
Shown = dict[str, list[Vector]]


@pytest.fixture
def rollout_id(app: Flask) -> int:
    """A rollout of three waves with large and small teams, in which everybody uses the CRM."""
    with app.app_context():
        rollout_id = builders.a_rollout().id
        by = a_firm(rollout_id, TEAMS, waves=WAVES)
        a_usage(rollout_id, app.extensions["implement_store"], by, events=a_log(steady(TEAMS, tiny_2=0.2, small_1=0.1)))
        db.session.commit()
        return rollout_id


@pytest.fixture
def addresses(app: Flask, rollout_id: int) -> dict[str, frozenset[str]]:
    """Each page of a group, and the teams in it."""
    here = f"/rollouts/{rollout_id}/adoption"
    with app.app_context():
        teams = {f"{here}/teams/{team_id}": frozenset({name}) for team_id, name, *_rest in list_teams(rollout_id)}
        waves = {f"{here}/waves/{wave.id}": wave.name for wave in list_waves(rollout_id)}
    members = {name: frozenset(t for t in TEAMS if WAVES.get(t, "Pilot") == name) for name in waves.values()}
    return teams | {address: members[name] for address, name in waves.items()}


def vector(teams: Iterable[str]) -> Vector:
    return [Fraction(int(team in teams)) for team in TEAMS]


def read_weeks(page: Page) -> list[str]:
    """The weeks whose figures the page shows."""
    tables = [table for table in page.all("table") if "Active days" in table.get_text()]
    rows = [[cell.get_text().strip() for cell in row.find_all("td")] for row in tables[-1].select("tbody tr")]
    return [row[0] for row in rows if len(row) == 5]


def read_groups(page: Page) -> set[str]:
    """The groups of the table of teams that show figures."""
    tables = [table for table in page.all("table") if "Half of them within" in table.get_text()]
    rows = [[cell.get_text().strip() for cell in row.find_all(["td", "th"])] for row in tables[0].select("tbody tr")]
    return {row[0] for row in rows if not any("withheld" in cell for cell in row)}


def gather(reader: Visitor, rollout_id: int, addresses: dict[str, frozenset[str]]) -> Shown:
    """Every figure that some page shows of some group, by figure."""
    shown: Shown = {}
    for address, teams in addresses.items():
        page = reader.get(address)
        for week in read_weeks(page):
            shown.setdefault(week, []).append(vector(teams))
        if not page.all(".withheld") and "no figures are shown" not in page.answer:
            shown.setdefault("bands", []).append(vector(teams))
    shown.setdefault("bands", []).append(vector(TEAMS))
    for week in {week for week in shown if week != "bands"}:
        shown[week].append(vector(TEAMS))
    return shown


def test_no_calculation_over_all_pages_tells_of_fewer_than_five(
    visitor_as: VisitorAs, rollout_id: int, addresses: dict[str, frozenset[str]]
) -> None:
    shown = gather(visitor_as("council"), rollout_id, addresses)
    assert len(shown) >= 8 and all(len(vectors) >= 3 for vectors in shown.values())
    for chosen in product((0, 1), repeat=len(TEAMS)):
        people = sum(size for size, each in zip(TEAMS.values(), chosen, strict=True) if each)
        if 0 < people < LEAST:
            wanted = [Fraction(each) for each in chosen]
            assert [figure for figure, vectors in shown.items() if tells(vectors, wanted)] == []


def test_gates_tell_of_no_small_wave_nor_of_the_wave_beside_it(app: Flask) -> None:  # R11 M24
    with app.app_context():
        teams, here = {"North": 8, "Tiny": 3, "South": 6}, builders.a_rollout().id
        by = a_firm(here, teams, waves={"Tiny": "Wave 2", "South": "Wave 3"})
        a_usage(here, app.extensions["implement_store"], by, events=a_log(steady(teams, tiny_2=0.2)))
        asked = [(wave.name, measure_regular_use(here, wave.id, SUNDAY)) for wave in list_waves(here)]
        everybody = measure_regular_use(here, None, SUNDAY)
    assert [name for name, found in asked if found == Withheld()] == ["Wave 2", "Wave 3"]
    assert isinstance(everybody, Measure) and everybody.n == sum(teams.values())


def test_the_report_shows_no_group_that_the_pages_withhold(visitor_as: VisitorAs, rollout_id: int) -> None:
    council = visitor_as("council")
    on_page = read_groups(council.get(f"/rollouts/{rollout_id}/adoption/teams"))
    assert read_groups(council.get(f"/rollouts/{rollout_id}/report")) == on_page
    assert not on_page & {"Tiny", "Small"} and "North" in on_page


def test_no_filter_of_the_people_sets_few_apart(visitor_as: VisitorAs, rollout_id: int) -> None:
    consultant = visitor_as("consultant")
    for query in ("", "band=active", "find=Tiny", "find=Small", "sort=shown_team", "sort=-shown_team"):
        rows = consultant.get(f"/rollouts/{rollout_id}/adoption/people?{query}").rows(".listing table")
        teams = [row[1] for row in rows if len(row) > 1]
        assert not {"Tiny", "Small"} & set(teams)
        assert teams.count("withheld") == 0 or teams.count("withheld") >= LEAST
        assert not (query.startswith("find") and teams)


@pytest.fixture
def offered(app: Flask, rollout_id: int) -> int:
    """Functions used by nobody, by three, by everybody; a remedy for a withheld team whose days have passed."""
    with app.app_context():
        store, by = app.extensions["implement_store"], builders.a_member(rollout_id, Role.LEAD)
        seen = [an_event(user, SUNDAY, 1, thing="search", action="view") for user in users_of("Tiny", 3)]
        a_usage(rollout_id, store, by, searches="\n".join([HEADER, *seen]).encode())
        for name, counted_as in (("Reports", "report"), ("Search", "search"), ("Seats", "anything")):
            add_function(
                rollout_id, name=name, counted_as=counted_as, introduced_on=None, told=None, seats=60,
                yearly_cost_minor=100_00, by=by, now=NOW,
            )  # fmt: skip
        tiny = next(team_id for team_id, name, *_rest in list_teams(rollout_id) if name == "Tiny")
        plan = Plan("remedy.lesson_at_own_desk", by.id, SUNDAY - timedelta(days=20), "More days")
        lead = Standing(rollout_id, frozenset({Role.LEAD}), None)
        begun = NOW - timedelta(days=20)
        row = start_remedy(lead, ForWhom(team_id=tiny), plan, store=store, by=by, now=begun)
        row.judge_on = SUNDAY
        judge_remedy(row, by=by, now=NOW)
        db.session.commit()
        return row.id


def test_no_page_beside_tells_of_few(visitor_as: VisitorAs, rollout_id: int, offered: int) -> None:  # R11 M31 M133
    council, here = visitor_as("council"), f"/rollouts/{rollout_id}/adoption"
    council.get(f"{here}/handovers", status=403)
    said = {path: council.get(f"{here}/{path}").text for path in ("remedies", "promised", "unused", "best")}
    told = {path: re.findall(r"\b(?:one|[1-4]) of \d+", text) for path, text in said.items()}
    assert told == {key: [] for key in said}
    assert "fewer than five of 39" in said["unused"] and "withheld: fewer than five people" in said["unused"]
    assert "Withheld" in council.get(f"{here}/remedies/{offered}").text
