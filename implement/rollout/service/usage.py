"""Facts of people's days that several rooms read: who is on the staff, when they were away, what they did."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

import pyarrow as pa
from sqlalchemy import Row, Select, delete, func, insert, select

from implement.db import change_rows, db
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.tables import Absence, Person, Team, UsageDay, Wave
from implement.rollout.tables.usage import NOBODY

BATCH_ROWS = 5_000
DAYS_AT_ONCE = 400
LONGEST_USER = 200
KEPT_APART = ("user", "day", "events", "active_events", "records")


@dataclass(frozen=True)
class StaffMember:
    """Somebody on the staff with team and wave; `go_live` is the wave's first day."""

    person_id: int
    number: str
    crm_user: str
    role: str
    fte: float
    work_days: str
    hired: date | None
    left: date | None
    is_excluded: bool
    exclusion_reason: str
    team_id: int | None
    team: str | None
    head_id: int | None
    wave_id: int | None
    wave: str | None
    go_live: date | None


@dataclass(frozen=True)
class AwaySpan:
    """Days on which somebody was away, both ends inclusive; why they were away is nobody's business here."""

    person_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class AbsencesTaken:
    """What a list of absences changed; `unknown` counts the rows of users who are not on the staff."""

    added: int
    known: int
    unknown: int


@dataclass(frozen=True)
class UsageDayRow:
    """One user's day as it is kept."""

    crm_user: str
    day: date
    events: int
    active_events: int
    records: int
    counts: Mapping[str, int]


def list_staff(rollout_id: int) -> list[StaffMember]:
    """Everybody on the staff, in the order they were taken over; read once while nothing is written."""
    return list(while_unchanged(("staff", rollout_id), lambda: _read_staff(rollout_id)))


def list_absences(rollout_id: int, person_id: int | None = None) -> list[AwaySpan]:
    """When people were away, of everybody or of one."""
    asked = (
        select(Absence.person_id, Absence.first_day, Absence.last_day)
        .join(Person, Person.id == Absence.person_id)
        .where(Person.rollout_id == rollout_id)
        .order_by(Absence.person_id, Absence.first_day)
    )
    if person_id is not None:
        asked = asked.where(Absence.person_id == person_id)
    return [AwaySpan(*row) for row in db.session.execute(asked)]


def take_over_absences(
    rollout_id: int, spans: Iterable[tuple[str, date, date]], *, by: Actor | None, now: datetime
) -> AbsencesTaken:
    """Add days off of people on the staff, by their CRM user or number; what is known already stays as it is."""
    people = match_users(list_staff(rollout_id))
    known = {(span.person_id, span.first_day, span.last_day) for span in list_absences(rollout_id)}
    listed = list(dict.fromkeys(spans))
    found = [(people[user.casefold()], first, last) for user, first, last in listed if user.casefold() in people]
    fresh = [span for span in dict.fromkeys(found) if span not in known]
    if fresh:
        rows = [{"person_id": who, "first_day": first, "last_day": last, "kind": ""} for who, first, last in fresh]
        db.session.execute(insert(Absence), rows)
        log_write("take_over_absences", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, added=len(rows))
    return AbsencesTaken(len(fresh), len(found) - len(fresh), len(listed) - len(found))


def match_users(staff: Sequence[StaffMember]) -> dict[str, int]:
    """Person by CRM user, else by number, whatever the capitals; an id that fits two people fits nobody."""
    found: dict[str, int] = {}
    for name in ("number", "crm_user"):
        said = [(str(getattr(one, name)).strip().casefold(), one.person_id) for one in staff]
        often = Counter(user for user, _ in said)
        found |= {user: person_id for user, person_id in said if user and often[user] == 1}
    return found


def replace_usage_days(rollout_id: int, days: Sequence[date], rows: pa.Table) -> int:
    """Let these rows be all that is known of these days; the same rows twice are the same days."""
    for start in range(0, len(days), DAYS_AT_ONCE):
        some = days[start : start + DAYS_AT_ONCE]
        change_rows(delete(UsageDay).where(UsageDay.rollout_id == rollout_id, UsageDay.day.in_(some)))
    for batch in _batches(rollout_id, rows):
        db.session.execute(insert(UsageDay), batch)
    return int(rows.num_rows)


