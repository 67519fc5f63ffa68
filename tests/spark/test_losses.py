"""A loss map counted with Spark says what it says with DuckDB: a list of deals, their history, a month of the base."""

from datetime import date

import pytest
from flask import current_app
from sqlalchemy.orm import Session, scoped_session

from implement.engine.backend import ENGINES, open_backend
from implement.engine.funnel import LossMap, map_losses
from implement.stages.audit.service.losses import compute_figures, read_figures
from tests.engine.funnel.lists import Rows, a_plan, a_table
from tests.rooms.deal_lists import DEALS, HEADER
from tests.rooms.test_service_lists import count

pytestmark = pytest.mark.usefixtures("spark")

HISTORY = [
    ("1", "New", "2024-01-01"), ("1", "Proposal", "2024-01-11"), ("1", "Won", "2024-01-31"), ("2", "New", "2024-02-01"),
    ("2", "Lost", "2024-02-21"), ("3", "New", "2024-03-01"), ("3", "Proposal", "2024-05-01"),
]  # fmt: skip


def map_on(engine: str, header: tuple[str, ...], rows: Rows) -> LossMap:
    with open_backend(engine) as backend:
        table = a_table(header, rows, backend.embedded)
        return map_losses(table, a_plan(table, backend.embedded), backend)


def test_a_loss_map_is_the_same_on_spark() -> None:  # M11
    embedded, spark = (map_on(engine, HEADER, DEALS) for engine in ENGINES)
    assert spark.totals.deals.deals == len(DEALS) and spark == embedded


@pytest.mark.soak
def test_a_history_of_stages_is_the_same_on_spark() -> None:  # M42
    embedded, spark = (map_on(engine, ("Deal ID", "Stage", "Entered stage"), HISTORY) for engine in ENGINES)
    assert spark.is_history and spark == embedded


@pytest.mark.soak
def test_a_month_of_the_client_base_is_the_same_on_spark(  # M39
    session: scoped_session[Session], rollout_id: int
) -> None:
    row, store = count(rollout_id, month=date(2024, 6, 1)), current_app.extensions["implement_store"]
    computed = compute_figures(row, store=store, engine="spark")
    assert computed.figures == read_figures(row)
