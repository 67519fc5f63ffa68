"""What a month of 5,000 people costs from actuals to exports, against merely reading its rows; and a fifth of them."""

import os
from pathlib import Path

import pytest

from tests.bench.measuring import run_python
from tests.bench.tables import print_table

PEOPLE = int(os.environ.get("IMPLEMENT_BENCH_MONTH_PEOPLE", "5000"))


@pytest.mark.bench
def test_a_month_of_pay_is_measured_against_merely_reading_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for people in (PEOPLE // 5, PEOPLE):
        monkeypatch.setenv("IMPLEMENT_HOME", str(tmp_path / f"{people}"))
        cost = run_python("-m", "tests.bench.steps_of_pay", f"{people}")
        steps = [line.split("\t") for line in cost.said.splitlines() if "\t" in line]
        limit = float(steps[-1][1])
        rows = [[name, seconds, f"{float(seconds) / limit:.1f}"] for name, seconds in steps]
        print_table(f"A month of {people:,} people ({cost.peak_mb:.0f} MB)", ["step", "CPU s", "ratio"], rows)
        assert cost.exit_code == 0
