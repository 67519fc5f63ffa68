"""Moves between products of other makers: nothing is told of a clean one, and of a damaged one exactly the damage."""

from pathlib import Path

import pytest

from tests.engine.transfers import counted, run_transfer
from tests.evaluators.foreign.firms import FIRMS
from tests.evaluators.foreign.planting import Planter


@pytest.mark.parametrize("firm", FIRMS)
def test_a_clean_move_raises_no_alarm(tmp_path: Path, firm: str) -> None:  # M29
    build, _ = FIRMS[firm]
    found = run_transfer(*build(60).write(tmp_path))
    assert counted(found).keys() <= {"reformatted"}


@pytest.mark.parametrize("firm", FIRMS)
def test_what_a_move_damaged_is_told_by_class_and_field(tmp_path: Path, firm: str) -> None:
    build, damage = FIRMS[firm]
    planter = Planter(build(60))
    damage(planter)
    rows = run_transfer(*planter.firm.write(tmp_path)).findings.to_pylist()
    told = {(row["table"], row["source_id"], row["class"], row["field"]) for row in rows if row["source_id"]}
    assert told == planter.planted
