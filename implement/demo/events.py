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
    "target_user", "hits", "stage_from", "stage_to",
)  # fmt: skip
Event = dict[str, str]


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
    Habit.BEREFT: Manner(9, 0.92, 1, 0.85, 0.2),
}
FADED_DAYS = 18
BEREFT_DAYS, SHARE_LEFT = 24, 0.3
STAGES = ("Prospecting", "Engaging", "Won")
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


def write_events(staff: list[Colleague], absences: list[Away], today: date, lost: list[str]) -> bytes:
    """The usage log up to yesterday in the exchange format, as CSV in UTF-8; `lost` are keys the transfer lost."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    first_day = min(one.go_live for one in staff)
    days = [first_day + timedelta(days=n) for n in range((today - first_day).days)]
    for one in staff:
        away = [absence for absence in absences if absence.crm_user == one.crm_user]
        writer.writerows(_live(one, away, days))
        writer.writerows(_answer_tasks(one, staff, days))
        if one.habit is Habit.BEREFT:
            writer.writerows(_seek_lost(one, lost, days[-BEREFT_DAYS]))
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
        is_bereft = one.habit is Habit.BEREFT and (days[-1] - day).days < BEREFT_DAYS
        if chance.random() < manner.day_in_use:
            yield from _work_day(one, manner, day, chance, SHARE_LEFT if is_bereft else 1.0)


def _work_day(one: Colleague, manner: Manner, day: date, chance: Random, share: float) -> Iterator[Event]:
    yield make_event(one, day, chance, "session", "login")
    for number in range(max(1, round(share * chance.gauss(manner.records_a_day, 2)))):
        thing, action = chance.choice(WORK)
        late = chance.randint(0, 2 * manner.days_late) if manner.days_late else 0
        filled = sum(chance.random() < manner.filled for _ in range(FIELDS))
        note = "same" if one.habit is Habit.SPREADSHEET and chance.random() < 0.5 else f"{chance.getrandbits(32):08x}"
        record = f"{thing[0].upper()}{chance.randint(1, 4000)}"
        entered = {"effective_date": (day - timedelta(days=late)).isoformat(), "filled": str(filled)}
        yield make_event(one, day, chance, thing, action, record, **entered, total=str(FIELDS), text_hash=note)
        if number % 3 == 0:
            yield make_event(one, day, chance, thing, "view", record)
    place = chance.randrange(len(STAGES) - 1)
    moved = {"stage_from": STAGES[place], "stage_to": STAGES[place + 1]}
    yield make_event(one, day, chance, "deal", "stage", f"D{chance.randint(1, 4000)}", **moved)
    yield make_event(one, day, chance, "search", "view", f"C{chance.randint(1, 4000)}", hits=str(chance.randint(0, 12)))
    if one.role == "head":
        yield make_event(one, day, chance, "report", "view")
    for _ in range(round(chance.expovariate(1 / manner.help_a_day))):
        yield make_event(one, day, chance, chance.choice(("help", "search")), chance.choice(("view", "error", "undo")))


def _answer_tasks(one: Colleague, staff: list[Colleague], days: list[date]) -> Iterator[Event]:
    """A task a week from the head, done two days later, sometimes handed on or left lying."""
    head = next((other for other in staff if other.name == one.head and other is not one), None)
    chance = Random(f"{SEED}:tasks:{one.crm_user}")
    for number, day in enumerate(day for day in days if head and day >= one.go_live and day.isoweekday() == 2):
        record, answered = f"T-{one.number}-{number}", day + timedelta(days=2)
        yield make_event(head or one, day, chance, "task", "assign", record, target_user=one.crm_user)
        luck = chance.random()
        if answered <= days[-1] and luck < MANNERS[one.habit].day_in_use:
            yield make_event(one, answered, chance, "task", "complete", record)
        elif answered <= days[-1] and luck > 0.97:
            yield make_event(one, answered, chance, "task", "reassign", record, target_user=(head or one).crm_user)


def _seek_lost(one: Colleague, lost: list[str], day: date) -> Iterator[Event]:
    """Three vain searches for records the transfer lost, just before the pace falls."""
    chance = Random(f"{SEED}:lost:{one.crm_user}")
    for number, key in enumerate(lost[:3]):
        yield make_event(one, day - timedelta(days=number), chance, "search", "view", key, hits="0")


def make_event(
    one: Colleague, day: date, chance: Random, thing: str, action: str, record: str = "", **more: str
) -> Event:
    """One event by hand, at some time of the working day."""
    moment = datetime.combine(day, time(8, 0), UTC) + timedelta(minutes=chance.randint(0, 540))
    said = {"user": one.crm_user, "ts": moment.isoformat(), "object": thing, "action": action, "record_id": record}
    return {**said, "source": "manual", **more}


def _machines(days: list[date]) -> Iterator[Event]:
    """A mail robot that never sleeps, and the accounts of those who set the CRM up."""
    for day in days:
        for hour in range(0, 24, 2):
            yield _machine_event("mail-sync", day, hour, "activity", f"M{hour}", "sync")
    for user in ("test", "admin1"):
        for day in days[:10]:
            yield _machine_event(user, day, 9, "contact", "T1", "manual")


def _machine_event(user: str, day: date, hour: int, thing: str, record: str, source: str) -> Event:
    at = datetime.combine(day, time(hour, 5 if source == "sync" else 0), UTC).isoformat()
    return {"user": user, "ts": at, "object": thing, "action": "create", "record_id": record, "source": source}
