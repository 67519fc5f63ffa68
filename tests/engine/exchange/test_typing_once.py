"""A log that was typed once says exactly what it says when each pass reads its texts anew."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import Exchange, read_exchange
from implement.engine.exchange.instants import span_of_years
from implement.engine.exchange.typing_once import type_once
from implement.engine.resistance import DEFAULT_RESISTANCE, count_habits
from implement.engine.scoring import list_reasons, list_scores, score
from implement.engine.usage import roll_up
from tests.evaluators.usage.exchange import write_rollout
from tests.evaluators.usage.rollout import simulate


@pytest.fixture
def backend() -> Iterator[Backend]:
    with open_backend() as found:
        yield found


def everything(exchange: Exchange, backend: Backend) -> tuple[object, ...]:
    """Roll-up, habits, scores and reasons."""
    days = roll_up(exchange, backend)
    assert days.last_day is not None
    habits = count_habits(exchange, backend, days.last_day, DEFAULT_RESISTANCE.habits)
    scores = score(days, exchange.workforce, habits=habits).scores
    return days.table, habits, list(list_scores(scores)), list(list_reasons(scores))


def test_scores_are_the_same_whether_typed_once_or_each_time(tmp_path: Path, backend: Backend) -> None:
    write_rollout(simulate("resistance", 25, 3), tmp_path)
    exchange = read_exchange(tmp_path, backend)
    each_time, once = everything(exchange, backend), everything(type_once(exchange, backend), backend)
    assert len(once[2]) == 31 and once == each_time  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("texts", "span"),
    [
        (["2025-12-31T23:30:00+00:00", " 2026-01-02T10:00:00Z"], (2025, 2026)),
        (["2026-03-01T10:00:00Z", ""], None),
        (["2026-03-01T10:00:00Z", "never"], None),
        (["9999-01-01T10:00:00Z"], None),
    ],
)
def test_the_years_of_a_log_are_read_from_its_texts_or_not_at_all(
    texts: list[str], span: tuple[int, int] | None, backend: Backend
) -> None:
    assert span_of_years(ibis.memtable({"ts": texts})["ts"], backend) == span
