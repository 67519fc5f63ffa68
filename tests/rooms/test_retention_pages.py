"""How long things are kept: everybody reads it, the lead changes it with a reason."""

import pytest

from tests.fixtures.members import VisitorAs


@pytest.mark.parametrize("role", ["council", "salesperson"])
def test_everybody_reads_how_long_what_is_kept(rollout_id: int, visitor_as: VisitorAs, role: str) -> None:
    page = visitor_as(role).get(f"/rollouts/{rollout_id}/monitoring/retention")
    kept = {row[0]: row[2] for row in page.rows()}
    assert page.answer == "Nothing about people is held here yet." and not page.all("main form[method=post]")
    assert kept["Single usage events, booked orders, counts of calls and mails"] == "120"
    assert kept["Use by person and day"] == "396"


def test_the_lead_sets_a_period_with_a_reason_everybody_reads(rollout_id: int, visitor_as: VisitorAs) -> None:
    lead, address = visitor_as("lead"), f"/rollouts/{rollout_id}/monitoring/retention"
    asked = {"kind": "usage_events", "days": "200"}
    assert "needs another look" in lead.submit(lead.get(address), {**asked, "reason": ""}, status=422).text
    lead.submit(lead.get(address), {**asked, "reason": "agreed with the council"})
    assert "usual: agreed with the council" in visitor_as("council").get(address).text
