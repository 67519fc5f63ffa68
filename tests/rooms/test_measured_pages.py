"""The council reads and takes along everything that is measured: what, for what, since when, who looked (R6, R10)."""

import csv
import io
import json
import zipfile

import pytest
from flask import Flask

from implement.rollout.registries import registries
from implement.rollout.service.measured import list_measured
from tests.fixtures.members import VisitorAs
from tests.rooms.test_in_kind_pages import shop  # noqa: F401 - the fixture of a firm with rewards
from tests.rooms.test_service_in_kind import Shop

ROOMS = {"usage_days", "usage_scores", "meetings", "activity", "rewards", "pay", "transfer", "pulse", "remedies"}


def test_every_class_that_is_kept_is_told_to_the_council_exactly_once(app: Flask, rollout_id: int) -> None:
    with app.test_request_context():
        registered = registries()
        rows = list_measured(rollout_id, registered.measured, registered.kept_classes)
        told = [kind for one in registered.measured for kind in one.kinds]
        untold = [one.kind for one in registered.kept_classes if one.kind not in told]
        assert len(told) == len(set(told)) and set(told) <= {one.kind for one in registered.kept_classes}
        assert [row.key for row in rows] == [one.key for one in registered.measured] + untold
        assert {row.key for row in rows} >= ROOMS
        assert all(row.label and row.purpose and row.seen_by for row in rows)


def test_the_council_reads_what_is_measured_and_takes_it_along(shop: Shop, visitor_as: VisitorAs) -> None:  # noqa: F811
    lead = visitor_as("lead")
    shop_bob = visitor_as("salesperson", person_id=shop.firm.people["north.2"])
    shop_bob.submit(shop_bob.get(f"/rollouts/{shop.here}/incentives/in-kind/mine"), form="form[action$='/claim']")
    lead.get(f"/rollouts/{shop.here}/incentives/in-kind")
    cora = visitor_as("council")
    page = cora.get(f"/rollouts/{shop.here}/monitoring/measured")
    assert "no agreement is in force" in page.answer
    rows = {row[0]: row for row in page.rows()}
    assert rows["Use of the CRM by person and day"][3:5] == ["4", "1 Mar 2026"]
    link = next(one for one in page.links("main a[href]") if one.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(cora.get(link).content)) as archive:
        looks = list(csv.DictReader(io.StringIO(archive.read("looks.csv").decode(), newline="")))
        whole = json.loads(archive.read("all.json"))
    assert [(one["by"], one["view"], one["person"][:2]) for one in looks] == [("Alice Lead", "named", "P-")]
    assert len(whole["measured"]) == len(page.rows()) and whole["limits"]["is_named"] is False


@pytest.mark.parametrize(("role", "status"), [("council", 200), ("lead", 200), ("head", 403), ("salesperson", 403)])
def test_looks_are_taken_along_by_council_and_lead_only(
    rollout_id: int, visitor_as: VisitorAs, role: str, status: int
) -> None:
    page = visitor_as(role).get(f"/rollouts/{rollout_id}/monitoring/measured/measured.zip", status=status)
    assert page.content.startswith(b"PK") == (status == 200)


def test_everybody_reads_what_is_measured_on_paper_too(rollout_id: int, visitor_as: VisitorAs) -> None:
    paper = visitor_as("salesperson").get(f"/rollouts/{rollout_id}/monitoring/measured/measured.pdf")
    assert paper.content.startswith(b"%PDF")
