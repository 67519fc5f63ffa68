"""A list that is a history: a row for each stage a deal came into."""

from collections.abc import Iterator

import pytest

from implement.engine.backend import Backend, open_backend
from tests.engine.funnel.lists import a_map

HEADER = ("Deal ID", "Stage", "Stage entered", "Amount")
STEPS = (
    ("1", "Lead", "2024-01-01", ""), ("1", "Proposal", "2024-01-11", "500"), ("1", "Won", "2024-01-21", "500"),
    ("2", "Lead", "2024-01-01", ""), ("2", "Proposal", "2024-01-05", "700"), ("2", "Lost", "2024-01-15", "700"),
    ("3", "Lead", "2024-02-01", ""), ("3", "Lost", "2024-02-03", ""),
    ("4", "Lead", "2024-06-01", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


def test_a_history_tells_in_which_stage_each_deal_was_lost(backend: Backend) -> None:  # M12
    found = a_map(HEADER, STEPS, backend)
    assert found.is_history
    assert [(one.name, one.reached, one.went_on, one.here.deals, one.lost.deals) for one in found.stages] == [
        ("Lead", 4, 2, 1, 1),
        ("Proposal", 2, 1, 0, 1),
    ]
    assert found.totals.lost_unplaced.deals == 0


def test_a_history_tells_how_long_deals_stay_in_each_stage(backend: Backend) -> None:  # M42
    lead, proposal = a_map(HEADER, STEPS, backend).stages
    assert (lead.days.n, lead.days.middle) == (4, 7)
    assert (proposal.days.n, proposal.days.middle) == (2, 10)
    assert (lead.norm_days, lead.over_norm.deals) == (10, 1)


def test_the_order_of_rows_changes_nothing(backend: Backend) -> None:
    assert a_map(HEADER, tuple(reversed(STEPS)), backend) == a_map(HEADER, STEPS, backend)


def test_rows_that_say_the_same_of_a_deal_count_once(backend: Backend) -> None:
    rows = (("1", "Won", "2024-01-21", "500"), ("1", "Won", "2024-01-21", "500"), ("2", "Lead", "2024-01-21", ""))
    found = a_map(HEADER, rows, backend)
    assert (found.repeated, found.totals.won.deals, found.totals.won.amount("")) == (1, 1, 500)


def test_one_number_for_two_deals_in_one_stage_loses_no_money(backend: Backend) -> None:
    rows = (("1", "Won", "2024-01-21", "500"), ("1", "Won", "2024-01-22", "300"), ("2", "Lead", "2024-01-21", ""))
    found = a_map(HEADER, rows, backend)
    assert (found.repeated, found.totals.won.deals, found.totals.won.amount("")) == (0, 2, 800)
