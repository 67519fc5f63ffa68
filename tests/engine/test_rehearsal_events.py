"""Orders from the CRM's events: the request begins them, the first event of a step's kind ends it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.rehearsal import ChainStep, EventKind, OrdersAsked, OrdersFound, keep_told
from implement.engine.rehearsal.events import count_kinds, find_orders

CREATED = EventKind("deal", "create")
OFFERED, WON = (EventKind("deal", "stage", stage) for stage in ("Offer", "Won"))
MONDAY = date(2026, 3, 2)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    """DuckDB, for all tests of this file."""
    with open_backend() as opened:
        yield opened


def told(*rows: str) -> ir.Table:
    """Events of deals: user, day and time, deed, record, stage, source."""
    said = [dict(zip(("user", "at", "deed", "record", "stage", "source"), row.split(), strict=False)) for row in rows]
    kinds = {"user": "string", "at": "timestamp", "object": "string", "action": "string", "source": "string",
             "record_id": "string", "stage_to": "string", "is_changed": "boolean"}  # fmt: skip
    return ibis.memtable(
        [
            (one["user"], datetime.fromisoformat(f"2026-{one['at']}"), "deal", one["deed"], one.get("source", "manual"),
             one["record"], None if one["stage"] == "-" else one["stage"], None)
            for one in said
        ],
        schema=kinds,
    )  # fmt: skip


def find(events: ir.Table, backend: Backend) -> OrdersFound:
    found = find_orders(events, OrdersAsked(CREATED, {0: OFFERED, 1: WON}, MONDAY), BERLIN, backend)
    assert found is not None
    return found


def test_the_first_event_of_a_kind_since_the_request_ends_its_step(backend: Backend) -> None:  # M76, M80
    found = find(told(
        "bob 03-02T09:00 create D1 -", "bob 03-02T09:25 stage D1 Offer", "ann 03-02T09:40 stage D1 Offer",
        "ann 03-03T10:00 stage D1 Won", "ann 03-01T10:00 stage D2 Won", "bob 03-02T11:00 create D2 -",
    ), backend)  # fmt: skip
    first, second = found.runs
    assert first.begun_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert first.done == {0: datetime(2026, 3, 2, 8, 25, tzinfo=UTC), 1: datetime(2026, 3, 3, 9, tzinfo=UTC)}
    assert (dict(first.users), second.done) == ({0: "bob", 1: "ann"}, {})
    assert found.known_until == datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_orders_of_earlier_days_and_imported_ones_are_left_out(backend: Backend) -> None:
    found = find(told(
        "bob 03-01T23:59 create D1 -", "bob 03-02T00:00 create D2 -", "bob 03-02T09:00 create D3 - import",
    ), backend)  # fmt: skip
    assert [run.number for run in found.runs] == ["D2"]


def test_kinds_of_event_are_counted_by_the_records_they_tell_of(backend: Backend) -> None:
    events = told("bob 03-02T09:00 create D1 -", "bob 03-02T09:01 create D2 -", "bob 03-02T09:02 stage D1 Offer",
                  "bob 03-02T09:03 stage D1 Offer", "bob 03-02T09:04 view D3 -")  # fmt: skip
    assert count_kinds(events, backend) == [(CREATED, 2), (OFFERED, 1)]


def test_minutes_of_a_step_without_an_event_go_to_the_next_that_has_one() -> None:
    steps = [ChainStep(name, "Salesperson", minutes) for name, minutes in (("a", 30), ("b", 20), ("c", 15), ("d", 5))]
    assert [(one.title, one.minutes) for one in keep_told(steps, {0, 2})] == [("a", 30), ("c", 35)]
