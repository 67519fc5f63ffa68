"""Deals as they were run, read from a log: stages with their days, fields, notes, late entries, changes of hand."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.deal_runs import DealRun, find_deal_runs

START = datetime.combine(date(2026, 3, 2), time(9))
PEOPLE = {"ann": "1", "bob": "2"}
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("user", "object", "action", "source", "record_id", "stage_to", "text_hash")]
    + [("at", pa.timestamp("us")), ("day", pa.date32()), ("effective_day", pa.date32())]
    + [(name, pa.float64()) for name in ("filled", "total")]
)


@pytest.fixture
def backend() -> Iterator[Backend]:
    with open_backend() as found:
        yield found


def an_entry(deal: str, after: float, action: str, user: str = "ann", **said: object) -> dict[str, object]:
    at = START + timedelta(days=after)
    known = {"user": user, "object": "deal", "action": action, "source": "manual", "record_id": deal}
    return {**dict.fromkeys(SCHEMA.names), **known, "at": at, "day": at.date(), **said}


def a_log(*entries: dict[str, object]) -> ir.Table:
    return ibis.memtable(pa.Table.from_pylist(list(entries), SCHEMA))


def run(backend: Backend, *entries: dict[str, object]) -> list[DealRun]:
    return find_deal_runs(a_log(*entries), PEOPLE, backend)


def test_a_deal_is_read_from_its_first_entry_to_its_end(backend: Backend) -> None:  # M31
    (found,) = run(
        backend,
        an_entry("D1", 0, "create", filled=6.0, total=12.0, text_hash="a"),
        an_entry("D1", 3, "stage", "bob", stage_to="Meeting", text_hash="b"),
        an_entry("D1", 9, "stage", stage_to="Won", filled=9.0, total=12.0, effective_day=date(2026, 3, 4)),
    )
    assert (found.steps, found.days, found.is_won) == ((("Meeting", 3.0), ("Won", 9.0)), 9.0, True)
    assert (found.filled, found.notes, found.late, found.handovers) == (0.75, 2, 1, 2)
    assert (found.owner, found.people) == ("1", frozenset({"1", "2"}))


def test_open_deals_and_what_machines_or_strangers_recorded_are_no_run(backend: Backend) -> None:
    ways = [("D2", {"source": "sync"}), ("D3", {"user": "stranger"}), ("D4", {"action": "view"})]
    ended = [an_entry(deal, 0, "stage", stage_to="Won") | said for deal, said in ways]
    assert run(backend, an_entry("D1", 0, "create"), an_entry("D1", 1, "stage", stage_to="Offer"), *ended) == []


def test_a_deal_from_before_the_log_is_left_out_even_where_no_creation_is_told(backend: Backend) -> None:
    long_ago, later = an_entry("D1", 0, "stage", stage_to="Offer"), an_entry("D2", 20, "stage", stage_to="Offer")
    ends = [an_entry(deal, 25, "stage", stage_to="Verloren") for deal in ("D1", "D2")]
    (found,) = run(backend, long_ago, later, *ends)
    assert (found.key, found.is_won, found.steps) == ("D2", False, (("Offer", 0.0),))
    assert [one.key for one in run(backend, long_ago, an_entry("D1", 1, "create"), later, *ends)] == ["D1"]
