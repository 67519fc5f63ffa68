"""The people of a rollout as the exchange format knows them: users, absences, holidays, meetings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from implement.engine.exchange.faults import ExchangeFault
from implement.engine.exchange.headers import bare_header
from implement.engine.exchange.instants import InstantForm, read_day, recognise_instants

Row = Mapping[str, str | None]

_WEEKDAY_STARTS = (
    ("mo", "po", "pn", "пн", "пон"), ("tu", "di", "wt", "вт"), ("we", "mi", "sr", "ср"),
    ("th", "do", "cz", "чт", "чет"),
    ("fr", "pt", "pi", "пт", "пят"), ("sa", "sob", "сб", "суб"), ("su", "so", "nd", "ni", "вс", "вос"),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """One user of the CRM as the firm lists it; what is not known is None, `weekdays` are 1 (Monday) to 7."""

    user: str
    team: str | None = None
    role: str | None = None
    wave: str | None = None
    fte: float | None = None
    head: str | None = None
    go_live: date | None = None
    hired: date | None = None
    left: date | None = None
    weekdays: frozenset[int] | None = None
    is_listed: bool = True


@dataclass(frozen=True)
class Absence:
    """A span of days off, both ends included."""

    user: str
    first_day: date
    last_day: date
    kind: str | None = None


@dataclass(frozen=True)
class Meeting:
    """A team's weekly meeting, in the firm's local time."""

    team: str
    weekday: int
    minutes: int


@dataclass(frozen=True)
class Workforce:
    """Everybody who may use the CRM, and when they were there to do so."""

    people: tuple[Person, ...] = ()
    absences: tuple[Absence, ...] = ()
    holidays: frozenset[date] = frozenset()
    meetings: tuple[Meeting, ...] = ()
    has_absences: bool = False
    has_holidays: bool = False
    own_holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    """Further holidays by user, where they differ between teams."""


@dataclass
class RowReader:
    """Reads the rows of one table and keeps what cannot be read, by row and column."""

    file: str
    columns: Mapping[str, str]
    rows: list[Row]
    faults: list[ExchangeFault] = field(default_factory=list)
    forms: dict[str, InstantForm | None] = field(default_factory=dict)

    def text(self, row: Row, name: str) -> str | None:
        """One cell without blanks around it; None when empty or not there."""
        value = (row.get(name) or "").strip()
        return value or None

    def day(self, number: int, row: Row, name: str) -> date | None:
        """One day in the form its column is written in."""
        if name not in self.forms:
            self.forms[name] = recognise_instants(each.get(name) for each in self.rows)
        value = self.text(row, name)
        found = read_day(value, self.forms[name])
        if value is not None and found is None:
            self.report(number, name, "day_unreadable", value)
        return found

    def demand(self, number: int, row: Row, *names: str) -> bool:
        """True when these cells are filled; what is missing in a row that holds anything is reported."""
        missing = [name for name in names if self.text(row, name) is None]
        if len(missing) < len(names) or any(self.text(row, name) for name in self.columns):
            for name in missing:
                self.report(number, name, "value_missing")
        return not missing

    def report(self, number: int, name: str | None, code: str, *values: str) -> None:
        """Keep one fault."""
        self.faults.append(ExchangeFault(self.file, number, self.columns.get(name or ""), code, values))


def read_people(reader: RowReader) -> tuple[Person, ...]:
    """Read the list of users; a user listed twice counts once and is reported."""
    people: dict[str, Person] = {}
    for number, row in enumerate(reader.rows, start=1):
        user = plain_user(reader.text(row, "user"))
        if user is None:
            continue
        if user in people:
            reader.report(number, "user", "user_twice", user)
            continue
        people[user] = Person(
            user=user,
            team=reader.text(row, "team"),
            role=reader.text(row, "role"),
            wave=reader.text(row, "wave"),
            fte=_read_fte(reader, number, row),
            head=plain_user(reader.text(row, "manager")),
            go_live=reader.day(number, row, "go_live"),
            hired=reader.day(number, row, "hired"),
            left=reader.day(number, row, "left"),
            weekdays=read_weekdays(reader.text(row, "work_days")),
        )
    return tuple(people.values())


def read_absences(reader: RowReader) -> tuple[Absence, ...]:
    """Read days off; without a last day it is the first, and an end before the start is reported."""
    found = []
    for number, row in enumerate(reader.rows, start=1):
        user, first = plain_user(reader.text(row, "user")), reader.day(number, row, "from")
        last = reader.day(number, row, "to") or first
        if not reader.demand(number, row, "user", "from") or user is None or first is None or last is None:
            continue
        if last < first:
            reader.report(number, "to", "absence_reversed", user)
            continue
        found.append(Absence(user, first, last, reader.text(row, "kind")))
    return tuple(found)


def read_holidays(reader: RowReader) -> frozenset[date]:
    """Read the days on which the firm does not work."""
    days = (reader.day(number, row, "date") for number, row in enumerate(reader.rows, start=1))
    return frozenset(day for day in days if day is not None)


def read_meetings(reader: RowReader) -> tuple[Meeting, ...]:
    """Read each team's weekly meeting."""
    found = []
    for number, row in enumerate(reader.rows, start=1):
        if not reader.demand(number, row, "team", "weekday", "hour"):
            continue
        weekdays, minutes = read_weekdays(reader.text(row, "weekday")), read_clock(reader.text(row, "hour"))
        if not weekdays:
            reader.report(number, "weekday", "weekday_unreadable", reader.text(row, "weekday") or "")
        if minutes is None:
            reader.report(number, "hour", "time_unreadable", reader.text(row, "hour") or "")
        if weekdays and minutes is not None:
            found += [Meeting(reader.text(row, "team") or "", weekday, minutes) for weekday in sorted(weekdays)]
    return tuple(found)


