"""What the loss map of a million deals costs, against merely decoding the same columns (at most four times)."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from tests.bench.measuring import RUNS, run_python
from tests.bench.tables import print_table

DEALS = int(os.environ.get("IMPLEMENT_BENCH_DEALS", "1000000"))
PIPELINE = Path(__file__).parents[2] / "implement/demo/legacy/sales_pipeline.csv"


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real pipeline over and over, each deal with a number of its own."""
    as_text = pc.ConvertOptions(column_types=dict.fromkeys(("engage_date", "close_date", "close_value"), pa.string()))
    rows = pc.read_csv(PIPELINE, convert_options=as_text)
    parts = []
    for life in range(-(-DEALS // rows.num_rows)):
        numbers = pa.array([f"{life}-{one}" for one in rows["opportunity_id"].to_pylist()])
        parts.append(rows.set_column(0, "opportunity_id", numbers))
    path = tmp_path_factory.mktemp("deals") / "deals.parquet"
    pq.write_table(pa.concat_tables(parts).slice(0, DEALS), path)
    return path


@pytest.mark.bench
def test_a_loss_map_is_measured_against_merely_decoding_its_columns(million: Path) -> None:  # M11
    cost = run_python("-m", "tests.bench.steps_of_losses", million, str(RUNS))
    steps = [line.split("\t") for line in cost.said.splitlines()]
    limit = float(steps[1][1])
    rows = [[name, seconds, f"{float(seconds) / limit:.2f}"] for name, seconds in steps]
    print_table(f"Loss map of {DEALS:,} deals", ["step", "CPU s", "to CSV"], rows)
    assert cost.exit_code == 0
