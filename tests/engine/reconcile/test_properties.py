"""What must hold for any table: order tells nothing, and dropped rows are counted exactly."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implement.engine.reconcile import is_harmful
from tests.engine.transfers import (
    CLIENT_HEAD,
    DEAL_HEAD,
    build_clients,
    build_deals,
    counted,
    listed,
    run_transfer,
    write_table,
)

CLIENTS = build_clients(30)
DEALS = build_deals(CLIENTS, 60)
SEPARATORS = st.sampled_from(",;\t|")
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
DATES = st.sampled_from(["{2}.{1}.{0}", "{0}/{1}/{2}", "{0}-{1}-{2} 00:00:00"])
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


@FEW
@given(gone=st.sets(st.integers(0, 2 * len(CLIENTS) - 1), min_size=1, max_size=9))
def test_of_rows_that_stand_twice_each_one_left_out_is_dropped_or_merged(tmp_path: Path, gone: set[int]) -> None:
    twice = [*CLIENTS, *([f"{row[0]}b", *row[1:]] for row in CLIENTS)]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, twice)
    kept = [row for place, row in enumerate(twice) if place not in gone]
    found = counted(run_transfer(source, write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, kept)))
    assert found.get("dropped", 0) + found.get("merged", 0) == len(gone)
    assert set(found) <= {"dropped", "merged"}


@FEW
@given(rows=st.lists(st.lists(st.text("aßЖ7 ;\"'-", max_size=6), min_size=3, max_size=3), min_size=1, max_size=12))
def test_a_table_reconciled_with_itself_has_no_finding(tmp_path: Path, rows: list[list[str]]) -> None:
    keyed = [[f"K{place}", *row] for place, row in enumerate(rows)]
    path = write_table(tmp_path / "same" / "things.csv", ["id", "name", "city", "note"], keyed)
    assert run_transfer(path, path).findings.num_rows == 0


@FEW
@given(lost=st.sets(st.integers(0, len(CLIENTS) - 1), min_size=1, max_size=5))
def test_a_lost_client_tears_each_of_its_deals(tmp_path: Path, lost: set[int]) -> None:
    for side, clients in (("old", CLIENTS), ("new", [row for n, row in enumerate(CLIENTS) if n not in lost])):
        write_table(tmp_path / side / "clients.csv", CLIENT_HEAD, clients)
        write_table(tmp_path / side / "deals.csv", DEAL_HEAD, DEALS)
    gone = {CLIENTS[place][0] for place in lost}
    expected = [(client, "dropped", "") for client in gone]
    expected += [(deal[0], "torn_relation", "client_id") for deal in DEALS if deal[1] in gone]
    assert sorted(listed(run_transfer(tmp_path / "old", tmp_path / "new"))) == sorted(expected)


@FEW
@given(separator=SEPARATORS, encoding=ENCODINGS, layout=DATES)
def test_other_writing_of_the_same_values_does_no_harm(
    tmp_path: Path, separator: str, encoding: str, layout: str
) -> None:
    rows = [[*row[:4], layout.format(*row[4].split("-"))] for row in CLIENTS]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, rows, separator=separator, encoding=encoding)
    assert not any(map(is_harmful, counted(run_transfer(source, target))))