def read_clock(text: str | None) -> int | None:
    """Read `9`, `9:30` or `09:30:00` as minutes of the day; None when it is none."""
    clock = re.match(r"^(\d{1,2})(?::(\d\d))?(?::\d\d)?(?:\.0)?$", text or "")
    if clock is None or int(clock[1]) > 23 or int(clock[2] or 0) > 59:
        return None
    return int(clock[1]) * 60 + int(clock[2] or 0)


def read_weekdays(text: str | None) -> frozenset[int] | None:
    """Read `12345`, `1,2,3`, `Mon-Fri` or `пн,вт` as weekdays from 1 (Monday) to 7."""
    if text is None:
        return None
    digits = re.findall(r"[1-7]", text)
    if digits and not re.search(r"[^\W\d]", text):
        span = re.fullmatch(r"\s*([1-7])\s*-\s*([1-7])\s*", text)
        return frozenset(range(int(span[1]), int(span[2]) + 1)) if span else frozenset(map(int, digits))
    days: set[int] = set()
    for part in re.split(r"[,;/ ]+", text):
        ends = [day for name in re.split(r"[-–]", part) if (day := _weekday(name))]
        days.update(range(ends[0], ends[-1] + 1) if len(ends) > 1 else ends)
    return frozenset(days) or None


def days_between(first_day: date, last_day: date) -> Iterable[date]:
    """Every day from the first to the last, both included."""
    return (first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1))


def plain_user(user: str | None) -> str | None:
    """A user id as events write it: without blanks around it and without the `.0` of a number."""
    return re.sub(r"^(\d+)\.0$", r"\1", user.strip()) or None if user else None


def _weekday(name: str) -> int | None:
    bare = bare_header(name)
    fits = [
        (len(start), day)
        for day, starts in enumerate(_WEEKDAY_STARTS, start=1)
        for start in starts
        if bare.startswith(start)
    ]
    return max(fits)[1] if fits else None


def _read_fte(reader: RowReader, number: int, row: Row) -> float | None:
    """Read a share of full time: 0.8, 0,8, 80 % and 80 are the same."""
    text = reader.text(row, "fte")
    if text is None:
        return None
    plain = text.rstrip(" %").replace(",", ".")
    if not re.fullmatch(r"\d*\.?\d+", plain):
        reader.report(number, "fte", "number_unreadable", text)
        return None
    share = float(plain)
    return min(1.0, share / 100 if share > 2 else share)
