"""Counted truths of the legacy CRM records themselves: slips that were there before any transfer (make check-data)."""

from pathlib import Path

import pyarrow as pa
import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables

pytestmark = pytest.mark.truths


@pytest.fixture
def legacy(truths: Path) -> dict[str, list[dict[str, str | None]]]:
    """The legacy tables as rows of text."""
    with open_backend() as backend:
        tables = read_tables(truths / "maven_crm/source", backend).tables
        found: dict[str, pa.Table] = {table.name: table.relation.to_pyarrow() for table in tables}
    return {name: table.to_pylist() for name, table in found.items()}


def test_1480_deals_name_a_product_that_the_catalogue_lacks(legacy: dict[str, list[dict[str, str | None]]]) -> None:
    catalogue = {row["product"] for row in legacy["products"]}
    missing = [row["product"] for row in legacy["sales_pipeline"] if row["product"] not in catalogue]
    assert (len(missing), set(missing)) == (1480, {"GTXPro"})


def test_deals_lack_accounts_and_engage_dates(legacy: dict[str, list[dict[str, str | None]]]) -> None:  # M12
    deals = legacy["sales_pipeline"]
    assert sum(row["account"] is None for row in deals) == 1425
    assert sum(row["engage_date"] is None for row in deals) == 500


def test_5_of_35_agents_have_no_deals(legacy: dict[str, list[dict[str, str | None]]]) -> None:
    sellers = {row["sales_agent"] for row in legacy["sales_teams"]}
    assert (len(sellers), len(sellers - {row["sales_agent"] for row in legacy["sales_pipeline"]})) == (35, 5)
