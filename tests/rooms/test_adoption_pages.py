"""The pages of the adoption room: who sees what, in words first, and nothing of few people."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from implement.db import db
from implement.rollout.registries import Measure
from implement.rollout.tables import Look, Rollout, Wave
from implement.stages.adoption.registered import measure_regular_use
from tests import builders
from tests.fixtures.application import build_app, close
from tests.fixtures.databases import MakeSettings
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.adoption_house import (
    SUNDAY,
    a_firm,
    a_log,
    a_usage,
    agree_on_names,
    person_id_of,
    steady,
)

TEAMS = {"North": 12, "South": 6, "East": 5, "Tiny": 3}
LAZY = {f"south_{number}": 0.1 for number in range(1, 7)}


@pytest.fixture(scope="session")
def used_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, make_settings: MakeSettings) -> Path:
    """A database with a rollout in which the North uses the CRM, South hardly, and Tiny is too small to show."""
    path = tmp_path_factory.mktemp("used") / "implement.sqlite"
    shutil.copyfile(sqlite_template, path)
    app = build_app(make_settings(f"sqlite:///{path}"))
    with app.app_context():
        rollout_id = builders.a_rollout().id
        by = a_firm(rollout_id, TEAMS)
        a_usage(rollout_id, app.extensions["implement_store"], by, events=a_log(steady(TEAMS, **LAZY)))
        db.session.commit()
    close(app)
    return path


@pytest.fixture
def rollout_id(request: pytest.FixtureRequest, app: Flask) -> int:
    """The rollout of the template, else a new one."""
    with app.app_context():
        rollout = db.session.scalar(select(Rollout)) or builders.a_rollout()
        db.session.commit()
        return rollout.id


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, sqlite_template: Path, sqlite_file: Path) -> str:
    """A copy of the used database where the test asks for `used`, else of the empty one."""
    is_used = "used" in request.fixturenames
    shutil.copyfile(request.getfixturevalue("used_template") if is_used else sqlite_template, sqlite_file)
    return f"sqlite:///{sqlite_file}"


@pytest.fixture
def used(rollout_id: int) -> str:
    """Where the pages of the used rollout's room begin."""
    return f"/rollouts/{rollout_id}/adoption"


def person(app: Flask, used: str, crm_user: str) -> int:
    with app.app_context():
        return person_id_of(int(used.split("/")[2]), crm_user)


def count_looks(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Look.id))) or 0


def test_the_first_line_says_who_does_not_use_it(used: str, visitor_as: VisitorAs) -> None:
    assert visitor_as("head").get(f"{used}/teams").answer == "Pilot uses the CRM; team South does not."


@pytest.mark.parametrize("role", ["consultant", "lead", "head", "hr", "council"])
def test_readers_see_teams(used: str, visitor_as: VisitorAs, role: str) -> None:
    assert "South" in visitor_as(role).get(f"{used}/teams").text


def test_a_salesperson_sees_no_team_and_a_stranger_nothing(used: str, visitor_as: VisitorAs) -> None:
    assert "South" not in visitor_as("salesperson").get(f"{used}/teams", status=403).text
    assert "South" not in visitor_as(None).get(f"{used}/teams", status=404).text


def test_a_small_team_is_withheld_with_a_larger_group_offered(used: str, visitor_as: VisitorAs) -> None:
    page = visitor_as("council").get(f"{used}/teams/4")
    assert page.answer == "Tiny: no figures are shown."
    assert "See the next larger group: Pilot" in page.text
    assert page.all("a[href$='/monitoring']")


def test_the_team_that_would_give_it_away_is_withheld_too(used: str, visitor_as: VisitorAs) -> None:
    rows = {row[0]: row[2] for row in visitor_as("lead").get(f"{used}/teams").rows(".part table")}
    assert rows["Tiny"] == "withheld: fewer than five people"
    assert rows["East"] == "withheld: it would give a small team away"


