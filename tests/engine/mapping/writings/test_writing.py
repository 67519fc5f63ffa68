"""Another writing of the same values is no loss, and what is ambiguous is decided by matched rows."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, build_clients, build_deals, run_transfer, write_table

CLIENTS = build_clients()
DEALS = build_deals(CLIENTS)


def _turned(date: str, shape: str) -> str:
    year, month, day = date.split("-")
    return shape.format(y=year, m=month, d=day)


@pytest.mark.parametrize("shape", ["{d}.{m}.{y}", "{m}/{d}/{y}", "{d}-{m}-{y}", "{y}{m}{d}", "{y}-{m}-{d} 00:00:00"])
def test_dates_in_another_format_are_one_benign_finding(tmp_path: Path, shape: str) -> None:
    rows = [[*row[:4], _turned(row[4], shape)] for row in CLIENTS]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    found = run_transfer(source, write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, rows))
    assert [(f["class"], f["field"], f["source_id"]) for f in found.findings.to_pylist()] == [
        ("reformatted", "since", "")
    ]


def test_semicolons_decimal_commas_and_cyrillic_bytes_do_no_harm(tmp_path: Path) -> None:
    deals = [[*deal[:3], "Переговоры" if deal[3] == "Talk" else deal[3], *deal[4:]] for deal in DEALS]
    turned = [[*deal[:4], deal[4].replace(".", ","), deal[5]] for deal in deals]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, deals)
    target = write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, turned, separator=";", encoding="cp1251")
    found = run_transfer(source, target)
    assert (found.harmful, found.findings.column("field").to_pylist()) == (0, ["amount"])


def test_a_consistent_replacement_is_a_mapping_not_a_loss(tmp_path: Path) -> None:
    names = {"Won": "gewonnen", "Lost": "verloren", "Offer": "Angebot", "Talk": "Talk"}
    turned = [[*deal[:3], names[deal[3]], *deal[4:]] for deal in DEALS]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, DEALS)
    found = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, turned))
    only = found.findings.to_pylist()
    assert (len(only), only[0]["class"], only[0]["source_value"]) == (1, "reformatted", "Lost; Offer; Won")


@pytest.mark.parametrize(("kept", "told"), [(False, 0), (True, 2)])
def test_a_value_seen_twice_is_mapped_where_each_other_one_was_renamed(tmp_path: Path, kept: bool, told: int) -> None:
    names = {"Won": "gewonnen", "Lost": "verloren", "Offer": "Angebot", "Talk": "Talk" if kept else "Gespräch"}
    deals = build_deals(CLIENTS, 7_000)
    for place in (5_900, 6_100):
        deals[place][3] = "Frozen"
    turned = [[*deal[:3], names.get(deal[3], "eingefroren"), *deal[4:]] for deal in deals]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, deals)
    found = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, turned))
    assert found.harmful == told


def test_many_values_that_became_one_are_changed_values_with_one_cause(tmp_path: Path) -> None:
    turned = [[*deal[:3], "Closed" if deal[3] in ("Won", "Lost") else deal[3], *deal[4:]] for deal in DEALS]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, DEALS)
    found = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, turned))
    closed = sum(deal[3] in ("Won", "Lost") for deal in DEALS)
    assert [(c.code, c.values, c.inside) for c in found.causes] == [("many_to_one", ("Lost", "Won", "Closed"), closed)]


def test_leading_zeros_lost_from_every_key_join_all_the_same(tmp_path: Path) -> None:
    clients = [[f"{place:05}", *row[1:]] for place, row in enumerate(CLIENTS, start=1)]
    bare = [[str(int(row[0])), *row[1:]] for row in clients]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, clients)
    found = run_transfer(source, write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, bare))
    assert (found.harmful, found.findings.column("field").to_pylist()) == (0, ["client_id"])
