"""The usage log in parts: typed events as Parquet, joined so that nothing counts twice, rolled up by user and day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.exchange import Exchange, ExchangeMapping, TableMapping, Workforce, read_exchange
from implement.engine.exchange.reading import find_unreadable_rows
from implement.engine.intake import ROW, Fault, Intake, SourceTable
from implement.engine.usage import UserDays, roll_up
from implement.stages.adoption.found_tables import FoundTable
from implement.store import Store

IDENTITY = ("user", "at", "object", "action", "record_id")
LONGEST_USER = 200
TYPES: dict[str, dt.DataType] = {
    "user": dt.string, "at": dt.Timestamp(scale=6), "day": dt.date, "object": dt.string, "action": dt.string,
    "source": dt.string, "record_id": dt.string, "text_hash": dt.string, "stage_from": dt.string,
    "stage_to": dt.string, "target_user": dt.string, "effective_day": dt.date, "filled": dt.float64,
    "total": dt.float64, "hits": dt.float64, "is_changed": dt.boolean,
}  # fmt: skip
"""Every column a typed event can have; parts that lack one hold NULL there."""

PART, COPIES, BEST = "part", "copies", "best"


@dataclass(frozen=True)
class PartFile:
    """A part of the log: where its events lie and what they can tell."""

    path: Path
    sha256: str
    first_day: date
    last_day: date
    event_count: int
    columns: frozenset[str]
    is_sessions_only: bool = False
    has_clock: bool = True
    is_from_programs: bool = False


@dataclass(frozen=True)
class TypedLog:
    """What came of one table of events: its part, or None when nothing is usable; unreadable rows are counted and the
    first of them listed.
    """

    part: PartFile | None
    faults: tuple[Fault, ...]
    unreadable_events: int = 0
    blank_events: int = 0


@dataclass(frozen=True)
class RolledUp:
    """The roll-up of some days: by user id and day; events that name nobody stand under no user."""

    days: tuple[date, ...]
    rows: pa.Table


def read_table(table: FoundTable, store: Store, backend: Backend, zone: str) -> Exchange:
    """Read one table as what it was confirmed to be, with exactly the confirmed columns."""
    columns = dict(table.columns or {})
    relation = backend.read_parquet(store.path(table.sha256))
    kept = relation.select(ROW, *dict.fromkeys(columns.values()))
    source = SourceTable(table.name, table.file, table.sheet, tuple(kept.columns[1:]), table.row_count, kept, "table")
    said = ExchangeMapping({table.kind: TableMapping(file=table.name, columns=columns)})
    return read_exchange(Intake((source,)), backend, said, zone=zone)


def type_log(
    table: FoundTable, store: Store, backend: Backend, zone: str, since: date | None = None
) -> TypedLog:
    """Turn a table of events into a part of the log; rows without a readable time are left out and counted."""
    return type_exchange(read_table(table, store, backend, zone), table.file, store, backend, since)


def type_exchange(
    exchange: Exchange, file: str, store: Store, backend: Backend, since: date | None = None
) -> TypedLog:
    """Turn events that were read into a part of the log; those from before a day are left aside and told."""
    if exchange.events is None or exchange.is_unusable:
        return TypedLog(None, exchange.faults)
    if since is not None:
        exchange = _leave_aside(exchange, since, file, backend)
    counted = _count_rows(exchange.events, backend)
    listed = find_unreadable_rows(exchange, counted.unreadable, backend)
    faults = (*exchange.faults, *(replace(each, file=file) for each in listed))
    is_told = counted.span is not None and not _has_too_many(exchange, counted)
    part = _keep_part(exchange, counted, store, backend) if is_told else None
    return TypedLog(part, faults, counted.unreadable, counted.blank)


def _leave_aside(exchange: Exchange, since: date, file: str, backend: Backend) -> Exchange:
    """The log without the days of which events have been deleted."""
    events = exchange.events
    assert events is not None
    old = int(backend.connection.to_pyarrow(events.filter(events.day < since).count()).as_py())
    if not old:
        return exchange
    told = Fault(file, None, None, "events_too_old", (str(old), since.isoformat()))
    kept = events.filter((events.day >= since) | events.day.isnull())
    return replace(exchange, events=kept, faults=(*exchange.faults, told))


def roll_up_parts(parts: Sequence[PartFile], days: Sequence[date], backend: Backend) -> RolledUp:
    """Count every event of these days once, whichever and how many parts hold it; on Spark where that is the engine."""
    exchange = join_log(parts, min(days), max(days), backend.embedded)
    if exchange.events is not None and len(days) <= (max(days) - min(days)).days:
        exchange = replace(exchange, events=exchange.events.filter(exchange.events.day.isin(list(days))))
    exchange = keep_joined(exchange, parts, backend)
    rows = _with_nobody(roll_up(exchange, backend), exchange, backend)
    return RolledUp(tuple(days), rows)


def keep_joined(exchange: Exchange, parts: Sequence[PartFile], backend: Backend) -> Exchange:
    """The same log, worked out once where parts that may overlap were held against each other."""
    if exchange.events is None or len(parts) < 2:
        return exchange
    return replace(exchange, events=backend.embedded.keep(exchange.events, "joined"))


def list_days_in(parts: Sequence[PartFile], backend: Backend) -> list[date]:
    """The days that these parts hold events of."""
    tables = [backend.read_parquet(part.path).select("day") for part in parts]
    days = ibis.union(*tables) if len(tables) > 1 else tables[0]
    return sorted(backend.connection.to_pyarrow(days.distinct())["day"].to_pylist())


def count_known(part: PartFile, known: Sequence[PartFile], backend: Backend) -> int:
    """How many events of a part some other part holds as well."""
    others = [each for each in known if each.first_day <= part.last_day and each.last_day >= part.first_day]
    if not others:
        return 0
    tables = [_typed(backend.read_parquet(each.path), 0) for each in others]
    told = ibis.union(*tables) if len(tables) > 1 else tables[0]
    fresh = _typed(backend.read_parquet(part.path), 0)
    same = [fresh[name].identical_to(told[name]) for name in IDENTITY]
    return int(backend.connection.to_pyarrow(fresh.semi_join(told, same).count()).as_py())


def cut_part(part: PartFile, first_day: date, store: Store, backend: Backend) -> PartFile:
    """What a part holds from a day on."""
    exchange = join_log([part], first_day, part.last_day, backend)
    assert exchange.events is not None
    cut = _keep_part(exchange, _count_rows(exchange.events, backend), store, backend)
    assert cut is not None
    return replace(cut, is_from_programs=part.is_from_programs)


def merge_parts(parts: Sequence[PartFile], store: Store, backend: Backend) -> PartFile:
    """Many parts as one, each event once."""
    first, last = min(part.first_day for part in parts), max(part.last_day for part in parts)
    exchange = join_log(parts, first, last, backend)
    assert exchange.events is not None
    merged = _keep_part(exchange, _count_rows(exchange.events, backend), store, backend)
    assert merged is not None
    return replace(merged, is_from_programs=True)


def join_log(parts: Sequence[PartFile], first_day: date, last_day: date, backend: Backend) -> Exchange:
    """The log of these days, each event once."""
    tables = [_typed(backend.read_parquet(part.path), number) for number, part in enumerate(parts)]
    events = ibis.union(*tables) if len(tables) > 1 else tables[0]
    events = events.filter((events.day >= first_day) & (events.day <= last_day))
    events = join_parts(events) if len(tables) > 1 else events.drop(PART)
    return Exchange(
        events=events,
        columns=frozenset[str]().union(*(part.columns for part in parts)),
        workforce=Workforce(), roles=(), notes=(), faults=(),
        is_sessions_only=all(part.is_sessions_only for part in parts),
        has_clock=any(part.has_clock for part in parts),
    )  # fmt: skip


def join_parts(events: ir.Table) -> ir.Table:
    """Take each event from the part that holds it most often, of those from the newest.

    Two parts that overlap tell of the same events; but what one part tells twice happened twice (many systems note
    only the minute or the day).
    """
    same = [events[name] for name in IDENTITY]
    counted = events.mutate(**{COPIES: events.count().over(group_by=[*same, events[PART]])})
    ranked = counted.mutate(**{BEST: counted[COPIES] * ibis.literal(1_000_000, "int64") + counted[PART]})
    best = ranked[BEST].max().over(group_by=[ranked[name] for name in IDENTITY])
    kept = ranked.mutate(most=best)
    return kept.filter(kept[BEST] == kept["most"]).drop(PART, COPIES, BEST, "most")


@dataclass(frozen=True)
class _Counted:
    usable: int
    unreadable: int
    blank: int
    span: tuple[date, date] | None


def _count_rows(events: ir.Table, backend: Backend) -> _Counted:
    has_day = events.day.notnull()
    counted = events.aggregate(
        usable=events.count(where=has_day),
        unreadable=events.count(where=~has_day),
        blank=events.count(where=has_day & events.user.isnull()),
        first=events.day.min(),
        last=events.day.max(),
    )
    row = backend.connection.to_pyarrow(counted).to_pylist()[0]
    span = (row["first"], row["last"]) if row["first"] else None
    return _Counted(row["usable"], row["unreadable"], row["blank"], span)


def _keep_part(exchange: Exchange, counted: _Counted, store: Store, backend: Backend) -> PartFile | None:
    if exchange.events is None or counted.span is None:
        return None
    path = backend.fresh_path(".parquet", "log")
    backend.connection.to_parquet(_sorted(exchange.events), path)
    with path.open("rb") as stream:
        sha256 = store.put(stream).sha256
    columns, told = exchange.columns, (exchange.is_sessions_only, exchange.has_clock)
    return PartFile(store.path(sha256), sha256, *counted.span, counted.usable, columns, *told)


def _has_too_many(exchange: Exchange, counted: _Counted) -> bool:
    """True when so many times cannot be read that the rest tells a wrong story."""
    readable = pa.table({"events": [counted.usable]})
    return UserDays(readable, exchange.columns, unreadable_events=counted.unreadable).has_too_many_unreadable


def _sorted(events: ir.Table) -> ir.Table:
    """The events of a part by day and then in an order of their own, so that the same events make the same file."""
    kept = events.filter(events.day.notnull())
    columns = {name: kept[name].cast(kind) for name, kind in TYPES.items() if name in kept.columns}
    columns["user"] = ibis.ifelse(columns["user"].length() > LONGEST_USER, ibis.null("string"), columns["user"])
    named = kept.select(**columns)
    return named.order_by([named[name] for name in ("day", *(name for name in named.columns if name != "day"))])


def _typed(part: ir.Table, number: int) -> ir.Table:
    columns = {name: part[name].cast(kind) if name in part.columns else ibis.null(kind) for name, kind in TYPES.items()}
    return part.select(**columns, **{PART: ibis.literal(number, "int64")})


def _with_nobody(rolled: UserDays, exchange: Exchange, backend: Backend) -> pa.Table:
    """The roll-up with one row a day for the events that name nobody."""
    events = exchange.events
    if events is None:
        return rolled.table
    adopted = backend.adopt(events)
    blank = adopted.filter(adopted.user.isnull()).group_by("day").aggregate(events=lambda rows: rows.count())
    found = backend.connection.to_pyarrow(blank)
    zeros = pa.array([0] * found.num_rows, pa.int64())
    columns = dict.fromkeys(rolled.table.column_names, zeros)
    columns |= {
        "user": pa.array([""] * found.num_rows, pa.string()),
        "day": found["day"].cast(pa.date32()),
        "events": found["events"].cast(pa.int64()),
    }
    return pa.concat_tables([rolled.table, pa.table(columns).cast(rolled.table.schema)])
