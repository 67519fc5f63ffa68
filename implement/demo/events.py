"""What the demonstration's people do in the CRM, day by day, simulated from a fixed seed; robots and test accounts
among them.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from implement.demo.people import Colleague, Habit

SEED = 11
HEADER = (
    "user", "ts", "object", "action", "record_id", "source", "effective_date", "filled", "total", "text_hash",
)  # fmt: skip
Event = tuple[str, str, str, str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Manner:
    """How a habit shows: records a day, chance of a day in the CRM, days until entry, share of filled fields, cries
    for help.
    """

    records_a_day: float
    day_in_use: float
    days_late: int
    filled: float
    help_a_day: float


MANNERS = {
    Habit.KEEN: Manner(14, 0.97, 0, 0.95, 0.1),
    Habit.STEADY: Manner(9, 0.92, 1, 0.85, 0.2),
    Habit.SPREADSHEET: Manner(4, 0.35, 8, 0.55, 0.1),
    Habit.OVERWHELMED: Manner(4, 0.8, 2, 0.4, 3.0),
    Habit.FADING: Manner(8, 0.9, 1, 0.8, 0.3),
}
FADED_DAYS = 18
FIELDS = 12
WORK = (
    ("contact", "create"),
    ("contact", "update"),
    ("deal", "update"),
    ("activity", "create"),
    ("activity", "create"),
)


@dataclass(frozen=True)
class Away:
    """Days somebody was away, both ends inclusive."""

    crm_user: str
    first_day: date
    last_day: date
    kind: str


def list_absences(staff: list[Colleague], today: date) -> list[Away]:
    """A fortnight's leave for every sixth, and one long illness."""
    leaves = [
        Away(one.crm_user, today - timedelta(days=24 + place), today - timedelta(days=11 + place), "leave")
        for place, one in enumerate(staff[::6])
    ]
    ill = staff[14]
    return [*leaves, Away(ill.crm_user, today - timedelta(days=40), today - timedelta(days=1), "sickness")]


def write_events(staff: list[Colleague], absences: list[Away], today: date) -> bytes:
    """The usage log up to yesterday in the exchange format, as CSV in UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    first_day = min(one.go_live for one in staff)
    days = [first_day + timedelta(days=n) for n in range((today - first_day).days)]
    for one in staff:
        writer.writerows(_live(one, [away for away in absences if away.crm_user == one.crm_user], days))
    writer.writerows(_machines(days))
    return text.getvalue().encode()


def write_absences(absences: list[Away]) -> bytes:
    """The absences in the exchange format."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("user", "from", "to", "kind"))
    writer.writerows((a.crm_user, a.first_day.isoformat(), a.last_day.isoformat(), a.kind) for a in absences)
    return text.getvalue().encode()


def _live(one: Colleague, absences: list[Away], days: list[date]) -> Iterator[Event]:
    chance, manner = Random(f"{SEED}:{one.crm_user}"), MANNERS[one.habit]
    for day in days:
        away = any(absence.first_day <= day <= absence.last_day for absence in absences)
        faded = one.habit is Habit.FADING and (days[-1] - day).days < FADED_DAYS
        if away or faded or day < one.go_live or str(day.isoweekday()) not in one.work_days:
            continue
        if chance.random() < manner.day_in_use:
            yield from _work_day(one, manner, day, chance)


def _work_day(one: Colleague, manner: Manner, day: date, chance: Random) -> Iterator[Event]:
    yield _event(one, day, chance, "session", "login")
    for number in range(max(1, round(chance.gauss(manner.records_a_day, 2)))):
        thing, action = chance.choice(WORK)
        late = chance.randint(0, 2 * manner.days_late) if manner.days_late else 0
        filled = sum(chance.random() < manner.filled for _ in range(FIELDS))
        note = "same" if one.habit is Habit.SPREADSHEET and chance.random() < 0.5 else f"{chance.getrandbits(32):08x}"
        record = f"{thing[0].upper()}{chance.randint(1, 4000)}"
        effective = (day - timedelta(days=late)).isoformat()
        yield _event(one, day, chance, thing, action, record, effective, str(filled), str(FIELDS), note)
        if number % 3 == 0:
            yield _event(one, day, chance, thing, "view", record)
    for _ in range(round(chance.expovariate(1 / manner.help_a_day))):
        yield _event(one, day, chance, chance.choice(("help", "search")), chance.choice(("view", "error", "undo")))


def _event(
    one: Colleague, day: date, chance: Random, thing: str, action: str, record: str = "", effective: str = "",
    filled: str = "", total: str = "", note: str = "",
) -> Event:  # fmt: skip
    moment = datetime.combine(day, time(8, 0), UTC) + timedelta(minutes=chance.randint(0, 540))
    return (one.crm_user, moment.isoformat(), thing, action, record, "manual", effective, filled, total, note)


def _machines(days: list[date]) -> Iterator[Event]:
    """A mail robot that never sleeps, and the accounts of those who set the CRM up."""
    for day in days:
        for hour in range(0, 24, 2):
            moment = datetime.combine(day, time(hour, 5), UTC).isoformat()
            yield ("mail-sync", moment, "activity", "create", f"M{hour}", "sync", "", "", "", "")
    for user in ("test", "admin1"):
        for day in days[:10]:
            yield (
                user,
                datetime.combine(day, time(9, 0), UTC).isoformat(),
                "contact",
                "create",
                "T1",
                "manual",
                "",
                "",
                "",
                "",
            )
