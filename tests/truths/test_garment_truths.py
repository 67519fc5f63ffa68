"""Counted truths of real team-days with target, actual and incentive (make check-data)."""

from pathlib import Path

import pytest

from implement.control.incentives.service.first_hour import read_sheet_file
from implement.engine.pay.sheet import hold_beside

pytestmark = pytest.mark.truths


def test_paid_below_the_target_and_met_without_pay_are_counted(truths: Path) -> None:
    path = truths / "garment_kpi/garments_worker_productivity.csv"
    proposed = read_sheet_file(path, path.name, "EUR").columns
    found = read_sheet_file(path, path.name, "EUR", {**proposed, "paid": proposed["variable"]})
    beside = hold_beside(found.sheet.rows)
    assert (beside.told, beside.paid_unmet, beside.met_unpaid) == (1197, 53, 335)
    assert found.may_be_simulated
