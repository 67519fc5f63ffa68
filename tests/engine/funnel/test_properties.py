"""What holds of every list of deals: the order of rows changes nothing, stages add up, no money is lost."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implement.engine.backend import Backend, open_backend
from implement.engine.funnel import LossMap, add_sums
from tests.engine.funnel.lists import a_map
from tests.fixtures.scale import is_soak

HEADER = ("Deal ID", "Stage", "Client", "Amount", "Loss reason", "Created", "Closed", "Lost in stage")
EXAMPLES = 60 if is_soak() else 3
DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2024, 6, 30))
OPEN_STAGES = ("Lead", "Proposal", "Negotiation")
ROWS = st.lists(
    st.tuples(
        st.sampled_from((*OPEN_STAGES, "Won", "Lost", "Archived")),
        st.sampled_from(("", "A", "B", "C")),
        st.one_of(st.just(""), st.decimals(min_value=0, max_value=10**9, places=2).map(str)),
        st.sampled_from(("", "price", "time")),
        DAYS.map(str),
        st.one_of(st.just(""), DAYS.map(str)),
        st.sampled_from(("", *OPEN_STAGES)),
    ),
    min_size=20,
    max_size=40,
)


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


def count(rows: list[tuple[str, ...]], backend: Backend) -> LossMap:
    return a_map(HEADER, rows, backend, **dict(zip(
        ("deal", "stage", "client", "amount", "reason", "opened", "closed", "lost_at"), HEADER, strict=True
    )))  # fmt: skip


@given(rows=ROWS, turn=st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sums_add_up_whatever_the_list(rows: list[tuple[str, ...]], turn: object, backend: Backend) -> None:
    numbered = [(f"D{place}", *row) for place, row in enumerate(rows)]
    found = count(numbered, backend)
    written = sum((Decimal(row[3]) for row in numbered if row[3]), Decimal(0))
    totals = found.totals
    assert totals.deals.deals == len(rows)
    assert totals.deals.amount("") == written
    assert add_sums(*(sums for _reason, sums in found.reasons)) == totals.lost
    for one in found.stages:
        assert one.reached == one.went_on + one.here.deals + one.lost.deals
    for one, following in pairwise(found.stages):
        assert one.went_on == following.reached
    placed = sum(one.lost.deals for one in found.stages) + totals.lost_unplaced.deals
    assert placed == totals.lost.deals
    turn.shuffle(numbered)  # type: ignore[attr-defined]
    assert count(numbered, backend) == found
