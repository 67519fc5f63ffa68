"""The loss map of a small list whose every figure is counted by eye."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.funnel import LossMap
from implement.engine.funnel.figures import TYPED, WON
from implement.engine.funnel.records import Pick, list_deals
from implement.engine.plain import from_plain, to_plain
from tests.engine.funnel.lists import a_map, a_plan, a_table
from tests.rooms.deal_lists import DEALS, HEADER


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


@pytest.fixture(scope="module")
def found(backend: Backend) -> LossMap:
    return a_map(HEADER, DEALS, backend, norms={"Angebot": 30})


def test_every_deal_is_won_lost_or_open_and_its_money_counted(found: LossMap) -> None:  # M11
    totals = found.totals
    assert (totals.won.deals, totals.lost.deals, totals.open.deals) == (5, 3, 4)
    assert totals.won.amounts == (("", Decimal("10000.0000")),)
    assert (totals.lost.amounts, totals.lost.without_value) == ((("", Decimal("4500.0000")),), 1)


def test_lost_deals_without_a_value_are_estimated_at_the_average_won_deal(found: LossMap) -> None:
    assert (found.average_won(), found.estimate(found.totals.lost)) == (Decimal(2000), Decimal(2000))


def test_stages_stand_in_the_order_of_a_sale(found: LossMap) -> None:  # M43
    assert [(one.name, one.reached, one.went_on, one.here.deals) for one in found.stages] == [
        ("Qualifizierung", 9, 7, 2),
        ("Angebot", 7, 5, 2),
    ]
    assert found.totals.lost_unplaced.deals == 3


def test_lost_deals_are_counted_where_somebody_says_they_are_lost(backend: Backend) -> None:
    said = a_map(HEADER, DEALS, backend, lost_in="Angebot")
    assert [(one.name, one.reached, one.lost.deals) for one in said.stages] == [
        ("Qualifizierung", 12, 0),
        ("Angebot", 10, 3),
    ]
    assert said.totals.lost_unplaced.deals == 0


def test_open_deals_are_held_against_a_typed_norm_or_the_won_ones(found: LossMap) -> None:  # M42
    qualification, offer = found.stages
    assert (offer.norm_days, offer.norm_from, offer.over_norm.deals) == (30, TYPED, 1)
    assert (qualification.norm_days, qualification.norm_from) == (20, WON)
    assert (qualification.days.n, qualification.over_norm.deals) == (2, 0)


def test_reasons_are_counted_and_lost_deals_without_one_stand_apart(found: LossMap) -> None:
    assert [(reason, sums.deals) for reason, sums in found.reasons] == [("Preis", 2), ("", 1)]


def test_refused_offers_to_old_clients_are_found_with_their_reasons(found: LossMap) -> None:  # M13
    repeats = found.repeats
    assert repeats is not None
    assert (repeats.bought, repeats.bought_again) == (3, 2)
    assert (repeats.won.deals, repeats.refused.deals, repeats.open.deals) == (2, 1, 1)
    assert [(reason, sums.deals) for reason, sums in repeats.reasons] == [("Preis", 1)]


def test_deadlines_are_missed_by_ended_and_by_open_deals(found: LossMap) -> None:  # M14
    deadlines = found.deadlines
    assert deadlines is not None
    assert (deadlines.due, deadlines.missed, deadlines.still_open) == (5, 3, 1)
    assert deadlines.by_owner == (("Müller", 4, 2), ("Schulz", 1, 1))
    assert deadlines.days_late.middle == 16


def test_deals_without_client_or_next_step_are_counted_by_stage(found: LossMap) -> None:  # M12
    gaps = {gap.field: gap for gap in found.gaps}
    assert (gaps["client"].count, gaps["client"].of) == (2, 12)
    assert dict(gaps["client"].by_stage) == {"Angebot": 1, "Verloren": 1}
    assert (gaps["next_step"].count, gaps["next_step"].of) == (2, 4)
    assert (gaps["closed"].count, gaps["reason"].count, gaps["amount"].count) == (0, 1, 2)


@pytest.mark.parametrize(
    ("pick", "deals"),
    [
        (Pick("lost"), ["A6", "A8", "A7"]),
        (Pick("over_norm", stage="Angebot"), ["A9"]),
        (Pick("refused"), ["A6"]),
        (Pick("missed"), ["A9", "A6", "A2"]),
        (Pick("lacking", lacks="client"), ["A8", "A10"]),
        (Pick("lacking", lacks="next_step"), ["A12", "A10"]),
        (Pick("lost", field="reason", value=""), ["A8"]),
        (Pick("open", stage="Qualifizierung"), ["A12", "A11"]),
        (Pick("backwards"), []),
    ],
)
def test_each_figure_leads_to_its_deals_the_dearest_first(
    pick: Pick, deals: list[str], found: LossMap, backend: Backend
) -> None:
    table = a_table(HEADER, DEALS, backend)
    total, rows = list_deals(
        table, a_plan(table, backend, norms={"Angebot": 30}), found, pick, backend, limit=9, offset=0
    )
    assert (total, [row.deal for row in rows]) == (len(deals), deals)


def test_figures_are_kept_as_plain_values_and_read_back(found: LossMap) -> None:
    assert from_plain(LossMap, to_plain(found)) == found


def test_a_list_without_stages_knows_open_and_closed(backend: Backend) -> None:
    orders = [
        ("1", "A", "2024-01-01", "2024-01-05", "2024-01-04"),
        ("2", "B", "2024-02-01", "2024-02-03", "2024-02-09"),
        ("3", "A", "2024-03-01", "", "2024-03-09"),
    ]
    said = a_map(("OrderID", "Customer", "OrderDate", "ShippedDate", "RequiredDate"), orders, backend)
    assert (said.totals.won.deals, said.totals.open.deals) == (2, 1)
    assert said.deadlines is not None
    assert (said.deadlines.missed, said.deadlines.still_open) == (2, 1)


def test_an_expected_closing_day_of_an_open_deal_is_a_deadline_and_no_ending(backend: Backend) -> None:
    deals = [("1", "Proposal", "2024-05-01", "2024-06-01"), ("2", "Proposal", "2024-05-01", "2024-08-01"),
             ("3", "Closed Won", "2024-05-01", "2024-05-11")]  # fmt: skip
    said = a_map(("Opportunity ID", "Stage", "Created Date", "Close Date"), deals, backend)
    assert (said.deadlines.due, said.deadlines.missed) == (2, 1)  # type: ignore[union-attr]
    assert (said.totals.first_day, said.totals.last_day) == (date(2024, 5, 11), date(2024, 5, 11))


def test_amounts_in_several_currencies_are_never_added_up(backend: Backend) -> None:
    deals = [("1", "Won", "100", "EUR"), ("2", "Won", "70", "usd"), ("3", "Lost", "30", "EUR")]
    said = a_map(("Deal ID", "Stage", "Amount", "Currency"), deals, backend)
    assert said.totals.won.amounts == (("EUR", Decimal(100)), ("USD", Decimal(70)))
    assert said.average_won() is None


def test_what_cannot_be_read_is_counted_and_not_taken_for_nothing(backend: Backend) -> None:
    deals = [(str(n), "Won", "100", "2024-01-01") for n in range(1, 10)] + [("10", "Won", "many", "2024-02-31")]
    said = a_map(("Deal ID", "Stage", "Amount", "Close Date"), deals, backend)
    assert said.unread == (("amount", 1), ("closed", 1))
