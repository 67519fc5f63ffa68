"""Small logs of a small firm: the same people work every day unless a test says otherwise."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.exchange import Exchange, Workforce, read_exchange
from implement.engine.resistance import DEFAULT_RESISTANCE, count_habits
from implement.engine.scoring import Scoring, score
from implement.engine.usage import UserDays, roll_up

MONDAY = date(2024, 1, 8)
PEOPLE = ("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi")

Event = dict[str, str]


def an_event(user: str, day: date, hour: int = 10, **columns: str) -> Event:
    """A contact created by hand, unless said otherwise."""
    at = datetime.combine(day, time(hour))
    return {"user": user, "ts": at.isoformat(), "object": "contact", "action": "create", "source": "manual"} | columns


def working_days(first_day: date = MONDAY, weeks: int = 10) -> list[date]:
    """Monday to Friday of so many weeks."""
    days = (first_day + timedelta(days=number) for number in range(7 * weeks))
    return [day for day in days if day.isoweekday() <= 5]


def a_log(people: Iterable[str] = PEOPLE, weeks: int = 10, **columns: str) -> list[Event]:
    """Two events a working day for everybody."""
    days = working_days(weeks=weeks)
    return [an_event(user, day, hour, **columns) for user in people for day in days for hour in (9, 15)]


def write_table(folder: Path, name: str, rows: Iterable[Mapping[str, str]]) -> Path:
    """One CSV of the exchange format; columns are those of any row."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return folder


def read_folder(folder: Path, zone: str = "Europe/Berlin") -> tuple[Exchange, UserDays]:
    """Read a folder and roll it up."""
    with open_backend() as backend:
        exchange = read_exchange(folder, backend, zone=zone)
        return exchange, roll_up(exchange, backend)


def score_log(folder: Path, events: Iterable[Event], **tables: list[dict[str, str]]) -> Scoring:
    """Write a log with further tables and score it."""
    write_table(folder, "events", events)
    for name, rows in tables.items():
        write_table(folder, name, rows)
    return score_folder(folder)


def score_folder(folder: Path) -> Scoring:
    """Score a folder as the command does."""
    with open_backend() as backend:
        exchange = read_exchange(folder, backend)
        user_days = roll_up(exchange, backend)
        last_day = user_days.last_day or MONDAY
        habits = count_habits(exchange, backend, last_day, DEFAULT_RESISTANCE.habits)
    return score(user_days, exchange.workforce, habits=habits)


def workforce_of(folder: Path) -> Workforce:
    """The people a folder lists."""
    return read_folder(folder)[0].workforce
