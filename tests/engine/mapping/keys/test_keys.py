"""Keys join the sides however they are written, and what became of their own cells is told like of any other."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, build_clients, build_deals, listed, run_transfer, write_table

CLIENTS = [[f"{71 * place:05}", *row[1:]] for place, row in enumerate(build_clients(200), start=1)]
DEALS = build_deals(CLIENTS)


def strip_some(step: int) -> dict[str, str]:
    """What ids are after a spreadsheet took the leading zeros of one in so many."""
    return {row[0]: row[0].lstrip("0") if place % step == 0 else row[0] for place, row in enumerate(CLIENTS)}


@pytest.mark.parametrize("numbered_anew", [False, True])
def test_leading_zeros_that_some_keys_lost_are_damage(tmp_path: Path, numbered_anew: bool) -> None:  # M29
    new = strip_some(10)
    moved = [[f"N{place}", new[row[0]], *row[1:]] for place, row in enumerate(CLIENTS)]
    head, rows = (["id", *CLIENT_HEAD], moved) if numbered_anew else (CLIENT_HEAD, [row[1:] for row in moved])
    write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    write_table(tmp_path / "new" / "clients.csv", head, rows)
    lost = [(one, "number_format", "client_id") for one, other in new.items() if one != other]
    assert (len(lost), sorted(listed(run_transfer(tmp_path / "old", tmp_path / "new")))) == (14, sorted(lost))


@pytest.mark.parametrize("step", [1, 10])
def test_a_reference_to_such_a_key_is_damaged_likewise(tmp_path: Path, step: int) -> None:  # M29
    new = strip_some(step)
    for side, ids in (("old", {one: one for one in new}), ("new", new)):
        write_table(tmp_path / side / "clients.csv", CLIENT_HEAD, [[ids[row[0]], *row[1:]] for row in CLIENTS])
        write_table(tmp_path / side / "deals.csv", DEAL_HEAD, [[row[0], ids[row[1]], *row[2:]] for row in DEALS])
    found = run_transfer(tmp_path / "old", tmp_path / "new")
    lost = [(row[0], "number_format", "client_id") for row in DEALS if step > 1 and new[row[1]] != row[1]]
    assert sorted(one for one in listed(found) if one[0][0] == "D") == sorted(lost)
    whole = [row["field"] for row in found.findings.to_pylist() if row["class"] == "reformatted"]
    assert whole == (["client_id"] * 2 if step == 1 else [])


def test_a_code_that_many_records_lack_is_no_key_where_each_has_an_id(tmp_path: Path) -> None:  # M29
    head = ["id", "title", "code", "town"]
    rows = [[f"{500 + place}", row[1], row[0] if place % 4 else "", row[2]] for place, row in enumerate(CLIENTS)]
    bare = [[*row[:2], row[2].lstrip("0") if place % 7 == 0 else row[2], row[3]] for place, row in enumerate(rows)]
    write_table(tmp_path / "old" / "goods.csv", head, rows)
    write_table(tmp_path / "new" / "goods.csv", ["former_id", *head[1:]], bare)
    lost = [(one[0], "number_format", "code") for one, other in zip(rows, bare, strict=True) if one != other]
    assert sorted(listed(run_transfer(tmp_path / "old", tmp_path / "new"))) == sorted(lost)


def build_months(contracts: int = 60) -> list[list[str]]:
    """The months of contracts, counted within each: hours and a rate, of which none is a name."""
    return [
        [f"V-{500 + contract}", f"{month}", f"{(7 * contract + 11 * month) % 97}", f"{(13 * contract * month) % 89}"]
        for contract in range(contracts)
        for month in range(1, 2 + contract % 5)
    ]


def move_months(folder: Path, months: list[list[str]], *, numbered_anew: bool) -> list[tuple[str, str, str]]:
    """What is told of the months of contracts after such a move."""
    contracts = [[f"V-{500 + place}", f"Lease of {place * place}"] for place in range(60)]
    anew = [[f"M{7 * place:05}"][: int(numbered_anew)] + row for place, row in enumerate(months)]
    head = ["contract", "month", "hours", "rate"]
    for side in ("old", "new"):
        write_table(folder / side / "contracts.csv", ["contract", "subject"], contracts)
    write_table(folder / "old" / "months.csv", head, build_months())
    write_table(folder / "new" / "months.csv", ["Id"][: int(numbered_anew)] + head, anew)
    return sorted(listed(run_transfer(folder / "old", folder / "new")))


@pytest.mark.parametrize("numbered_anew", [False, True])
def test_records_counted_within_others_are_known_by_both(tmp_path: Path, numbered_anew: bool) -> None:  # M29
    months = build_months()
    assert move_months(tmp_path / "clean", build_months(), numbered_anew=numbered_anew) == []
    for row in months[::30]:
        row[2:] = ["555", "777"]
    told = [(f"{row[0]}|{row[1]}", "value_changed", field) for row in months[::30] for field in ("hours", "rate")]
    assert move_months(tmp_path / "harmed", months, numbered_anew=numbered_anew) == sorted(told)


@pytest.mark.parametrize(("named", "fate"), [("", "torn_relation"), ("V-501", "wrong_relation")])
def test_a_part_of_a_key_that_lost_its_parent_is_told_of_it(tmp_path: Path, named: str, fate: str) -> None:  # M29
    months = build_months()
    told = [(f"{row[0]}|{row[1]}", fate, "contract") for row in months[20::40]]
    for row in months[20::40]:
        row[0] = named
    assert move_months(tmp_path, months, numbered_anew=True) == sorted(told)


def test_a_part_that_names_a_parent_anew_joins_the_sides_all_the_same(tmp_path: Path) -> None:  # M29
    months = [[*row, f"{row[0]} in {row[1]}"[-7:]] for row in build_months()]
    new = {f"V-{500 + place}": f"X{(37 * place) % 83:03}" for place in range(60)}
    contracts = [[f"V-{500 + place}", f"Lease of {place * place}", f"{place % 7} floors"] for place in range(60)]
    moved = [[f"M{7 * place:05}", new[row[0]], *row[1:]] for place, row in enumerate(months)]
    for row in moved[10::30]:
        row[3:] = ["555", "777", "nobody knows"]
    write_table(tmp_path / "old" / "contracts.csv", ["contract", "subject", "size"], contracts)
    write_table(tmp_path / "old" / "months.csv", ["contract", "month", "hours", "rate", "note"], months)
    write_table(tmp_path / "new" / "contracts.csv", ["Id", "subject", "size"], [[new[c[0]], *c[1:]] for c in contracts])
    write_table(tmp_path / "new" / "months.csv", ["Id", "contract_id", "month", "hours", "rate", "note"], moved)
    told = {f"{row[0]}|{row[1]}": 3 for row in months[10::30]}
    told_of = listed(run_transfer(tmp_path / "old", tmp_path / "new"))
    found = [one for one, fate, _ in told_of if fate == "value_changed"]
    assert {one: found.count(one) for one in found} == told
