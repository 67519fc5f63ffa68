"""Habits that the roll-up by day cannot show: one pass over the last weeks of a log, to one row per user."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from implement.engine.backend import Backend
from implement.engine.exchange import Exchange
from implement.engine.resistance.beside import count_known_orders, find_lost_searches
from implement.engine.resistance.moments import count_moments, meeting_minutes, tally_moments
from implement.engine.resistance.settings import HabitSettings
from implement.engine.usage.coding import CodedLog, code_log
from implement.engine.usage.rules import is_attributed, is_recorded

Values = npt.NDArray[np.float64]

HABIT_COUNTERS = ("notes", "repeated", "staged", "jumped", "eve", "idle", "orders", "known_orders", "searches")


@dataclass(frozen=True)
class Habits:
    """Counts per user as of a day; `told` names the signals the log and the tables beside it can tell of."""

    counts: Mapping[str, Mapping[str, int]]
    told: frozenset[str]
    lost_searches: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    def of(self, user: str, counter: str) -> int:
        """One counter of a user; 0 when there is nothing."""
        return self.counts.get(user, {}).get(counter, 0)

    def of_all(self, users: Sequence[str], counters: Sequence[str]) -> dict[str, Values]:
        """Some counters of some users, in their order."""
        rows = [self.counts.get(user, {}) for user in users]
        return {name: np.array([row.get(name, 0) for row in rows], np.float64) for name in counters}

    def rename(self, names: Mapping[str, str]) -> "Habits":
        """The same habits under other ids, by the ids in lower case; what two ids of one person did adds up."""
        counts: dict[str, dict[str, int]] = {}
        searches: dict[str, tuple[date, ...]] = {}
        for user, name in ((user, names.get(user.strip().casefold())) for user in self.counts):
            if name is None:
                continue
            own = counts.setdefault(name, {})
            for counter, count in self.counts[user].items():
                own[counter] = own.get(counter, 0) + count
            searches[name] = (*searches.get(name, ()), *self.lost_searches.get(user, ()))
        return Habits(counts, self.told, searches)


NO_HABITS = Habits({}, frozenset())


def count_habits(
    exchange: Exchange, backend: Backend, as_of: date, settings: HabitSettings, *, log: CodedLog | None = None
) -> Habits:
    """Count repeated notes, jumping deals, records before meetings and idle edits; orders and searches beside them.

    `log` are the events in numbers, where they are already.
    """
    if exchange.events is None or exchange.is_sessions_only:
        return NO_HABITS
    long_ago = as_of - timedelta(days=settings.long_window_days - 1)
    events = backend.adopt(exchange.events)
    recent = events.filter((events.day >= long_ago) & (events.day <= as_of) & events.user.notnull())
    found = [backend.connection.to_pyarrow(each) for each in count_keyed(recent, exchange.columns, as_of, settings)]
    if backend.embedded is backend:
        coded = log or code_log(replace(exchange, events=recent), backend)
        found.append(tally_moments(coded, exchange, as_of, settings))
    else:
        found.append(backend.connection.to_pyarrow(count_moments(recent, exchange, as_of, settings)))
    orders = count_known_orders(exchange, backend.embedded, long_ago, as_of)
    searches = find_lost_searches(recent, exchange, backend)
    counts: dict[str, dict[str, int]] = {row.pop("user"): row for row in found[-1].to_pylist()}
    told = _told_by_columns(exchange) | ({"off_system"} if orders else set()) | ({"lost_data"} if searches else set())
    beside = ({row.pop("user"): row for row in table.to_pylist()} for table in found[:-1])
    for table in (*beside, orders or {}, searches.counts if searches else {}):
        for user, row in table.items():
            counts.setdefault(user, {}).update(row)
    return Habits(counts, frozenset(told), searches.days if searches else {})


def count_keyed(
    events: ir.Table, columns: frozenset[str], as_of: date, settings: HabitSettings
) -> Iterator[ir.Table]:
    """By user: notes and those that repeat one, and deals moved and those that jumped, as far as the log tells."""
    is_stage = _is_stage(events, columns) & is_attributed(events, columns)
    if "text_hash" in columns:
        is_recent = events.day >= as_of - timedelta(days=settings.window_days - 1)
        is_note = (events.text_hash != "") & is_recent & is_recorded(events, columns) & ~is_stage
        notes = events.filter(is_note)
        yield notes.group_by("user").aggregate(notes=notes.count(), repeated=notes.count() - notes.text_hash.nunique())
    if "record_id" in columns:
        staged = events.filter(is_stage)
        by_day = staged.group_by("user", "record_id", "day").aggregate(steps=staged.count())
        deals = by_day.group_by("user", "record_id").aggregate(most=by_day.steps.max())
        yield deals.group_by("user").aggregate(
            staged=deals.count(), jumped=deals.count(where=deals.most >= settings.jump_steps)
        )


def _is_stage(events: ir.Table, columns: frozenset[str]) -> ir.BooleanValue:
    if "record_id" not in columns:
        return ibis.literal(False)
    return (events.object == "deal") & (events.action == "stage") & events.record_id.notnull()


def _told_by_columns(exchange: Exchange) -> set[str]:
    columns, has_meetings = exchange.columns, bool(meeting_minutes(exchange.workforce))
    conditions = {
        "copy": "text_hash" in columns,
        "jump": "record_id" in columns,
        "meeting_eve": exchange.has_clock and has_meetings,
        "idle": "changed" in columns or {"filled", "total"} <= columns,
    }
    return {name for name, holds in conditions.items() if holds}
