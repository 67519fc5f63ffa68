"""Records just before the own team's meeting, and edits that changed nothing: from a log in numbers, or by Spark."""

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from implement.engine.exchange import Exchange, Workforce
from implement.engine.resistance.settings import HabitSettings
from implement.engine.usage.coding import IDLE, CodedLog
from implement.engine.usage.days import EPOCH
from implement.engine.usage.rules import is_idle, is_recorded
from implement.engine.usage.tallies import Rows, read_rows

MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
THURSDAY = 3 * MINUTES_A_DAY
"""1970-01-01 was one; minutes of the week begin on Monday."""

Whole = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


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


def tally_moments(log: CodedLog, exchange: Exchange, as_of: date, settings: HabitSettings) -> pa.Table:
    """Both counts for every user of a log in numbers."""
    meetings = _lay_out_meetings(log, exchange)
    first, last = (as_of - EPOCH).days - settings.window_days + 1, (as_of - EPOCH).days
    counted = {"eve": np.zeros(len(log.users), np.int64), "idle": np.zeros(len(log.users), np.int64)}
    for rows, _ in read_rows(log):
        kind, is_recent = rows.column("kind"), (rows.user >= 0) & (rows.day >= first) & (rows.day <= last)
        recorded = np.flatnonzero(is_recent & log.marks["records"][kind])
        eves = recorded[_is_eve(rows, recorded, meetings, settings)]
        idle = np.flatnonzero(is_recent & log.marks[IDLE][kind])
        counted["eve"] += np.bincount(rows.user[eves], minlength=len(log.users))
        counted["idle"] += np.bincount(rows.user[idle], minlength=len(log.users))
    return pa.table({"user": pa.array(log.users, pa.string()), **counted})


def _lay_out_meetings(log: CodedLog, exchange: Exchange) -> list[tuple[Whole, Marks]]:
    """The first, second … meeting of each user's team, and whether there is one."""
    minutes = meeting_minutes(exchange.workforce) if exchange.has_clock else {}
    own = [minutes.get(user, ()) for user in log.users]
    found = []
    for number in range(max(map(len, own), default=0)):
        at = np.array([each[number] if number < len(each) else -1 for each in own], np.int64)
        found.append((at, at >= 0))
    return found


def _is_eve(rows: Rows, chosen: Whole, meetings: list[tuple[Whole, Marks]], settings: HabitSettings) -> Marks:
    user, minute = rows.user[chosen], (rows.minute[chosen] + THURSDAY) % MINUTES_A_WEEK
    found = np.zeros(len(chosen), bool)
    for at, is_held in meetings:
        ahead = (at[user] - minute) % MINUTES_A_WEEK
        found |= is_held[user] & (ahead > 0) & (ahead <= settings.meeting_eve_minutes)
    return found


def count_moments(events: ir.Table, exchange: Exchange, as_of: date, settings: HabitSettings) -> ir.Table:
    """Both counts by the table engine, from the events of the last weeks."""
    joined, meetings = _join_meetings(events, exchange.workforce) if exchange.has_clock else (events, 0)
    recent = joined.filter(joined.day >= as_of - timedelta(days=settings.window_days - 1))
    minute, is_eve = minute_of_week(recent.at), ibis.literal(False)
    for number in range(meetings):
        ahead = (recent[f"meeting_{number}"] - minute + MINUTES_A_WEEK) % MINUTES_A_WEEK
        is_eve = is_eve | ((ahead > 0) & (ahead <= settings.meeting_eve_minutes)).fill_null(False)
    return recent.group_by("user").aggregate(
        eve=recent.count(where=is_recorded(recent, exchange.columns) & is_eve),
        idle=recent.count(where=is_idle(recent, exchange.columns)),
    )


def minute_of_week(at: ir.TimestampValue) -> ir.IntegerValue:
    """Minutes since Monday 0:00."""
    return at.day_of_week.index() * MINUTES_A_DAY + at.hour() * 60 + at.minute()


def _join_meetings(events: ir.Table, workforce: Workforce) -> tuple[ir.Table, int]:
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
