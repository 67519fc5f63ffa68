"""The pages of the survey: no request of whoever answers is remembered, who may run it, who may read."""

from flask import Flask
from sqlalchemy import func, select

from implement.db import db, utc_now
from implement.rollout.service.usage import list_staff
from implement.rollout.tables import LogRow, RequestKey
from implement.stages.adoption.service.pulse import open_round
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.adoption_house import a_firm, person_id_of


def an_open_round(app: Flask, rollout_id: int) -> str:
    with app.app_context():
        by = a_firm(rollout_id, {"North": 7})
        now = utc_now()
        open_round(rollout_id, days=7, by=by, now=now, today=now.date())
        db.session.commit()
    return f"/rollouts/{rollout_id}/adoption/pulse"


def count_traces(app: Flask) -> tuple[int, int]:
    with app.app_context():
        return tuple(db.session.scalar(select(func.count()).select_from(one)) or 0 for one in (LogRow, RequestKey))


def nine_times(bob: Visitor, address: str, answer: str) -> dict[str, object]:
    page = bob.get(address)
    names = {str(box["name"]) for box in page.all("main input[type=radio]")}
    return {**page.fields("main form"), **dict.fromkeys(names, answer)}


def test_answering_leaves_no_log_row_and_no_request_with_an_account(
    app: Flask, rollout_id: int, visitor_as: VisitorAs
) -> None:
    address = an_open_round(app, rollout_id)
    with app.app_context():
        person_id = person_id_of(rollout_id, "north.2")
    bob = visitor_as("salesperson", person_id=person_id)
    before = count_traces(app)
    answers = nine_times(bob, f"{address}/answer", "4")
    assert len(answers) == 10
    assert bob.post(f"{address}/answer", answers, status=200).answer.startswith("Thank you.")
    assert count_traces(app) == before


def test_whoever_is_not_on_the_staff_is_not_asked(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    address = an_open_round(app, rollout_id)
    page = visitor_as("council").get(f"{address}/answer", status=404)
    assert "Only people on this rollout's staff list are asked." in page.text


def test_the_council_reads_how_it_is_kept_and_cannot_open_a_round(rollout_id: int, visitor_as: VisitorAs) -> None:
    cora = visitor_as("council")
    page = cora.get(f"/rollouts/{rollout_id}/adoption/pulse")
    assert "The single answers are kept nowhere" in page.text
    assert page.all("main form") == []
    visitor_as("salesperson").get(f"/rollouts/{rollout_id}/adoption/pulse", status=403)


def test_a_round_that_is_open_is_among_the_next_steps(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    an_open_round(app, rollout_id)
    with app.app_context():
        person_id = list_staff(rollout_id)[1].person_id
    bob = visitor_as("salesperson", person_id=person_id)
    assert "Say in a minute how the CRM works for you" in bob.get(f"/rollouts/{rollout_id}").text
