"""Habits that the roll-up by day cannot show: one pass over the last weeks of a log, to one row per user."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.exchange import Exchange, Workforce
from implement.engine.resistance.beside import count_known_orders, find_lost_searches
from implement.engine.resistance.settings import HabitSettings
from implement.engine.usage.days import is_attributed, is_recorded

Values = npt.NDArray[np.float64]

HABIT_COUNTERS = ("notes", "repeated", "staged", "jumped", "eve", "idle", "orders", "known_orders", "searches")
MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
_NOTE, _STAGE, _OTHER = 1, 2, 0


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


def count_habits(exchange: Exchange, backend: Backend, as_of: date, settings: HabitSettings) -> Habits:
    """Count repeated notes, jumping deals, records before meetings and idle edits; orders and searches beside them."""
    if exchange.events is None or exchange.is_sessions_only:
        return NO_HABITS
    long_ago = as_of - timedelta(days=settings.long_window_days - 1)
    events = backend.adopt(exchange.events)
    recent = events.filter((events.day >= long_ago) & (events.day <= as_of) & events.user.notnull())
    counted = backend.connection.to_pyarrow(count_by_user(recent, exchange, as_of, settings))
    counts: dict[str, dict[str, int]] = {row.pop("user"): row for row in counted.to_pylist()}
    orders = count_known_orders(exchange, backend.embedded, long_ago, as_of)
    searches = find_lost_searches(recent, exchange, backend)
    for table in (orders or {}, searches.counts if searches else {}):
        for user, row in table.items():
            counts.setdefault(user, {}).update(row)
    told = _told_by_columns(exchange) | ({"off_system"} if orders else set()) | ({"lost_data"} if searches else set())
    return Habits(counts, frozenset(told), searches.days if searches else {})


def count_by_user(events: ir.Table, exchange: Exchange, as_of: date, settings: HabitSettings) -> ir.Table:
    """Three steps in one pass: by text or deal and day, by text or deal, by user."""
    marked = _mark(events, exchange, as_of, settings)
    by_day = marked.group_by("user", "kind", "key", "key_day").aggregate(
        rows=marked.count(), eve=marked.count(where=marked.is_eve), idle=marked.count(where=marked.is_idle)
    )
    by_key = by_day.group_by("user", "kind", "key").aggregate(
        rows=by_day.rows.sum(), most=by_day.rows.max(), eve=by_day.eve.sum(), idle=by_day.idle.sum()
    )
    is_note, is_stage = by_key.kind == _NOTE, by_key.kind == _STAGE
    return by_key.group_by("user").aggregate(
        notes=by_key.rows.sum(where=is_note).fill_null(0),
        repeated=(by_key.rows - 1).sum(where=is_note).fill_null(0),
        staged=by_key.count(where=is_stage),
        jumped=by_key.count(where=is_stage & (by_key.most >= settings.jump_steps)),
        eve=by_key.eve.sum(),
        idle=by_key.idle.sum(),
    )


def minute_of_week(at: ir.TimestampValue) -> ir.IntegerValue:
    """Minutes since Monday 0:00."""
    return at.day_of_week.index() * MINUTES_A_DAY + at.hour() * 60 + at.minute()


def meeting_minutes(workforce: Workforce) -> dict[str, tuple[int, ...]]:
    """When each user's team meets, in minutes since Monday 0:00."""
    by_team: dict[str, set[int]] = {}
    for meeting in workforce.meetings:
        by_team.setdefault(meeting.team, set()).add((meeting.weekday - 1) * MINUTES_A_DAY + meeting.minutes)
    return {
        person.user: tuple(sorted(by_team[person.team]))
        for person in workforce.people
        if person.team is not None and person.team in by_team
    }


def is_before_meeting(events: ir.Table, settings: HabitSettings, meetings: int) -> ir.BooleanValue:
    """True in the hours before one of the team's meetings; columns meeting_0, meeting_1 … tell when it meets."""
    minute, found = minute_of_week(events.at), ibis.literal(False)
    for number in range(meetings):
        ahead = (events[f"meeting_{number}"] - minute + MINUTES_A_WEEK) % MINUTES_A_WEEK
        found = found | ((ahead > 0) & (ahead <= settings.meeting_eve_minutes)).fill_null(False)
    return found


def join_meetings(events: ir.Table, workforce: Workforce) -> tuple[ir.Table, int]:
    """Put the minutes of the own team's meetings beside each event; also how many columns that took."""
    minutes = meeting_minutes(workforce)
    most = max((len(each) for each in minutes.values()), default=0)
    if most == 0:
        return events, 0
    columns = {
        f"meeting_{number}": pa.array([m[number] if number < len(m) else None for m in minutes.values()], pa.int64())
        for number in range(most)
    }
    people = ibis.memtable(pa.table({"member": pa.array(list(minutes), pa.string()), **columns}))
    return events.left_join(people, events.user == people.member).drop("member"), most


def _mark(events: ir.Table, exchange: Exchange, as_of: date, settings: HabitSettings) -> ir.Table:
    """Keep the rows that tell something, with what they are grouped by."""
    columns = exchange.columns
    joined, meetings = join_meetings(events, exchange.workforce) if exchange.has_clock else (events, 0)
    is_recent = joined.day >= as_of - timedelta(days=settings.window_days - 1)
    counts, is_record = is_attributed(joined, columns), is_recorded(joined, columns)
    is_stage = _is_stage(joined, columns) & counts
    is_note = _is_note(joined, columns) & is_record & is_recent & ~is_stage
    stage_key = joined.record_id if "record_id" in columns else ibis.null("string")
    note_key = joined.text_hash if "text_hash" in columns else ibis.null("string")
    marked = joined.select(
        user=joined.user,
        kind=ibis.cases((is_stage, _STAGE), (is_note, _NOTE), else_=_OTHER),
        key=ibis.cases((is_stage, stage_key), (is_note, note_key), else_=ibis.null("string")),
        key_day=ibis.ifelse(is_stage, joined.day, ibis.null("date")),
        is_eve=is_record & is_recent & is_before_meeting(joined, settings, meetings),
        is_idle=is_recent & (joined.source == "manual") & ~counts,
    )
    return marked.filter((marked.kind != _OTHER) | marked.is_eve | marked.is_idle)


def _is_stage(events: ir.Table, columns: frozenset[str]) -> ir.BooleanValue:
    if "record_id" not in columns:
        return ibis.literal(False)
    return (events.object == "deal") & (events.action == "stage") & events.record_id.notnull()


def _is_note(events: ir.Table, columns: frozenset[str]) -> ir.BooleanValue:
    return (events.text_hash != "").fill_null(False) if "text_hash" in columns else ibis.literal(False)


def _told_by_columns(exchange: Exchange) -> set[str]:
    columns, has_meetings = exchange.columns, bool(meeting_minutes(exchange.workforce))
    conditions = {
        "copy": "text_hash" in columns,
        "jump": "record_id" in columns,
        "meeting_eve": exchange.has_clock and has_meetings,
        "idle": "changed" in columns or {"filled", "total"} <= columns,
    }
    return {name for name, holds in conditions.items() if holds}
