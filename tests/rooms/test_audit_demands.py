"""Each demand on the audit is asked by a question, and stands at most three clicks from the hall."""

from collections.abc import Iterator

import pytest
from flask import Flask, current_app

from implement.db import db
from implement.stages.audit.service.shelf import list_shelf
from tests.fixtures.members import VisitorAs
from tests.rooms.audit_case import Case, an_audit

# M1 M2 M3 M4 M5 M6 M7 M8 M9 M10
# M39 M40 M41 M42 M43 M44 M45 M46 M47 M48 M49 M50 M51 M52 M53 M54 M55 M56
# M92 M93 M94 M95 M96 M97 M98 M99 M100 M101 M102 M103 M104 M106 M107 M108 M109 M110 M111 M112
DEMANDS = [*range(1, 11), *range(39, 57), *range(92, 105), *range(106, 113)]
PAGES = ("/people", "/findings", "/report", "/workflows")


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        keys = [one.pack.id for one in list_shelf(current_app.extensions["implement_store"])]
        begun = an_audit(rollout_id, keys)
        db.session.commit()
        yield begun


def test_every_demand_of_the_audit_is_asked_three_clicks_from_the_hall(case: Case, visitor_as: VisitorAs) -> None:
    lead, here = visitor_as("lead"), f"/rollouts/{case.rollout_id}"
    assert f"{here}/audit" in lead.get(here).links()
    assert f"{here}/audit/answers" in lead.get(f"{here}/audit").links()
    answers = lead.get(f"{here}/audit/answers").text
    asked = {demand for item in case.pack.items if item.label.en in answers for demand in item.demands}
    assert [number for number in DEMANDS if f"M{number}" not in asked] == []


def test_findings_people_workflows_and_report_are_two_clicks_from_the_hall(  # M6, M9, M10, M52, M95, M98
    case: Case, visitor_as: VisitorAs
) -> None:
    audit = visitor_as("head").get(f"/rollouts/{case.rollout_id}/audit")
    assert [page for page in PAGES if f"/rollouts/{case.rollout_id}/audit{page}" not in audit.links()] == []
    full = f"/rollouts/{case.rollout_id}/audit/reports"
    assert full in visitor_as("head").get(f"/rollouts/{case.rollout_id}/audit/report").links()
