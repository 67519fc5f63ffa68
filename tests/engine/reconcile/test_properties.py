"""What must hold for any table: order tells nothing, and dropped rows are counted exactly."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.transfers import CLIENT_HEAD, build_clients, counted, run_transfer, write_table

CLIENTS = build_clients(30)
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(order=st.permutations(range(len(CLIENTS))), columns=st.permutations(range(len(CLIENT_HEAD))))
def test_the_order_of_rows_and_columns_changes_nothing(tmp_path: Path, order: list[int], columns: list[int]) -> None:
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    rows = [[CLIENTS[row][column] for column in columns] for row in order]
    target = write_table(tmp_path / "new" / "clients.csv", [CLIENT_HEAD[column] for column in columns], rows)
    assert run_transfer(source, target).findings.num_rows == 0


@FEW
@given(kept=st.sets(st.integers(0, len(CLIENTS) - 1), min_size=20))
def test_every_row_left_out_is_dropped(tmp_path: Path, kept: set[int]) -> None:
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, [CLIENTS[place] for place in sorted(kept)])
    assert counted(run_transfer(source, target)).get("dropped", 0) == len(CLIENTS) - len(kept)
