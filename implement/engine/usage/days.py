"""Roll events up to one row per user and day: the stored form of usage, from which every score is taken."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.exchange import Exchange
from implement.engine.facts import Progress, no_progress
from implement.engine.usage.coding import CodedLog, code_log
from implement.engine.usage.rules import counted_fields, gives_task, is_recorded, rules_of_kinds, rules_of_records
from implement.engine.usage.settings import DEFAULT_SETTINGS, UsageSettings
from implement.engine.usage.tallies import DAYS, EPOCH_AT, tally

COUNTERS = (
    "events", "imported", "active_events", "records", "deal_records", "views", "reports_read", "struggles",
    "dated", "late", "filled", "total", "well_kept", "tasks_given", "tasks_assigned", "tasks_done", "tasks_handed_on",
)  # fmt: skip
"""Whole numbers that add up over parts of a log; those after `imported` count attributed events only."""

EPOCH = date(1970, 1, 1)
MOST_UNREADABLE_SHARE = 0.05
HOURS = "hours"
"""Bit mask of the hours of the day in which the user id did anything; parts are joined by OR."""

SCHEMA = pa.schema(
    [("user", pa.string()), ("day", pa.date32()), *((name, pa.int64()) for name in COUNTERS), (HOURS, pa.int64())]
)


@dataclass(frozen=True)
class UserDays:
    """The roll-up of a log: one row per user id and day, sorted, robots and test ids still among them.

    `columns` are the columns of the exchange format the log had, which tells what could not be counted.
    """

    table: pa.Table
    columns: frozenset[str]
    is_sessions_only: bool = False
    has_clock: bool = True
    blank_events: int = 0
    unreadable_events: int = 0

    @cached_property
    def coded(self) -> "CodedDays":
        """Whose row each is and on which day, in numbers."""
        encoded = self.table["user"].combine_chunks().dictionary_encode()
        days = self.table["day"].cast("int32").to_numpy()
        return CodedDays(encoded.dictionary.to_pylist(), encoded.indices.to_numpy(), days)

    @property
    def first_day(self) -> date | None:
        """The first day anything happened."""
        found: date | None = pc.min(self.table["day"]).as_py()
        return found

    @property
    def last_day(self) -> date | None:
        """The last day anything happened."""
        found: date | None = pc.max(self.table["day"]).as_py()
        return found

    @property
    def all_events(self) -> int:
        """Every row of the log, those without user or time included."""
        return self.total("events") + self.blank_events + self.unreadable_events

    @property
    def has_too_many_unreadable(self) -> bool:
        """True when so many times cannot be read that the rest tells a wrong story."""
        return self.unreadable_events > MOST_UNREADABLE_SHARE * self.all_events

    def total(self, counter: str) -> int:
        """One counter over everybody and every day."""
        return int(pc.sum(self.table[counter]).as_py() or 0)

    def until(self, last_day: date) -> "UserDays":
        """The same roll-up without the days after the last one given."""
        if self.last_day is None or self.last_day <= last_day:
            return self
        kept = self.table.filter(pc.less_equal(self.table["day"], pa.scalar(last_day, pa.date32())))
        return UserDays(
            kept, self.columns, self.is_sessions_only, self.has_clock, self.blank_events, self.unreadable_events
        )


@dataclass(frozen=True)
class CodedDays:
    """The rows of a roll-up in numbers: each one's place in `users`, and its day counted from 1970-01-01."""

    users: list[str]
    user: npt.NDArray[np.int32]
    day: npt.NDArray[np.int32]

    def spans(self, chosen: npt.NDArray[np.bool_] | None = None) -> dict[str, tuple[date, date]]:
        """The first and the last day of everybody in the chosen rows, all rows if nothing is said."""
        user, day = (each if chosen is None else each[chosen] for each in (self.user, self.day))
        first, last = np.full(len(self.users), 2**31 - 1, np.int32), np.full(len(self.users), -(2**31), np.int32)
        np.minimum.at(first, user, day)
        np.maximum.at(last, user, day)
        return {
            self.users[place]: (EPOCH + timedelta(days=int(first[place])), EPOCH + timedelta(days=int(last[place])))
            for place in np.flatnonzero(last >= first)
        }


def roll_up(
    exchange: Exchange,
    backend: Backend,
    settings: UsageSettings = DEFAULT_SETTINGS,
    *,
    log: CodedLog | None = None,
    progress: Progress = no_progress,
) -> UserDays:
    """Count the events of a log per user and day in one pass; `log` are its events in numbers, where they are already.

    The embedded engine writes the log in numbers, which are added up here; Spark adds up by itself, by the same rules.
    """
    if exchange.events is None:
        return merge_user_days([], exchange.columns)
    progress("roll up", 0, 0)
    if backend.embedded is backend:
        rolled = _lay_out(log or code_log(exchange, backend, settings))
    else:
        rolled = _roll_up_elsewhere(exchange, backend, settings)
    return replace(rolled, is_sessions_only=exchange.is_sessions_only, has_clock=exchange.has_clock)