def test_a_salesperson_reads_exactly_what_others_see(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    bob = person(app, used, "north.2")
    own = visitor_as("salesperson", person_id=bob).get(f"{used}/me")
    other = visitor_as("lead").get(f"{used}/people/{bob}")
    assert own.answer.split(": ")[1] == other.answer.split(": ")[1]
    assert own.rows(".part .listing table") == other.rows(".part .listing table")
    assert "North 2" in own.answer and "North 2" not in other.text


def test_a_salesperson_may_not_look_at_a_colleague(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    bob, ann = person(app, used, "north.2"), person(app, used, "north.3")
    visitor_as("salesperson", person_id=bob).get(f"{used}/people/{ann}", status=403)
    assert count_looks(app) == 0


@pytest.mark.parametrize("role", ["hr", "council", "admin"])
def test_who_reads_teams_reads_no_people(app: Flask, used: str, visitor_as: VisitorAs, role: str) -> None:
    ann = person(app, used, "north.3")
    visitor_as(role).get(f"{used}/people", status=403)
    assert "North 3" not in visitor_as(role).get(f"{used}/people/{ann}", status=403).text


def test_each_look_is_written_down_and_read_by_whom_it_is_about(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    ann = person(app, used, "north.3")
    visitor_as("lead").get(f"{used}/people/{ann}")
    visitor_as("lead").get(f"{used}/people/{ann}/days")
    assert count_looks(app) == 2
    assert (
        "Somebody looked at your figures 2 times: Alice Lead"
        in visitor_as("salesperson", person_id=ann).get(f"{used}/me").text
    )


def test_a_head_sees_their_own_people_by_name_only_when_it_is_agreed(
    app: Flask, used: str, visitor_as: VisitorAs
) -> None:
    ann, head = person(app, used, "north.3"), visitor_as("head", person_id=person(app, used, "north.1"))
    assert "North 3" not in head.get(f"{used}/people/{ann}").text
    agree_on_names(app, int(used.split("/")[2]))
    assert "North 3" in head.get(f"{used}/people/{ann}").answer
    assert "North 3" in head.get(f"{used}/people?sort=-usage_score").text


def test_a_list_of_names_is_a_look_at_each_of_them(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    head = visitor_as("head", person_id=person(app, used, "north.1"))
    listed = len(head.get(f"{used}/people").rows(".listing table"))
    assert count_looks(app) == 0
    agree_on_names(app, int(used.split("/")[2]))
    head.get(f"{used}/people")
    assert count_looks(app) == listed - 1  # not at oneself
    ann = visitor_as("salesperson", person_id=person(app, used, "north.3"))
    assert "Somebody looked at your figures" in ann.get(f"{used}/me").text


def test_a_head_sees_nobody_of_another_team(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    head = visitor_as("head", person_id=person(app, used, "north.1"))
    head.get(f"{used}/people/{person(app, used, 'south.2')}", status=403)
    assert head.get(f"{used}/people").answer.startswith("12 people")


def test_a_pseudonym_among_three_hides_nobody(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    head = visitor_as("head", person_id=person(app, used, "tiny.1"))
    assert head.get(f"{used}/people").answer == "No single people are shown here."
    head.get(f"{used}/people/{person(app, used, 'tiny.2')}", status=403)


def test_people_of_another_rollout_are_not_found(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    with app.app_context():
        other = builders.a_rollout(company="Other AG").id
        db.session.commit()
    ann = person(app, used, "north.3")
    page = visitor_as("lead", rollout_id=other).get(f"/rollouts/{other}/adoption/people/{ann}", status=404)
    assert "There is no such person." in page.text


def test_own_figures_can_be_taken_along(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    bob = visitor_as("salesperson", person_id=person(app, used, "north.2"))
    own = json.loads(bob.get(f"{used}/me.json").content)
    table = bob.get(f"{used}/me.csv").content.decode().splitlines()
    assert own["person"]["crm_user"] == "north.2" and own["evaluations"][0]["usage"] is not None
    assert len(table) - 1 == len(own["days"]) > 40


def test_every_part_leads_to_the_days_it_counts(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    bob = visitor_as("salesperson", person_id=person(app, used, "north.2"))
    page = bob.get(f"{used}/me")
    counted = {row[0]: row[1] for row in page.rows(".part .listing table")}
    days = bob.get(next(link for link in page.links() if "/days?" in link))
    assert counted["Rhythm"].startswith(f"active on {len(days.rows())} of")


def test_a_list_of_people_asks_the_same_few_queries_however_long(app: Flask, used: str, visitor_as: VisitorAs) -> None:
    lead, asked = visitor_as("lead"), []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    lead.get(f"{used}/people")
    assert len([sql for sql in asked if "person_score" in sql]) == 3
    assert len(asked) < 40


def test_the_gate_measures_three_of_five_days_from_two_queries(app: Flask, used: str) -> None:  # M24
    rollout_id, asked = int(used.split("/")[2]), []
    with app.app_context():
        wave_id = db.session.scalar(select(Wave.id).where(Wave.rollout_id == rollout_id))
        event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        measure = measure_regular_use(rollout_id, wave_id, SUNDAY)
    assert isinstance(measure, Measure)
    assert (measure.value.numerator, measure.n, len(asked)) == (10, 26, 2)


def test_without_an_import_nothing_is_measured_and_the_page_teaches(
    app: Flask, rollout_id: int, visitor_as: VisitorAs
) -> None:
    with app.app_context():
        assert measure_regular_use(rollout_id, None, SUNDAY) is None
    page = visitor_as("lead").get(f"/rollouts/{rollout_id}/adoption/teams")
    assert page.answer == "Nothing is known yet of how the CRM is used." and page.all("a.btn-primary")


def upload(lead: Visitor, rollout_id: int, files: dict[str, bytes]) -> Page:
    """Hand files in by the form and follow to the page where they are confirmed."""
    form = lead.get(f"/rollouts/{rollout_id}/adoption/imports")
    content = [(BytesIO(body), name) for name, body in files.items()]
    return lead.follow(lead.submit(form, {"files": content}))


Take = Callable[[dict[str, bytes]], Page]


@pytest.fixture
def take(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> Take:
    """Hand files in as the lead, take everything over as proposed, and read what came of it."""
    with app.app_context():
        a_firm(rollout_id, TEAMS)
        db.session.commit()
    lead = visitor_as("lead")

    def import_files(files: dict[str, bytes]) -> Page:
        page = upload(lead, rollout_id, files)
        return lead.follow(lead.submit(page)) if page.all("main form[method=post]") else page

    return import_files


def test_files_are_read_confirmed_taken_over_and_scored(take: Take, visitor_as: VisitorAs, rollout_id: int) -> None:
    page = take({"events.csv": a_log(steady(TEAMS))})
    assert page.answer.endswith("events were taken over.")
    answer = visitor_as("hr").get(f"/rollouts/{rollout_id}/adoption/teams").answer
    assert answer.startswith("People worked in the CRM on ")


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x13garbage" * 50, b"just one line of prose", b"a,b\n1,2\n"])
def test_what_is_no_log_is_not_taken_over(rollout_id: int, visitor_as: VisitorAs, content: bytes) -> None:
    lead = visitor_as("lead")
    page = upload(lead, rollout_id, {"events.csv": content})
    if page.all("main form[method=post]"):
        page = lead.submit(page, status=422)
    assert "taken over" not in page.answer and page.rows()
    assert lead.get(f"/rollouts/{rollout_id}/adoption/teams").answer.startswith("Nothing is known yet")


def test_a_log_in_another_encoding_and_language_is_understood(take: Take) -> None:
    text = "Benutzer;Zeitpunkt;Objekt;Aktion\n" + "".join(
        f"north.{1 + n % 6};{1 + n % 28:02d}.03.2026 09:{n % 60:02d};Kontakt für Müller;create\n" for n in range(200)
    )
    page = take({"protokoll.csv": text.encode("cp1252")})
    assert page.answer == "200 events were taken over."
