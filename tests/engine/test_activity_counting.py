"""KPIs in the CRM's log: each record once a day, only what was well kept, by hand."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from implement.engine.activity.counting import count_kpis, list_counted, list_told
from implement.engine.activity.kpis import INCOMPLETE, KEPT, LATE, WON, Kpi
from implement.engine.backend import open_backend

DAY = date(2026, 3, 2)
COLUMNS = frozenset({"record_id", "effective_date", "filled", "total", "stage_to"})
KPIS = (
    Kpi("kept", "volume", "process", KEPT, "contact", ("create", "update")),
    Kpi("late", "quality", "process", LATE, "contact", ("create", "update")),
    Kpi("thin", "quality", "process", INCOMPLETE, "contact", ("create", "update")),
    Kpi("won", "volume", "result", WON, "deal", ("stage",)),
)
NINE, TEN = "2026-03-02 09:00", "2026-03-02 10:00"
EVENT = {
    "user": "bob", "at": NINE, "day": DAY, "object": "contact", "action": "create", "source": "manual",
    "record_id": "c1", "effective_day": DAY, "filled": 8.0, "total": 10.0, "stage_to": None,
}  # fmt: skip
DAYS, NUMBERS = ("day", "effective_day"), ("filled", "total")


def kind_of(name: str) -> pa.DataType:
    return pa.date32() if name in DAYS else pa.float64() if name in NUMBERS else pa.string()


def count(*changes: dict[str, object]) -> dict[str, int]:
    rows = [{**EVENT, **change} for change in changes]
    schema = pa.schema([(name, kind_of(name)) for name in EVENT])
    with open_backend() as backend:
        events = ibis.memtable(pa.Table.from_pylist(rows, schema))
        typed = events.mutate(at=events["at"].cast("timestamp"))
        return {one.kpi_key: one.counted for one in count_kpis(typed, COLUMNS, KPIS, backend)}


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        (({}, {"action": "update", "at": TEN}), {"kept": 1}),
        (({"source": "import"},), {}),
        (({"filled": 7.0},), {"thin": 1}),
        (({"effective_day": date(2026, 2, 25)},), {"late": 1}),
        (({"effective_day": date(2026, 2, 26)},), {"kept": 1}),
        (({"effective_day": None, "total": None, "filled": None},), {"kept": 1}),
        (({"object": "deal", "action": "stage", "stage_to": "Won"},), {"won": 1}),
        (({"object": "deal", "action": "stage", "stage_to": "Offer"},), {}),
        (({"record_id": None}, {"record_id": None, "at": TEN}), {"kept": 2}),
    ],
)  # fmt: skip
def test_only_what_the_rule_says_counts(
    changes: tuple[dict[str, object], ...], counted: dict[str, int]
) -> None:  # M123
    assert count(*changes) == counted


def test_the_single_events_behind_a_count_are_named_with_their_records() -> None:
    rows = [EVENT, {**EVENT, "at": TEN, "record_id": "c2"}, {**EVENT, "user": "eve"}, {**EVENT, "source": "import"}]
    schema = pa.schema([(name, kind_of(name)) for name in EVENT])
    with open_backend() as backend:
        events = ibis.memtable(pa.Table.from_pylist(rows, schema))
        typed = events.mutate(at=events["at"].cast("timestamp"))
        found = list_counted(typed, COLUMNS, KPIS[0], {"bob"}, backend)
    assert [(one.at[:16], one.record_id) for one in found] == [(NINE, "c1"), (TEN, "c2")]


def test_a_log_without_dates_cannot_tell_what_is_late() -> None:
    assert [kpi.key for kpi in list_told(KPIS, {"record_id"})] == ["kept"]
