"""Calls and mails of a telephone bill or a gateway: counted by person and day, whoever was on the other side."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import CallCount, ListedCalls, join_calls, list_calls, read_exchange

MONDAY = date(2026, 3, 2)


@pytest.fixture
def backend() -> Iterator[Backend]:
    with open_backend() as found:
        yield found


def read(folder: Path, backend: Backend, name: str, *lines: str) -> tuple[ListedCalls, list[str]]:
    (folder / name).write_text("\n".join(lines))
    listed, faults = list_calls(read_exchange(folder, backend), backend)
    return listed, [f"{fault.row}: {fault.code}" for fault in faults]


def test_a_telephone_bill_is_counted_by_person_day_and_direction(tmp_path: Path, backend: Backend) -> None:  # M25
    listed, faults = read(
        tmp_path, backend, "Einzelverbindungsnachweis.csv", "Nebenstelle;Zeitpunkt;Rufnummer;Richtung",
        "anna;02.03.2026 09:10;+49 30 1;ausgehend", "anna;02.03.2026 09:40;+49 30 2;ausgehend",
        "anna;02.03.2026 10:00;+49 30 1;eingehend", "bert;03.03.2026 08:00;;ausgehend",
    )  # fmt: skip
    assert listed.counts == (
        CallCount("anna", MONDAY, "call", "in", 1), CallCount("anna", MONDAY, "call", "out", 2),
    )  # fmt: skip
    assert (listed.without_client, faults) == (1, [])


def test_counts_of_a_mail_gateway_are_taken_as_they_stand(tmp_path: Path, backend: Backend) -> None:
    rows = ("mailbox,date,mails", "anna,2026-03-02,17", "bert,2026-03-02,0")
    listed, faults = read(tmp_path, backend, "mail gateway.csv", *rows)
    assert listed.counts == (CallCount("anna", MONDAY, "mail", "", 17),) and faults == []


def test_what_cannot_be_read_is_named_by_row(tmp_path: Path, backend: Backend) -> None:
    good = [f"anna,2026-03-{day:02d},4" for day in range(1, 13)]
    lines = ("extension,date,number of calls", *good, "anna,someday,2", ",2026-03-02,1", "anna,2026-03-02,many")
    faults = read(tmp_path, backend, "calls.csv", *lines)[1]
    assert faults == ["13: day_unreadable", "14: value_missing", "15: number_unreadable"]


def test_a_log_called_calls_is_still_a_log(tmp_path: Path, backend: Backend) -> None:
    rows = [f"anna,2026-03-02T09:{n:02d}:00,create,call,A{n}" for n in range(5)]
    (tmp_path / "calls.csv").write_text("\n".join(["user,timestamp,action,object,record_id", *rows]))
    exchange = read_exchange(tmp_path, backend)
    assert exchange.events is not None and exchange.calls is None


def test_lists_of_two_switches_add_up() -> None:
    one = ListedCalls((CallCount("anna", MONDAY, "call", "out", 2),), 1)
    assert join_calls([one, one]) == ListedCalls((CallCount("anna", MONDAY, "call", "out", 4),), 2)
