"""Take the confirmed tables of an upload over: events into parts of the log and days, and the lists beside them.

In three steps, so that nobody waits while it is computed: prepare (read), compute (no database), keep (write).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import Exchange, ListedCalls, Order, join_calls, list_calls, list_orders
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Fault
from implement.jobs import Plain
from implement.rollout.service.files import doom_files
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.usage import replace_usage_days
from implement.stages.adoption.found_tables import FoundTable
from implement.stages.adoption.log_parts import PartFile, RolledUp, TypedLog, read_table, type_log
from implement.stages.adoption.service.counted_staff import note_counted
from implement.stages.adoption.service.examples import list_agreed
from implement.stages.adoption.service.lists import NO_LISTS, Lists, keep_lists
from implement.stages.adoption.service.parts import keep_parts, list_parts, roll_up_touched
from implement.stages.adoption.service.uploads import (
    forget_files,
    get_upload,
    move_edition,
    read_edition,
    read_events_from,
    tables_of,
    write_faults,
)
from implement.store import Store

NOT_A_FAULT_HERE = {"no_events"}
FATAL = {"required_column_missing", "column_missing", "times_unreadable", "no_usable_events"}
TOLD_ONLY = {"user_twice"}


@dataclass(frozen=True)
class Taking:
    """What there is to do, as read from the database."""

    rollout_id: int
    upload_id: int
    edition: int
    zone: str
    tables: tuple[FoundTable, ...]
    known_parts: tuple[PartFile, ...]
    events_from: date | None = None


@dataclass(frozen=True)
class Taken:
    """What was computed from the tables."""

    parts: tuple[PartFile, ...] = ()
    rolled: RolledUp | None = None
    lists: Lists = NO_LISTS
    faults: tuple[Fault, ...] = ()
    has_torn_rows: bool = False
    unreadable_events: int = 0
    blank_events: int = 0

    @property
    def is_refused(self) -> bool:
        """True when a table cannot be used at all, or a row of a list cannot be read; then nothing is taken over."""
        has_nothing = not self.parts and self.lists.is_empty
        return has_nothing or self.has_torn_rows or any(fault.code in FATAL for fault in self.faults)


def prepare(rollout_id: int, upload_id: int, store: Store) -> Taking:
    """Read what is confirmed, and the parts of the log that are there already."""
    upload = get_upload(rollout_id, upload_id)
    tables = tuple(table for table in tables_of(upload) if table.kind)
    zone = get_rollout(rollout_id).timezone
    parts, since = tuple(list_parts(rollout_id, store)), read_events_from(rollout_id)
    return Taking(rollout_id, upload_id, read_edition(rollout_id), zone, tables, parts, since)


def compute(
    taking: Taking, store: Store, *, engine: str = "duckdb", memory_mb: int = 1024, scratch: Path | None = None,
    progress: Progress = no_progress,
) -> Taken:  # fmt: skip
    """Read the tables and roll the days they touch up from every part that holds them.

    Cells are read by the embedded engine, days are counted by the engine that is set.
    """
    with open_backend(engine, scratch=scratch, memory_mb=memory_mb) as backend:
        files = backend.embedded
        logs = []
        for number, table in enumerate(each for each in taking.tables if each.kind == "events"):
            progress("type", number, len(taking.tables))
            logs.append(type_log(table, store, files, taking.zone, taking.events_from))
        lists = [table for table in taking.tables if table.kind != "events"]
        others = [_read_list(table, read_table(table, store, files, taking.zone), files) for table in lists]
        parts = tuple({log.part.sha256: log.part for log in logs if log.part is not None}.values())
        progress("roll up", 0, sum(part.event_count for part in parts))
        rolled = roll_up_touched(parts, taking.known_parts, backend) if parts else None
    return _gather(Taken(parts, rolled), logs, others)


@dataclass(frozen=True)
class _ReadList:
    """One table beside the log, as it was read."""

    exchange: Exchange
    orders: tuple[Order, ...]
    calls: ListedCalls
    faults: tuple[Fault, ...]


def _read_list(table: FoundTable, exchange: Exchange, backend: Backend) -> _ReadList:
    orders, faults = list_orders(exchange, backend)
    calls, more = list_calls(exchange, backend)
    said = tuple(replace(fault, file=table.file) for fault in (*exchange.faults, *faults, *more))
    return _ReadList(exchange, tuple(orders), calls, said)


def _gather(taken: Taken, logs: Sequence[TypedLog], others: Sequence[_ReadList]) -> Taken:
    faults = [fault for log in logs for fault in log.faults]
    faults += [Fault("", None, None, "no_usable_events") for log in logs if log.part is None]
    beside = [fault for one in others for fault in one.faults]
    workforces = [one.exchange.workforce for one in others]
    return replace(
        taken,
        lists=Lists(
            people=tuple(person for one in workforces for person in one.people),
            absences=tuple((a.user, a.first_day, a.last_day) for one in workforces for a in one.absences),
            holidays=frozenset(day for one in workforces for day in one.holidays),
            meetings=tuple(meeting for one in workforces for meeting in one.meetings),
            orders=tuple(order for one in others for order in one.orders),
            calls=join_calls([one.calls for one in others]),
        ),
        faults=tuple(fault for fault in (*faults, *beside) if fault.code not in NOT_A_FAULT_HERE),
        has_torn_rows=any(fault.row is not None and fault.code not in TOLD_ONLY for fault in beside),
        unreadable_events=sum(log.unreadable_events for log in logs),
        blank_events=sum(log.blank_events for log in logs),
    )


def keep(taking: Taking, taken: Taken, *, by: Actor, now: datetime) -> dict[str, Plain] | None:
    """Write what was computed; None when somebody else changed the basis meanwhile, and it must be computed anew."""
    if not move_edition(taking.rollout_id, taking.edition):
        return None
    known = {part.sha256 for part in taking.known_parts}
    fresh = [part for part in taken.parts if part.sha256 not in known]
    keep_parts(taking.rollout_id, fresh, upload_id=taking.upload_id)
    if taken.rolled is not None:
        replace_usage_days(taking.rollout_id, taken.rolled.days, taken.rolled.rows)
    beside = keep_lists(taking.rollout_id, taken.lists, by=by, now=now)
    outcome = {**_count_events(taken, len(fresh)), **beside}
    note_counted(taking.rollout_id, list_agreed(taking.rollout_id), by=by, now=now)
    upload = get_upload(taking.rollout_id, taking.upload_id)
    upload.outcome, upload.faults = outcome, write_faults(taken.faults)
    if any(table.kind == "calls" for table in taking.tables):
        doom_files(forget_files(upload), now=now)  # they name clients
    log_write("take_usage", f"upload:{upload.id}", by=by, now=now, rollout_id=taking.rollout_id, **outcome)
    return outcome


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
