"""Counted truths of real lists of deals and orders, read as proposed (make check-data)."""

from datetime import date
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.funnel import (
    WITHOUT_STAGES,
    LossMap,
    Stage,
    look_at_columns,
    map_losses,
    plan_list,
    propose_deal_columns,
    propose_stages,
)
from implement.engine.intake import read_tables

pytestmark = pytest.mark.truths


def count(path: Path, table: str, as_of: date, norms: dict[str, int] | None = None) -> LossMap:
    with open_backend() as backend:
        source = next(one for one in read_tables(path, backend).tables if one.name == table)
        looks = look_at_columns(source, backend)
        columns = propose_deal_columns(looks)
        proposed = propose_stages(looks[columns["stage"]].counts) if "stage" in columns else WITHOUT_STAGES
        stages = tuple(Stage(one.name, one.state, one.place, (norms or {}).get(one.name)) for one in proposed)
        return map_losses(source, plan_list(looks, columns, stages, as_of), backend)


def test_the_pipeline_says_what_was_counted_in_it(truths: Path) -> None:  # M11 M12
    found = count(truths / "maven_crm/source", "sales_pipeline", date(2017, 12, 31), {"Engaging": 180})
    totals, gaps = found.totals, {gap.field: gap for gap in found.gaps}
    assert (totals.won.deals, totals.lost.deals, totals.open.deals) == (4238, 2473, 2089)
    assert (int(totals.won.amount("")), totals.lost.without_value) == (10_005_534, 2473)
    assert [(one.name, one.here.deals) for one in found.stages] == [("Prospecting", 500), ("Engaging", 1589)]
    assert found.stages[1].over_norm.deals == 730
    assert dict(gaps["client"].by_stage) == {"Engaging": 1088, "Prospecting": 337}
    assert (gaps["opened"].count, gaps["client"].count) == (500, 1425)


@pytest.mark.parametrize(("copy", "lost"), [("copy_1", 2473), ("copy_2", 2473), ("copy_3", 2473)])
def test_copies_in_other_writings_say_the_same_of_ended_deals(copy: str, lost: int, truths: Path) -> None:
    found = count(truths / f"maven_crm/copies/{copy}", "sales_pipeline", date(2017, 12, 31))
    assert (found.totals.won.deals, found.totals.lost.deals) == (4238, lost)
    assert (int(found.totals.won.amount("")), found.unread) == (10_005_534, ())


def test_orders_without_stages_say_who_is_late(truths: Path) -> None:  # M14
    found = count(truths / "northwind/northwind.sqlite", "Orders", date(2018, 5, 6))
    assert (found.totals.won.deals, found.totals.open.deals) == (809, 21)
    assert found.deadlines is not None
    assert (found.deadlines.due - 21, found.deadlines.missed - found.deadlines.still_open) == (809, 37)
    assert {owner: due for owner, due, _missed in found.deadlines.by_owner}["4"] == 156
