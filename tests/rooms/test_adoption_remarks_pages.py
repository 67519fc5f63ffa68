"""The pages of remarks: a person contests a reason on their own page, the lead answers on theirs."""

import re

import pytest
from flask import Flask

from implement.db import db
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import a_firm, an_evaluation, person_id_of, some_evidence


@pytest.fixture
def here(app: Flask, rollout_id: int) -> str:
    """Where the room's pages begin; North 2 enters late."""
    with app.app_context():
        late = some_evidence("spreadsheet_keeper", "overwhelmed", late=(31, 40))
        an_evaluation(rollout_id, a_firm(rollout_id, {"North": 8}), north_2=late)
        db.session.commit()
    return f"/rollouts/{rollout_id}/adoption"


def person(app: Flask, here: str, user: str) -> int:
    with app.app_context():
        return person_id_of(int(here.split("/")[2]), user)


def test_a_reason_says_k_of_n_peers_range_and_days_with_its_rows(app: Flask, here: str, visitor_as: VisitorAs) -> None:
    page = visitor_as("lead").get(f"{here}/people/{person(app, here, 'north.2')}")
    row = page.rows(".part .listing table")[0]
    assert row[0] == "31 of 40 records entered more than four days later (colleagues: 10%)"
    assert row[1] == "50% – 90%" and re.fullmatch(r".+ – .+2026", row[3])
    assert any("/days?first=" in link for link in page.links())


def test_a_contested_reason_is_answered_and_marked_for_everybody(app: Flask, here: str, visitor_as: VisitorAs) -> None:
    bob = person(app, here, "north.2")
    own, lead = visitor_as("salesperson", person_id=bob), visitor_as("lead")
    form = own.get(f"{here}/me/reasons/late")
    sent = own.submit(form, {"kind": "contest", "text": "I was at the fair"})
    assert "contested" in lead.get(f"{here}/people/{bob}").text
    page = lead.get(str(sent.location))
    assert "North 2" not in page.text and page.answer.endswith("contests “late entries”.")
    lead.submit(page, {"outcome": "withdrawn", "text": "True"}, form="form[action$='/answer']")
    assert "withdrawn by Alice Lead" in own.get(f"{here}/me").text
    assert "True" in own.get(str(sent.location)).text


def test_nobody_but_the_person_speaks_and_nobody_else_reads(app: Flask, here: str, visitor_as: VisitorAs) -> None:
    bob, ann = (person(app, here, user) for user in ("north.2", "north.3"))
    own = visitor_as("salesperson", person_id=bob)
    sent = own.submit(own.get(f"{here}/me/reasons/late"), {"text": "I was at the fair"})
    visitor_as("salesperson", person_id=ann).get(f"{here}/me/reasons/late", status=404)
    answers = {role: visitor_as(role).get(str(sent.location), status=403).status for role in ("hr", "council", "admin")}
    assert set(answers.values()) == {403}
    visitor_as("salesperson", person_id=ann).get(str(sent.location), status=403)


def test_an_answer_needs_words(app: Flask, here: str, visitor_as: VisitorAs) -> None:
    bob = person(app, here, "north.2")
    own, lead = visitor_as("salesperson", person_id=bob), visitor_as("lead")
    assert "is required" in own.submit(own.get(f"{here}/me/reasons/late"), {"text": ""}, status=422).text
    sent = own.submit(own.get(f"{here}/me/reasons/late"), {"text": "Busy"})
    page = lead.submit(lead.get(str(sent.location)), {"text": ""}, form="form[action$='/answer']")
    assert "nothing was changed" in lead.follow(page).text