def _lay_out(log: CodedLog) -> UserDays:
    tallied = tally(log, COUNTERS)
    user, day = np.divmod(tallied.days.cells, DAYS)
    users = pa.DictionaryArray.from_arrays(pa.array(user.astype(np.int32)), pa.array(log.users, pa.string()))
    columns = {name: pa.array(tallied.days.counts[:, place]) for place, name in enumerate(COUNTERS)}
    days = pa.array((day - EPOCH_AT).astype(np.int32)).cast(pa.date32())
    told = {"user": users.cast(pa.string()), "day": days, HOURS: pa.array(tallied.days.hours)}
    table = pa.table(told | columns).select(SCHEMA.names).cast(SCHEMA)
    return UserDays(table, log.columns, blank_events=tallied.blank, unreadable_events=tallied.unreadable)


def _roll_up_elsewhere(exchange: Exchange, backend: Backend, settings: UsageSettings) -> UserDays:
    assert exchange.events is not None
    events = backend.adopt(exchange.events)
    parts = [backend.connection.to_pyarrow(count_events(events, exchange.columns, settings))]
    if "target_user" in exchange.columns:
        parts.append(backend.connection.to_pyarrow(count_received_tasks(events)))
    return merge_user_days(parts, exchange.columns)


def count_events(events: ir.Table, columns: frozenset[str], settings: UsageSettings = DEFAULT_SETTINGS) -> ir.Table:
    """Counters and hours per user and day; counted with a condition each, many times faster than sums of noughts."""
    rules, is_record = rules_of_kinds(events, columns), is_recorded(events, columns)
    counted = {name: events.count(where=rule) for name, rule in rules.items()}
    of_records = rules_of_records(events, columns, settings)
    counted |= {name: events.count(where=is_record & rule) for name, rule in of_records.items()}
    counted |= {name: value.sum(where=is_record) for name, value in counted_fields(events, columns).items()}
    hours = (ibis.literal(1, "int64") << events.at.hour().cast("int64")).bit_or()
    return events.group_by("user", "day").aggregate(events=events.count(), **counted, **{HOURS: hours})


def count_received_tasks(events: ir.Table) -> ir.Table:
    """Tasks given to each user per day."""
    received = events.filter(gives_task(events) & events.day.notnull())
    return received.group_by(user=received.target_user, day=received.day).aggregate(tasks_assigned=received.count())


def merge_user_days(parts: Iterable[pa.Table], columns: frozenset[str] = frozenset()) -> UserDays:
    """Add roll-ups of parts of a log together: counters add, hours join; rows without user or day are counted apart."""
    whole = pa.concat_tables([_complete(part) for part in parts] or [SCHEMA.empty_table()])
    blank = pc.and_(pc.is_null(whole["user"]), pc.is_valid(whole["day"]))
    blank_events = pc.sum(whole.filter(blank)["events"]).as_py() or 0
    unreadable = pc.sum(whole.filter(pc.is_null(whole["day"]))["events"]).as_py() or 0
    kept = whole.filter(pc.and_(pc.is_valid(whole["user"]), pc.is_valid(whole["day"])))
    return UserDays(_sum_rows(kept), columns, blank_events=blank_events, unreadable_events=unreadable)


def _complete(part: pa.Table) -> pa.Table:
    """Give a part every column of the roll-up."""
    zeros = pa.array(np.zeros(part.num_rows, np.int64))
    arrays = {name: part[name] if name in part.column_names else zeros for name in SCHEMA.names}
    whole = {name: pc.fill_null(arrays[name], 0).cast("int64", safe=False) for name in (*COUNTERS, HOURS)}
    return pa.table({"user": arrays["user"], "day": arrays["day"], **whole}).cast(SCHEMA)


def _sum_rows(table: pa.Table) -> pa.Table:
    """Join rows of the same user and day and sort them."""
    table = table.sort_by([("user", "ascending"), ("day", "ascending")])
    if table.num_rows < 2:
        return table
    users, days = table["user"].combine_chunks(), table["day"].combine_chunks()
    same = pc.and_(pc.equal(users[1:], users[:-1]), pc.equal(days[1:], days[:-1])).to_numpy(zero_copy_only=False)
    if not same.any():
        return table
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    columns: dict[str, pa.Array] = {"user": users.take(pa.array(starts)), "day": days.take(pa.array(starts))}
    columns |= {name: pa.array(np.add.reduceat(table[name].to_numpy(), starts)) for name in COUNTERS}
    columns[HOURS] = pa.array(np.bitwise_or.reduceat(table[HOURS].to_numpy(), starts))
    return pa.table(columns).cast(SCHEMA)


def add_user_days(one: UserDays, other: UserDays) -> UserDays:
    """Bring a stored roll-up up to date with the roll-up of new events."""
    merged = merge_user_days([one.table, other.table], one.columns | other.columns)
    return UserDays(
        merged.table, merged.columns, one.is_sessions_only and other.is_sessions_only, one.has_clock or other.has_clock,
        one.blank_events + other.blank_events, one.unreadable_events + other.unreadable_events,
    )  # fmt: skip
