"""Findings that share a condition are one sentence."""

from pathlib import Path
from typing import cast

import ibis
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.causes import Background, Cause
from implement.engine.causes.coded import Changes, code_column
from implement.engine.causes.conditions import run_condition
from implement.engine.causes.settings import DEFAULT_CAUSE_SETTINGS
from implement.engine.causes.wholesale import are_nearly_all, wholesale_conditions
from implement.engine.intake import SourceTable
from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, build_clients, build_deals, run_transfer, write_table

CLIENTS = build_clients()
DEALS = build_deals(CLIENTS)


def test_all_open_deals_missing_is_one_cause(tmp_path: Path) -> None:
    closed = [deal for deal in DEALS if deal[3] in ("Won", "Lost")]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, DEALS)
    cause = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, closed)).causes[0]
    assert (cause.code, cause.values, cause.inside) == ("open_records", ("Offer", "Talk"), len(DEALS) - len(closed))
    assert cause.sentence.startswith(
        f"all {cause.inside} dropped deals records are the open ones: stage is Offer or Talk"
    )


def test_a_lost_import_chunk_is_named_by_its_rows(tmp_path: Path) -> None:
    source = write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, CLIENTS)
    target = write_table(tmp_path / "new" / "clients.csv", CLIENT_HEAD, CLIENTS[:20] + CLIENTS[40:])
    cause = run_transfer(source, target).causes[0]
    assert (cause.code, cause.values, cause.share_inside, cause.lift) == ("row_range", ("21", "40"), 1.0, None)


def test_the_open_money_behind_dropped_deals_is_summed(tmp_path: Path) -> None:  # M29
    kept = [deal for deal in DEALS if deal[3] != "Offer"]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, DEALS)
    risk = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, kept)).value_at_risk[0]
    cents = sum(int(deal[4].replace(".", "")) for deal in DEALS if deal[3] == "Offer")
    assert (int(risk.open.amount * 100), risk.won.records) == (cents, 0)


def test_a_lost_chunk_is_one_run_although_some_of_its_rows_have_another_cause_too() -> None:  # M29
    chunk, explained = range(100, 160), {103, 104, 120}
    left = [number for number in chunk if number not in explained]
    found = run_condition(left, DEFAULT_CAUSE_SETTINGS, [7, *chunk])
    assert found is not None
    assert (found.code, found.values, len(found.places)) == ("row_range", ("100", "159"), len(left))


def test_scattered_losses_are_no_chunk() -> None:
    assert run_condition(list(range(0, 100, 3)), DEFAULT_CAUSE_SETTINGS) is None


def compare_deals(folder: Path, after: list[list[str]], *, clients: list[list[str]] = CLIENTS) -> list[Cause]:
    """Clients and deals before, and what arrived of them; the causes about deals."""
    for side, people, deals in (("old", CLIENTS, DEALS), ("new", clients, after)):
        write_table(folder / side / "clients.csv", CLIENT_HEAD, people)
        write_table(folder / side / "deals.csv", DEAL_HEAD, deals)
    return [cause for cause in run_transfer(folder / "old", folder / "new").causes if cause.table == "deals"]


def test_every_title_replaced_by_several_is_no_mapping(tmp_path: Path) -> None:
    before = [[*deal[:2], f"Model {place % 5}", *deal[3:]] for place, deal in enumerate(DEALS)]
    after = [[*deal[:2], f"Unit {chr(65 + place * 7 % 23)}", *deal[3:]] for place, deal in enumerate(DEALS)]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, before)
    causes = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, after)).causes
    assert [(cause.code, cause.inside) for cause in causes] == [("all_replaced", len(DEALS))]
    assert causes[0].sentence == "nearly every title was replaced, one value by several: this is no mapping"


def test_the_deals_of_one_owner_that_belong_to_four_others_are_one_sentence(tmp_path: Path) -> None:
    owners = ["Ann", "Bea", "Cid", "Dan", "Eve"]
    before = [[*deal, owners[place % 5]] for place, deal in enumerate(DEALS)]
    after = [[*row[:-1], owners[1 + place % 4] if row[-1] == "Ann" else row[-1]] for place, row in enumerate(before)]
    source = write_table(tmp_path / "old" / "deals.csv", [*DEAL_HEAD, "owner"], before)
    cause = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", [*DEAL_HEAD, "owner"], after)).causes[0]
    assert (cause.code, cause.values, cause.inside) == ("reassigned", ("Ann",), len(DEALS) // 5)


def test_blank_days_filled_one_after_the_other_are_called_invented(tmp_path: Path) -> None:
    blank = [[*deal[:5], "" if place < 40 else deal[5]] for place, deal in enumerate(DEALS)]
    days = [f"2023-0{3 + place // 28}-{place % 28 + 1:02}" for place in range(40)]
    filled = [[*deal[:5], days[place] if place < 40 else deal[5]] for place, deal in enumerate(blank)]
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, blank)
    cause = run_transfer(source, write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, filled)).causes[0]
    assert (cause.code, cause.column, cause.values[0]) == ("invented_days", "opened", "2023-03-01")


def test_a_file_of_which_nearly_nothing_arrived_is_called_another() -> None:
    around = build_background(len(DEALS))
    blank = code_column(pa.chunked_array([[""] * len(DEALS)]))
    changes = Changes(blank, blank)
    assert [one.code for one in wholesale_conditions("dropped", "", changes)] == ["other_file"]
    assert (are_nearly_all(len(changes), around), are_nearly_all(100, around)) == (True, False)


def test_records_whose_parent_table_vanished_name_it(tmp_path: Path) -> None:
    lost = {client[0] for client in CLIENTS[3:]}
    causes = compare_deals(tmp_path, DEALS, clients=CLIENTS[:3])
    torn = [cause for cause in causes if cause.fate == "torn_relation"]
    assert [(cause.code, cause.parent) for cause in torn] == [("parent_vanished", "clients")]
    assert torn[0].inside == sum(deal[1] in lost for deal in DEALS)


def build_background(rows: int) -> Background:
    """A table of so many rows, with nothing else known."""
    table = SourceTable("deals", "deals.csv", None, (), rows, ibis.memtable({"_row": [1]}), "csv")
    return Background(table, {}, {}, cast(Backend, None), DEFAULT_CAUSE_SETTINGS)
