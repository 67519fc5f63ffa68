"""The demonstration shows what becomes of a case: in repair, waived, closed by the second run."""

from flask import Flask

from implement.db import utc_now
from implement.demo import load
from implement.stages.transfer.drift_page import DriftPage
from implement.stages.transfer.service.case_list import count_cases, list_largest
from implement.stages.transfer.service.drift import find_newest_drift
from implement.stages.transfer.service.repairs import list_repairs
from implement.stages.transfer.service.totals import list_totals


def test_the_demonstration_has_cases_in_every_state(app: Flask) -> None:
    rollout_id = load(app)
    with app.app_context():
        held = list_totals(rollout_id)
        states = {fate: [one.state for one in list_largest(rollout_id, fate)] for fate in ("dropped", "value_filled")}
        counts = count_cases(rollout_id, utc_now().date())
        repairs = list_repairs(rollout_id)
        drifted = find_newest_drift(rollout_id)
        assert drifted is not None
        drift = DriftPage.open(drifted, store=app.extensions["implement_store"])
    assert [line.held is not None and line.held.differs for line in held] == [True, True, True]
    assert (drift.count("emptied"), drift.count("deleted"), drift.count("reassigned")) == (41, 12, 25)
    assert states["dropped"][:2] == ["in_repair", "closed"]
    assert states["value_filled"] == ["waived"]
    assert (counts.overdue, counts.settled, counts.closed) == (0, 1, 1)
    assert [row.run_number for row in repairs] == [3]
