"""Odd but readable input: no false alarm, and the one real loss is still found."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, build_clients, listed, run_transfer, write_table

CLIENTS = build_clients(40)


@pytest.mark.parametrize("prefix", ["C 0", "ÄЖ-", "С", "a/b ", "№ "])
def test_keys_with_spaces_or_mixed_alphabets_join_the_sides(tmp_path: Path, prefix: str) -> None:
    rows = [[f"{prefix}{place}", *row[1:]] for place, row in enumerate(CLIENTS)]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, rows)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, rows[:-1])
    assert listed(run_transfer(source, target)) == [(f"{prefix}{len(rows) - 1}", "dropped", "")]


def test_dates_before_1900_arrive_in_another_writing(tmp_path: Path) -> None:
    rows = [[*row[:4], f"18{10 + place:02}-0{1 + place % 9}-2{place % 9}"] for place, row in enumerate(CLIENTS)]
    turned = [[*row[:4], ".".join(reversed(row[4].split("-")))] for row in rows]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, rows)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, turned)
    assert listed(run_transfer(source, target)) == []


def test_the_same_file_in_two_copies_still_finds_its_counterpart(tmp_path: Path) -> None:
    for name in ("clients.csv", "clients_copy.csv"):
        write_table(tmp_path / "old" / name, CLIENT_HEAD, CLIENTS)
    write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, CLIENTS)
    found = {
        (row["table"], row["class"]) for row in run_transfer(tmp_path / "old", tmp_path / "new").findings.to_pylist()
    }
    assert found == {("clients_copy", "dropped")}


def test_a_table_of_nothing_but_references_by_foreign_ids_arrives_without_a_finding(tmp_path: Path) -> None:
    clients = {row[0]: f"08A{place:012d}X" for place, row in enumerate(CLIENTS)}
    met = [(CLIENTS[place * place % 40][0], CLIENTS[(7 * place + place // 9) % 40][0]) for place in range(90)]
    write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    write_table(tmp_path / "new" / "clients.csv", ["id", *CLIENT_HEAD], [[clients[row[0]], *row] for row in CLIENTS])
    write_table(tmp_path / "old" / "partners.csv", ["client_id", "partner_client_id"], met)
    named = [(clients[one], clients[other]) for one, other in met]
    write_table(tmp_path / "new" / "partners.csv", ["client_id", "partner_client_id"], named)
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == []


def test_a_table_that_was_empty_before_has_only_new_records(tmp_path: Path) -> None:
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, [])
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, CLIENTS[:3])
    found = run_transfer(source, target)
    assert (found.harmful, [row["class"] for row in found.findings.to_pylist()]) == (0, ["extra"] * 3)
