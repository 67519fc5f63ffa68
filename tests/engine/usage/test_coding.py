"""A log that is added up in numbers says exactly what the table engine counts by the same rules."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import Exchange, read_exchange
from implement.engine.resistance import DEFAULT_RESISTANCE
from implement.engine.resistance.moments import count_moments, tally_moments
from implement.engine.usage import code_log, merge_user_days, roll_up, tallies
from implement.engine.usage.days import count_events, count_received_tasks
from tests.engine.usage.logs import an_event, working_days, write_table
from tests.evaluators.usage.exchange import write_rollout
from tests.evaluators.usage.rollout import simulate

DAY = working_days()[0]


@pytest.fixture
def backend() -> Iterator[Backend]:
    with open_backend() as found:
        yield found


@pytest.fixture
def exchange(tmp_path: Path, backend: Backend) -> Exchange:
    """A firm of 25 in its own words."""
    write_rollout(simulate("resistance", 25, 3), tmp_path)
    return read_exchange(tmp_path, backend)


def test_days_are_the_same_whoever_counts_them_and_in_whatever_pieces(
    exchange: Exchange, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exchange.events is not None
    counted = (count_events(exchange.events, exchange.columns), count_received_tasks(exchange.events))
    by_engine = merge_user_days([backend.connection.to_pyarrow(each) for each in counted], exchange.columns)
    whole = roll_up(exchange, backend)
    monkeypatch.setattr(tallies, "ROWS_AT_ONCE", 1000)
    monkeypatch.setattr(tallies, "MOST_WAITING", 500)
    in_pieces = roll_up(exchange, backend)
    assert whole.table.num_rows > 2000 and whole.table.equals(by_engine.table)
    assert in_pieces.table.equals(whole.table) and in_pieces.blank_events == by_engine.blank_events


def test_records_before_meetings_and_idle_edits_are_the_same_whoever_counts_them(
    exchange: Exchange, backend: Backend
) -> None:
    assert exchange.events is not None
    as_of, settings = date(2025, 6, 1), DEFAULT_RESISTANCE.habits
    recent = exchange.events.filter((exchange.events.day <= as_of) & exchange.events.user.notnull())
    by_engine = backend.connection.to_pyarrow(count_moments(recent, exchange, as_of, settings).order_by("user"))
    tallied = tally_moments(code_log(exchange, backend), exchange, as_of, settings)
    seen = {row["user"]: row for row in tallied.to_pylist()}
    assert by_engine["eve"].to_pylist() == [seen[user]["eve"] for user in by_engine["user"].to_pylist()]
    assert by_engine["idle"].to_pylist() == [seen[user]["idle"] for user in by_engine["user"].to_pylist()]
    assert sum(tallied["eve"].to_pylist()) > 0 < sum(tallied["idle"].to_pylist())


def test_rows_without_user_or_time_are_counted_apart(tmp_path: Path, backend: Backend) -> None:
    untold = [an_event("", DAY), an_event("bob", DAY) | {"ts": "never"}]
    rows = [an_event("alice", DAY)] * 30 + [an_event("bob", DAY, 23)] * 10 + untold
    found = roll_up(read_exchange(write_table(tmp_path, "events", rows), backend), backend)
    assert (found.blank_events, found.unreadable_events) == (1, 1)
    assert found.table["events"].to_pylist() == [30, 10]
    assert found.table["hours"].to_pylist() == [1 << 10, 1 << 23]


def test_a_task_given_before_anything_was_done_makes_a_day_of_its_own(tmp_path: Path, backend: Backend) -> None:
    given = {"object": "task", "action": "assign", "target_user": "carol"}
    rows = [an_event("alice", DAY, **given), an_event("alice", DAY, **given, source="import"), an_event("bob", DAY)]
    table = roll_up(read_exchange(write_table(tmp_path, "events", rows), backend), backend).table
    assert table["user"].to_pylist() == ["alice", "bob", "carol"]
    assert table["tasks_assigned"].to_pylist() == [0, 0, 1] and table["tasks_given"].to_pylist() == [1, 0, 0]
