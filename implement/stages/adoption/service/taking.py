"""Take the confirmed tables of an upload over: events into parts of the log and days, absences, holidays, people.

In three steps, so that nobody waits while it is computed: prepare (read), compute (no database), keep (write).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select, update

from implement.db import db
from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import Exchange, Person
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Fault
from implement.engine.staff import StaffRow
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout, list_waves, plan_wave
from implement.rollout.service.staff import take_over_staff
from implement.rollout.service.usage import (
    AbsencesTaken,
    list_staff,
    match_users,
    replace_usage_days,
    take_over_absences,
)
from implement.stages.adoption.found_tables import FoundTable
from implement.stages.adoption.log_parts import PartFile, RolledUp, TypedLog, read_table, roll_up_parts, type_log
from implement.stages.adoption.service.uploads import get_upload, move_edition, read_edition, tables_of, write_faults
from implement.stages.adoption.tables import LogPart, UsageBasis
from implement.store import Store

NOT_A_FAULT_HERE = {"no_events"}
FATAL = {"required_column_missing", "column_missing", "times_unreadable", "no_usable_events"}


@dataclass(frozen=True)
class Taking:
    """What there is to do, as read from the database."""

    rollout_id: int
    upload_id: int
    edition: int
    zone: str
    tables: tuple[FoundTable, ...]
    known_parts: tuple[PartFile, ...]


@dataclass(frozen=True)
class Taken:
    """What was computed from the tables."""

    parts: tuple[PartFile, ...] = ()
    rolled: RolledUp | None = None
    absences: tuple[tuple[str, date, date], ...] = ()
    holidays: frozenset[date] = frozenset()
    people: tuple[Person, ...] = ()
    faults: tuple[Fault, ...] = ()
    unreadable_events: int = 0
    blank_events: int = 0

    @property
    def is_refused(self) -> bool:
        """True when a table cannot be used at all; then nothing is taken over."""
        has_nothing = not (self.parts or self.absences or self.holidays or self.people)
        return has_nothing or any(fault.code in FATAL for fault in self.faults)


def prepare(rollout_id: int, upload_id: int, store: Store) -> Taking:
    """Read what is confirmed, and the parts of the log that are there already."""
    upload = get_upload(rollout_id, upload_id)
    edition, _ = read_edition(rollout_id)
    tables = tuple(table for table in tables_of(upload) if table.kind)
    zone = get_rollout(rollout_id).timezone
    return Taking(rollout_id, upload_id, edition, zone, tables, tuple(list_parts(rollout_id, store)))


def compute(taking: Taking, store: Store, *, scratch: Path | None = None, progress: Progress = no_progress) -> Taken:
    """Read the tables and roll the days they touch up from every part that holds them."""
    with open_backend(scratch=scratch) as backend:
        logs = []
        for number, table in enumerate(each for each in taking.tables if each.kind == "events"):
            progress("type", number, len(taking.tables))
            logs.append(type_log(table, store, backend, taking.zone))
        others = [read_table(table, store, backend, taking.zone) for table in taking.tables if table.kind != "events"]
        parts = tuple({log.part.sha256: log.part for log in logs if log.part is not None}.values())
        progress("roll up", 0, sum(part.event_count for part in parts))
        rolled = _roll_up(parts, taking.known_parts, backend) if parts else None
    return _gather(Taken(parts, rolled), logs, others)


def _gather(taken: Taken, logs: Sequence[TypedLog], others: Sequence[Exchange]) -> Taken:
    faults = [fault for log in logs for fault in log.faults]
    faults += [fault for exchange in others for fault in exchange.faults]
    faults += [Fault("", None, None, "no_usable_events") for log in logs if log.part is None]
    workforces = [exchange.workforce for exchange in others]
    return replace(
        taken,
        absences=tuple((a.user, a.first_day, a.last_day) for one in workforces for a in one.absences),
        holidays=frozenset[date]().union(*(one.holidays for one in workforces)),
        people=tuple(person for one in workforces for person in one.people),
        faults=tuple(fault for fault in faults if fault.code not in NOT_A_FAULT_HERE),
        unreadable_events=sum(log.unreadable_events for log in logs),
        blank_events=sum(log.blank_events for log in logs),
    )


def keep(taking: Taking, taken: Taken, *, by: Actor, now: datetime) -> dict[str, Plain] | None:
    """Write what was computed; None when somebody else changed the basis meanwhile, and it must be computed anew."""
    if not move_edition(taking.rollout_id, taking.edition):
        return None
    fresh = _keep_parts(taking, taken)
    if taken.rolled is not None:
        rolled = taken.rolled
        replace_usage_days(taking.rollout_id, rolled.first_day, rolled.last_day, rolled.rows)
    added = _add_people(taking.rollout_id, taken.people, by=by, now=now)
    absences = take_over_absences(taking.rollout_id, taken.absences, by=by, now=now)
    _add_holidays(taking.rollout_id, taken.holidays)
    outcome = {**_count_events(taken, len(fresh)), **_count_absences(absences), "people_added": added}
    outcome["holidays"] = len(taken.holidays)
    upload = get_upload(taking.rollout_id, taking.upload_id)
    upload.outcome, upload.faults = outcome, write_faults(taken.faults)
    log_write("take_usage", f"upload:{upload.id}", by=by, now=now, rollout_id=taking.rollout_id, **outcome)
    return outcome


def list_parts(rollout_id: int, store: Store) -> list[PartFile]:
    """The parts of the log in the order they came."""
    rows = db.session.scalars(select(LogPart).where(LogPart.rollout_id == rollout_id).order_by(LogPart.id))
    return [
        PartFile(
            store.path(row.sha256), row.sha256, row.first_day, row.last_day, row.event_count,
            frozenset(str(name) for name in row.columns), row.is_sessions_only, row.has_clock,
        )
        for row in rows
    ]  # fmt: skip


def _roll_up(parts: Sequence[PartFile], known: Sequence[PartFile], backend: Backend) -> RolledUp:
    first = min(part.first_day for part in parts)
    last = max(part.last_day for part in parts)
    both = {part.sha256: part for part in (*known, *parts)}
    touched = [part for part in both.values() if part.first_day <= last and part.last_day >= first]
    return roll_up_parts(touched, first, last, backend)


def _keep_parts(taking: Taking, taken: Taken) -> list[LogPart]:
    known = {part.sha256 for part in taking.known_parts}
    fresh = [
        LogPart(
            rollout_id=taking.rollout_id, upload_id=taking.upload_id, sha256=part.sha256, first_day=part.first_day,
            last_day=part.last_day, event_count=part.event_count, columns=sorted(part.columns),
            is_sessions_only=part.is_sessions_only, has_clock=part.has_clock,
        )
        for part in taken.parts
        if part.sha256 not in known
    ]  # fmt: skip
    db.session.add_all(fresh)
    db.session.flush()
    return fresh


def _add_people(rollout_id: int, people: Sequence[Person], *, by: Actor, now: datetime) -> int:
    """Add listed users who are not on the staff yet; whoever is there stays as the staff list says."""
    known = match_users(list_staff(rollout_id))
    fresh = {one.user: one for one in people if one.user.casefold() not in known}
    rows = [_staff_row(number, one) for number, one in enumerate(fresh.values(), start=1)]
    if rows:
        take_over_staff(rollout_id, rows, by=by, now=now)
        _plan_waves(rollout_id, people, by=by, now=now)
    return len(rows)


def _plan_waves(rollout_id: int, people: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """Give waves without a first day the one that is listed for their people."""
    listed = [(person.wave, person.go_live) for person in people if person.go_live is not None]
    for wave in list_waves(rollout_id):
        days = [go_live for name, go_live in listed if name == wave.name]
        if wave.go_live is None and days:
            plan_wave(wave, go_live=min(days), by=by, now=now)


def _staff_row(number: int, person: Person) -> StaffRow:
    weekdays = "".join(str(day) for day in sorted(person.weekdays or ())) or "12345"
    return StaffRow(
        row=number, number=person.user, name=person.user, email="", crm_user=person.user, role=person.role or "",
        team=person.team or "", head="", wave=person.wave or "", fte=person.fte or 1.0, work_days=weekdays,
        hired=person.hired, left=person.left,
    )  # fmt: skip


def _add_holidays(rollout_id: int, holidays: frozenset[date]) -> None:
    if not holidays:
        return
    _, known = read_edition(rollout_id)
    days: list[Plain] = [day.isoformat() for day in sorted(known | holidays)]
    db.session.execute(update(UsageBasis).where(UsageBasis.rollout_id == rollout_id).values(holidays=days))


def _count_events(taken: Taken, new_parts: int) -> dict[str, Plain]:
    parts = taken.parts
    return {
        "events": sum(part.event_count for part in parts),
        "new_parts": new_parts,
        "known_parts": len(parts) - new_parts,
        "first_day": str(min(part.first_day for part in parts)) if parts else None,
        "last_day": str(max(part.last_day for part in parts)) if parts else None,
        "unreadable": taken.unreadable_events,
        "blank": taken.blank_events,
    }


def _count_absences(absences: AbsencesTaken) -> dict[str, Plain]:
    return {
        "absences_added": absences.added,
        "absences_known": absences.known,
        "absences_unknown": absences.unknown,
    }
