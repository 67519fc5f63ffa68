"""Findings that share a condition are one sentence."""

from pathlib import Path

from implement.engine.causes.conditions import run_condition
from implement.engine.causes.settings import DEFAULT_CAUSE_SETTINGS
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
