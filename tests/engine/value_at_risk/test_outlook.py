"""What open deals without a value are likely to bring, with figures worked out by hand. M29"""

from decimal import Decimal
from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.value_at_risk import DealAtRisk, DealColumns, Outlook, find_outlooks
from tests.engine.transfers import write_table

HEAD = ["deal_id", "stage", "amount", "currency"]
ENDED = [["Won", "300", "EUR"]] * 9 + [["Won", "", "EUR"]] * 3 + [["Won", "100", "EUR"]] + [["Lost", "", "EUR"]] * 12
FEW = [["Won", "900", "PLN"]] * 5 + [["Offer", "", "EUR"]] * 2


def open_deal(currency: str, amount: Decimal | None = None) -> DealAtRisk:
    return DealAtRisk(1, "D1", "dropped", "C1", "Alice", "Offer", "open", currency, amount)


def outlooks(folder: Path, *deals: DealAtRisk) -> tuple[Outlook, ...]:
    write_table(folder / "deals.csv", HEAD, [[f"D{place}", *row] for place, row in enumerate(ENDED + FEW)])
    columns = DealColumns("deals", "amount", False, "stage", "currency", "", "", ("deal_id",))
    with open_backend() as backend:
        return find_outlooks(deals, columns, read_tables(folder, backend).tables[0], backend)


def test_open_deals_without_a_value_are_expected_to_end_as_the_others_did(tmp_path: Path) -> None:  # M29
    found = outlooks(tmp_path, open_deal("EUR"), open_deal("EUR"), open_deal("EUR", Decimal(70)))
    assert found == (Outlook("EUR", 2, 13 / 25, Decimal(2800) / 10),)
    assert round(found[0].amount, 2) == Decimal("291.20")  # 2 × 13/25 × (9 × 300 + 100) / 10


def test_a_few_ended_deals_say_nothing_of_the_open_ones(tmp_path: Path) -> None:
    assert outlooks(tmp_path, open_deal("PLN")) == ()


def test_deals_with_a_value_need_no_estimate(tmp_path: Path) -> None:
    assert outlooks(tmp_path, open_deal("EUR", Decimal(70))) == ()