def read_usage_days(rollout_id: int, since: date | None = None) -> Iterator[UsageDayRow]:
    """Every user's days since a day, in the order of days."""
    asked = _days(rollout_id).order_by(UsageDay.day, UsageDay.crm_user)
    if since is not None:
        asked = asked.where(UsageDay.day >= since)
    for row in db.session.execute(asked.execution_options(yield_per=BATCH_ROWS)):
        yield _read(row)


def sum_counter(rollout_id: int, name: str, first_day: date, last_day: date) -> dict[str, int]:
    """One of the further counters over some days, by CRM user; added up by the database."""
    here = (UsageDay.rollout_id == rollout_id, UsageDay.day >= first_day, UsageDay.day <= last_day)
    asked = select(UsageDay.crm_user, func.sum(UsageDay.counts[name].as_integer())).where(*here)
    return {user: int(total) for user, total in db.session.execute(asked.group_by(UsageDay.crm_user)) if total}


def list_days_of(rollout_id: int, crm_user: str, first_day: date, last_day: date) -> list[UsageDayRow]:
    """One user's days, the latest first."""
    mine = (UsageDay.crm_user == crm_user, UsageDay.day >= first_day, UsageDay.day <= last_day)
    rows = db.session.execute(_days(rollout_id).where(*mine).order_by(UsageDay.day.desc()))
    return [_read(row) for row in rows]


def span_of_usage(rollout_id: int) -> tuple[date, date] | None:
    """The first and last day of which usage is known."""
    here = UsageDay.rollout_id == rollout_id
    first, last = db.session.execute(select(func.min(UsageDay.day), func.max(UsageDay.day)).where(here)).one()
    return None if first is None else (first, last)


def find_names(person_ids: Iterable[int]) -> dict[int, str]:
    """The names of people; only for pages that may show them."""
    asked = select(Person.id, Person.name).where(Person.id.in_(list(person_ids)))
    return {row.id: row.name for row in db.session.execute(asked)}


def _read_staff(rollout_id: int) -> list[StaffMember]:
    rows = db.session.execute(
        select(
            Person.id, Person.number, Person.crm_user, Person.role, Person.fte, Person.work_days, Person.hired,
            Person.left, Person.is_excluded, Person.exclusion_reason, Team.id, Team.name, Team.head_id, Wave.id,
            Wave.name, Wave.go_live,
        )
        .join(Team, Team.id == Person.team_id, isouter=True)
        .join(Wave, Wave.id == Team.wave_id, isouter=True)
        .where(Person.rollout_id == rollout_id)
        .order_by(Person.id)
    )  # fmt: skip
    return [StaffMember(*row) for row in rows]  # type: ignore[call-arg]


def _days(rollout_id: int) -> Select[str, date, int, int, int, dict[str, Plain]]:
    return select(
        UsageDay.crm_user, UsageDay.day, UsageDay.events, UsageDay.active_events, UsageDay.records, UsageDay.counts
    ).where(UsageDay.rollout_id == rollout_id)


def _read(row: Row[str, date, int, int, int, dict[str, Plain]]) -> UsageDayRow:
    crm_user, day, events, active_events, records, counts = row
    return UsageDayRow(crm_user, day, events, active_events, records, cast(dict[str, int], counts))


def _batches(rollout_id: int, rows: pa.Table) -> Iterator[list[dict[str, object]]]:
    for batch in rows.to_batches(max_chunksize=BATCH_ROWS):
        yield [_kept(rollout_id, row) for row in batch.to_pylist()]


def _kept(rollout_id: int, row: Mapping[str, object]) -> dict[str, object]:
    counts: dict[str, Plain] = {name: int(str(n)) for name, n in row.items() if name not in KEPT_APART and n}
    return {
        "rollout_id": rollout_id,
        "crm_user": str(row["user"] or NOBODY)[:LONGEST_USER],
        "day": row["day"],
        "events": row["events"],
        "active_events": row["active_events"],
        "records": row["records"],
        "counts": counts,
    }
