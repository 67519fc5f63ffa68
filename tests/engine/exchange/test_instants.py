"""Times as firms write them, read as the firm's local time."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from implement.engine.backend import open_backend
from implement.engine.exchange.instants import clock_changes, local_stamps, read_day, recognise_instants, span_of_years

BERLIN = "Europe/Berlin"
YEARS = (2000, 2025)

WRITTEN = [
    (
        ["2024-07-01T22:30:00Z", "2024-01-01 22:30:00+00:00"],
        ["2024-07-02 00:30:00", "2024-01-01 23:30:00"],
    ),
    (["2011-12-06 13:41:31.788000+01:00", "2011-10-01"], ["2011-12-06 13:41:31", "2011-10-01 00:00:00"]),
    (["2024-07-01T22:30", "2024-07-01 7:05:09"], ["2024-07-01 22:30:00", "2024-07-01 07:05:09"]),
    (["31.12.2024 23:59", "2.1.2024 7:05"], ["2024-12-31 23:59:00", "2024-01-02 07:05:00"]),
    (["12/31/2024 1:05 PM", "1/2/2024 12:10 AM"], ["2024-12-31 13:05:00", "2024-01-02 00:10:00"]),
    (["22-04-2014 03:53"], ["2014-04-22 03:53:00"]),
    (["1398138810", "1398138811.5"], ["2014-04-22 05:53:30", "2014-04-22 05:53:31"]),
    (["1398138810000"], ["2014-04-22 05:53:30"]),
    (["20240131", "20240131T101112"], ["2024-01-31 00:00:00", "2024-01-31 10:11:12"]),
    (["Oct 1, 2011 14:05", "Dez 24, 2011"], ["2011-10-01 14:05:00", "2011-12-24 00:00:00"]),
    (["1. Oktober 2011", "5 мая 2012"], ["2011-10-01 00:00:00", "2012-05-05 00:00:00"]),
    (["Mon, 14 May 2001 16:39:00 -0700 (PDT)"], ["2001-05-15 01:39:00"]),
    (["2024/01/31 10:11"], ["2024-01-31 10:11:00"]),
]


@pytest.mark.parametrize(("texts", "meant"), WRITTEN, ids=[texts[0] for texts, _ in WRITTEN])
def test_a_time_is_read_as_it_is_meant(texts: list[str], meant: list[str]) -> None:
    form = recognise_instants(texts)
    table = ibis.memtable(pa.table({"said": [*texts, "no time", None]}))
    with open_backend() as backend:
        read = backend.connection.to_pyarrow(table.select(at=local_stamps(table.said, form, BERLIN, YEARS)))
    assert read["at"].cast("timestamp[s]").cast("string").to_pylist() == [*meant, None, None]


def test_a_typed_time_with_a_zone_is_moved_to_the_firms_zone() -> None:
    typed = pa.array(["2024-07-01 22:30:00"]).cast(pa.timestamp("us")).cast(pa.timestamp("us", "UTC"))
    table = ibis.memtable(pa.table({"at": typed}))
    with open_backend() as backend:
        read = backend.connection.to_pyarrow(table.select(at=local_stamps(table.at, None, BERLIN, YEARS)))
    assert read["at"].cast("timestamp[s]").cast("string").to_pylist() == ["2024-07-02 00:30:00"]


def test_days_that_could_be_read_two_ways_are_read_the_way_they_lie_closer_together() -> None:
    form = recognise_instants(["03/01/2024", "03/02/2024", "03/03/2024"])
    assert form is not None
    assert (form.name, form.is_ambiguous) == ("mdy", True)
    assert read_day("03/02/2024", form) == date(2024, 3, 2)


def test_clocks_of_a_zone_change_twice_a_year() -> None:
    first, changes = clock_changes(BERLIN, (2024, 2024))
    assert first == 60
    assert [(str(instant), minutes) for instant, minutes in changes] == [
        ("2024-03-31 01:00:00", 120),
        ("2024-10-27 01:00:00", 60),
    ]


def test_words_are_no_times() -> None:
    assert recognise_instants(["alice", "bob"]) is None
    assert read_day("32.13.2024", recognise_instants(["01.01.2024"])) is None

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
    texts: list[str], span: tuple[int, int] | None
) -> None:
    with open_backend() as backend:
        assert span_of_years(ibis.memtable({"ts": texts})["ts"], backend) == span
