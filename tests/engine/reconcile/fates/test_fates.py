"""What became of records: each fate is named, and nothing else is."""

from pathlib import Path

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

CLIENTS = build_clients()
DEALS = build_deals(CLIENTS)
GUEST_HEAD, CONTACT_HEAD = ["code", "client_id", "guest", "phone"], ["id", "client_id", "name", "phone"]


def test_the_same_table_has_no_finding(tmp_path: Path) -> None:
    source = write_table(tmp_path / "clients.csv", CLIENT_HEAD, CLIENTS)
    assert run_transfer(source, source).findings.num_rows == 0


def test_a_missing_client_is_dropped_and_its_deals_are_torn(tmp_path: Path) -> None:  # M29
    for side, clients in (("old", CLIENTS), ("new", CLIENTS[1:])):
        write_table(tmp_path / side / "clients.csv", CLIENT_HEAD, clients)
        write_table(tmp_path / side / "deals.csv", DEAL_HEAD, DEALS)
    torn = sorted((deal[0], "torn_relation", "client_id") for deal in DEALS if deal[1] == "C0000")
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("C0000", "dropped", ""), *torn]


def test_a_second_copy_is_duplicated_and_a_stranger_is_extra(tmp_path: Path) -> None:
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    stranger = ["C9999", "Quux Quux SA", "Genova", "0777000111", "2025-01-20"]
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, [*CLIENTS, CLIENTS[3], stranger])
    assert sorted(listed(run_transfer(source, target))) == [("", "extra", ""), ("C0003", "duplicated", "")]


def test_a_second_copy_is_not_taken_for_a_lost_deal_that_resembles_it(tmp_path: Path) -> None:
    head = ["id", "legacy_id", "owner", "product", "stage"]
    deals = [[str(n), f"L{n}", f"Owner {n % 5}", f"Product {n % 4}", "Offer"] for n in range(400)]
    kept = deals[:380]
    source = write_table(tmp_path / "old" / "deals.csv", head[1:], [deal[1:] for deal in deals])
    copies = [[str(500 + n), *kept[n][1:]] for n in range(20)]
    target = write_table(tmp_path / "new" / "deals.csv", head, [*kept, *copies])
    fates = sorted(fate for _, fate, _ in listed(run_transfer(source, target)))
    assert fates == ["dropped"] * 20 + ["duplicated"] * 20


def test_damage_to_single_cells_is_named(tmp_path: Path) -> None:
    rows = [list(row) for row in CLIENTS]
    rows[0][1], rows[1][3], rows[2][2], rows[3][4] = rows[0][1][:7], rows[1][3][1:], "", "2001-02-03"
    rows[4][2], rows[5][1] = "KÃ¶ln", rows[5][1].upper()
    clients = [list(row) for row in CLIENTS]
    clients[4][2] = "Köln"
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, clients)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, rows)
    assert sorted(listed(run_transfer(source, target))) == [
        ("C0000", "truncated", "name"), ("C0001", "number_format", "phone"), ("C0002", "value_lost", "city"),
        ("C0003", "value_changed", "since"), ("C0004", "mojibake", "city"), ("C0005", "reformatted", "name"),
    ]  # fmt: skip


def test_records_without_any_key_are_linked_by_content(tmp_path: Path) -> None:
    bare = [row[1:] for row in CLIENTS]
    moved = [[*bare[0][:1], "Genova", *bare[0][2:]], *bare[2:]]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD[1:], bare)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD[1:], moved)
    assert counted(run_transfer(source, target)) == {"dropped": 1, "value_changed": 1}


def test_a_record_under_a_foreign_key_is_rekeyed(tmp_path: Path) -> None:
    rows = [["C7777", *CLIENTS[0][1:]], *CLIENTS[1:]]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, rows)
    assert listed(run_transfer(source, target)) == [("C0000", "rekeyed", "")]


def test_values_in_each_others_field_are_swapped(tmp_path: Path) -> None:
    first = CLIENTS[0]
    rows = [[first[0], first[2], first[1], *first[3:]], *CLIENTS[1:]]
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, rows)
    assert listed(run_transfer(source, target)) == [
        ("C0000", "fields_swapped", "city"), ("C0000", "fields_swapped", "name")
    ]  # fmt: skip


def test_parts_of_a_composite_key_still_refer_to_their_parents(tmp_path: Path) -> None:  # M29
    deals = [[str(place), *deal[1:]] for place, deal in enumerate(DEALS, start=1)]
    lines = [[deal[0], str(part), str(7 * int(deal[0]) % 90 + part)] for deal in deals for part in (1, 2)]
    for side, kept in (("old", deals), ("new", deals[:-1])):
        write_table(tmp_path / side / "deals.csv", DEAL_HEAD, kept)
        write_table(tmp_path / side / "deal_lines.csv", ["deal_id", "line_no", "pieces"], lines)
    found = listed(run_transfer(tmp_path / "old", tmp_path / "new"))
    torn = [("150|1", "torn_relation", "deal_id"), ("150|2", "torn_relation", "deal_id")]
    assert sorted(found) == sorted([("150", "dropped", ""), *torn])


def test_a_record_that_holds_little_but_its_name_is_not_called_its_own_copy(tmp_path: Path) -> None:  # M29
    guests = [[f"G{n:03}", CLIENTS[n // 2][0], client[1].split()[0], client[3]] for n, client in enumerate(CLIENTS)]
    guests[40][3] = ""
    arrived = [[f"{7907 * (n + 1) % 10007:05}", *guest[1:]] for n, guest in enumerate(guests)]
    for row, number in zip(arrived[:30], CLIENTS[30:], strict=True):
        row[3] = number[3][::-1]
    arrived[40][1] = ""
    for side, name, head, rows in (("old", "guests", GUEST_HEAD, guests), ("new", "contacts", CONTACT_HEAD, arrived)):
        write_table(tmp_path / side / "clients.csv", CLIENT_HEAD, CLIENTS)
        write_table(tmp_path / side / f"{name}.csv", head, rows)
    changed = [(guest[0], "value_changed", "phone") for guest in guests[:30]]
    found = listed(run_transfer(tmp_path / "old", tmp_path / "new"))
    assert sorted(found) == sorted([*changed, ("G040", "torn_relation", "client_id")])
