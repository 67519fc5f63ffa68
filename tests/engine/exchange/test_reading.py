"""Folders as firms hand them in, without a mapping, in four languages."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from implement.engine.backend import open_backend
from implement.engine.exchange import ExchangeMapping, Person, read_exchange, read_mapping
from implement.engine.exchange.columns import ColumnSample, propose_columns
from implement.engine.exchange.deeds import Deed, read_deed, read_source
from implement.engine.exchange.headers import bare_header
from implement.engine.exchange.vocabulary import COLUMN_WORDS, TABLE_WORDS
from tests.engine.usage.logs import MONDAY, a_log, an_event, read_folder, working_days, write_table

HEADERS = [
    {"user": "case:responsible|org:resource", "ts": "time:timestamp", "object": "Objekt", "action": "concept:name"},
    {"user": "Mitarbeiter-Nr", "ts": "Zeitstempel", "object": "Objekttyp", "action": "Aktion", "source": "Quelle"},
    {"user": "ID pracownika", "ts": "Data i czas", "object": "Typ obiektu", "action": "Akcja", "source": "Źródło"},
    {"user": "Сотрудник", "ts": "Дата и время", "object": "Объект", "action": "Действие", "source": "Источник"},
    {"user": "Activity assigned to", "ts": "Create date", "object": "Engagement Type", "action": "Action"},
    {"user": "CreatedById", "ts": "CreatedDate", "object": "Entity", "action": "Event"},
    {"user": "Sales Agent", "ts": "createdAt", "object": "EntityType", "action": "operation", "source": "origin"},
]


@pytest.mark.parametrize("names", HEADERS, ids=lambda names: names["user"])
def test_columns_are_found_by_the_names_of_other_systems(tmp_path: Path, names: dict[str, str]) -> None:
    names = {ours: theirs.split("|")[-1] for ours, theirs in names.items()}
    rows = [{names.get(name, name): value for name, value in event.items()} for event in a_log()]
    exchange, user_days = read_folder(write_table(tmp_path, "export_2024", rows))
    assert dict(exchange.roles[0].columns).items() >= names.items()
    assert user_days.total("records") == len(rows)


def test_the_one_who_acts_is_the_user_and_not_the_one_responsible_for_the_case() -> None:
    samples = tuple(ColumnSample(name, ("a1", "b2", "a1"), 3) for name in ("case:responsible", "org:resource"))
    assert propose_columns("events", samples)["user"] == "org:resource"


def test_a_list_of_users_is_found_by_the_users_it_shares_with_the_log(tmp_path: Path) -> None:
    write_table(tmp_path, "engagement", [{"user_id": e["user"], "time_stamp": e["ts"]} for e in a_log(weeks=4)])
    people = [{"object_id": e, "name": f"{e} x", "invited_by": "alice", "org_id": "7"} for e in ("alice", "bob", "zoe")]
    exchange, _ = read_folder(write_table(tmp_path, "crew", people))
    assert [person.user for person in exchange.workforce.people] == ["alice", "bob", "zoe"]
    assert exchange.workforce.people[0].team == "7"
    assert exchange.is_sessions_only


def test_a_list_of_people_is_read_with_shares_days_and_weekdays(tmp_path: Path) -> None:
    write_table(tmp_path, "events", a_log(weeks=4))
    alice = {
        "user": "alice",
        "team": "north",
        "fte": "80 %",
        "manager": "bob",
        "hired": "02.01.2024",
        "work_days": "1234",
    }
    people = read_folder(write_table(tmp_path, "users", [alice]))[0].workforce.people
    weekdays = frozenset((1, 2, 3, 4))
    assert people == (Person("alice", "north", fte=0.8, head="bob", hired=date(2024, 1, 2), weekdays=weekdays),)


def test_days_off_holidays_and_meetings_are_read(tmp_path: Path) -> None:
    write_table(tmp_path, "events", a_log(weeks=4))
    write_table(tmp_path, "absences", [{"user": "alice", "from": "2024-01-08", "to": "2024-01-09", "kind": "leave"}])
    write_table(tmp_path, "holidays", [{"date": "2024-01-10"}])
    write_table(tmp_path, "meetings", [{"team": "north", "weekday": "Tue", "hour": "9:30"}])
    workforce = read_folder(tmp_path)[0].workforce
    assert (workforce.absences[0].last_day, workforce.holidays) == (date(2024, 1, 9), {date(2024, 1, 10)})
    assert (workforce.meetings[0].weekday, workforce.meetings[0].minutes) == (2, 570)


def test_a_mapping_beats_what_names_and_values_propose(tmp_path: Path) -> None:
    rows = [{"wer": e["user"], "user": "nobody", "ts": e["ts"], "was": "Neuanlage"} for e in a_log(weeks=2)]
    write_table(tmp_path, "protokoll", rows)
    tree = {
        "events": {
            "file": "protokoll.csv",
            "columns": {"user": "wer", "action": "was"},
            "values": {"action": {"Neuanlage": "view"}},
        }
    }
    said, faults = read_mapping(tree)
    with open_backend() as backend:
        events = read_exchange(tmp_path, backend, said).events
        assert events is not None
        found = backend.connection.to_pyarrow(events.select("user", "action").distinct()).to_pylist()
    assert faults == []
    assert {row["user"] for row in found} >= {"alice", "bob"}
    assert {row["action"] for row in found} == {"view"}


def test_a_mapping_that_makes_no_sense_is_refused_with_every_fault() -> None:
    said, faults = read_mapping({"eventz": {}, "users": {"columns": {"shoe_size": "x"}}})
    assert said.tables.keys() == {"users"}
    assert [fault.code for fault in faults] == ["unknown_kind", "unknown_column"]
    assert read_mapping(None) == (ExchangeMapping(), [])


def test_parquet_is_read_as_it_is_typed_and_counts_the_same(tmp_path: Path) -> None:
    events = a_log(weeks=3, filled="3", total="4", effective_date="2024-01-01")
    _, by_text = read_folder(write_table(tmp_path / "csv", "events", events))
    (tmp_path / "parquet").mkdir()
    table = pa.Table.from_pylist(events)
    typed = table.set_column(1, "ts", table["ts"].cast(pa.timestamp("us")))
    pq.write_table(typed, tmp_path / "parquet" / "events.parquet")
    _, by_type = read_folder(tmp_path / "parquet")
    assert by_type.table.equals(by_text.table)


def test_parts_of_one_log_are_read_together(tmp_path: Path) -> None:
    events = a_log(weeks=4)
    write_table(tmp_path, "events_2024_01", events[::2])
    _, user_days = read_folder(write_table(tmp_path, "events_2024_02", events[1::2]))
    assert user_days.total("events") == len(events)


def test_events_without_a_user_are_counted_apart(tmp_path: Path) -> None:
    blank = [an_event(name, MONDAY) for name in ("", "  ", "NULL")]
    _, user_days = read_folder(write_table(tmp_path, "events", a_log(weeks=2) + blank))
    assert user_days.blank_events == 3


def test_a_folder_without_events_says_so(tmp_path: Path) -> None:
    exchange, user_days = read_folder(write_table(tmp_path, "prices", [{"article": "a", "price": "3"}]))
    assert [fault.code for fault in exchange.faults] == ["no_events"]
    assert exchange.is_unusable
    assert user_days.table.num_rows == 0


@pytest.mark.parametrize(
    ("said", "deed"),
    [
        (("Opportunity", "Created", None), Deed("deal", "create")),
        ((None, "contact.viewed", None), Deed("contact", "view")),
        ((None, "login", None), Deed("session", "login")),
        (("Сделка", "Изменено", None), Deed("deal", "update")),
        (("Aufgabe", "erledigt", None), Deed("task", "complete")),
        ((None, "A_SUBMITTED", "COMPLETE"), Deed("activity", "update")),
        ((None, "W_Nabellen", "SCHEDULE"), Deed("activity", "schedule")),
    ],
)
def test_other_words_for_what_was_done_are_understood(said: tuple[str | None, ...], deed: Deed) -> None:
    assert read_deed(*said) == deed


def test_only_what_a_person_typed_is_manual() -> None:
    assert [read_source(text) for text in ("Mail sync", "CSV import", "webhook", "mobile", None)] == [
        "sync",
        "import",
        "api",
        "manual",
        "manual",
    ]


def test_every_word_of_the_vocabulary_is_written_as_headers_are_compared() -> None:
    words = [w for kind in COLUMN_WORDS.values() for column in kind.values() for w in column]
    words += [w for kind in TABLE_WORDS.values() for w in kind]
    assert [word for word in words if bare_header(word) != word] == []


def test_separate_columns_for_day_and_time_are_joined(tmp_path: Path) -> None:
    rows = [
        {"user": user, "Datum": day.strftime("%d.%m.%Y"), "Uhrzeit": "23:15"}
        for user in ("a", "b")
        for day in working_days()
    ]
    exchange, user_days = read_folder(write_table(tmp_path, "anmeldungen", rows))
    assert set(user_days.table["hours"].to_pylist()) == {1 << 23}
    assert exchange.has_clock


def test_days_that_only_later_rows_carry_are_read_all_the_same(tmp_path: Path) -> None:
    first = [an_event(f"user{n % 40}", day, effective_date="") for n in range(110) for day in working_days()]
    later = [an_event("alice", MONDAY, effective_date="2023-12-20") for _ in range(100)]
    _, user_days = read_folder(write_table(tmp_path, "events", first + later))
    assert (user_days.total("dated"), user_days.total("late")) == (100, 100)
