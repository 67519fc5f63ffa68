"""Add up a log in numbers: one row per user and day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.usage.coding import GIVES_TASK, CodedLog

ROWS_AT_ONCE = 1_000_000
MOST_WAITING = 3_000_000
MICROSECONDS_A_MINUTE = 60_000_000
HOURS_A_DAY = 24
DAYS = 1 << 24
EPOCH_AT = DAYS // 2
"""A cell is a user's day: the user's number times `DAYS`, and the day counted from 1970-01-01 plus `EPOCH_AT`."""

Whole = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Some rows of a log, all with a time."""

    table: pa.Table

    @cached_property
    def user(self) -> Whole:
        """Whose each is; −1 nobody's."""
        users: Whole = self.table["user"].to_numpy().astype(np.int64)
        return users

    @cached_property
    def minute(self) -> Whole:
        """The minute of each, counted from 1970-01-01."""
        minutes: Whole = self.table["at"].cast(pa.int64()).to_numpy() // MICROSECONDS_A_MINUTE
        return minutes

    @cached_property
    def hour(self) -> Whole:
        """The hour of each, counted from 1970-01-01."""
        return self.minute // 60

    @cached_property
    def day(self) -> Whole:
        """The day of each, counted from 1970-01-01."""
        return self.hour // HOURS_A_DAY

    def column(self, name: str) -> npt.NDArray[np.generic]:
        """A further column."""
        values: npt.NDArray[np.generic] = self.table[name].to_numpy()
        return values


@dataclass(frozen=True)
class Tally:
    """Counters (columns) and the bits of the hours of some cells, sorted by cell."""

    cells: Whole
    counts: Counts
    hours: Counts


@dataclass(frozen=True)
class Tallied:
    """A log added up per user and day, and how many rows have no user or no time that can be read."""

    days: Tally
    blank: int
    unreadable: int


def read_rows(log: CodedLog) -> Iterator[tuple[Rows, int]]:
    """The rows of a log piece by piece, and how many of each piece have no time."""
    for start in range(0, log.rows.num_rows, ROWS_AT_ONCE):
        piece = log.rows.slice(start, ROWS_AT_ONCE)
        told = piece.filter(pc.is_valid(piece["at"])) if piece["at"].null_count else piece
        yield Rows(told), piece.num_rows - told.num_rows


def tally(log: CodedLog, counters: Sequence[str]) -> Tallied:
    """Add up these counters."""
    waiting: list[Tally] = []
    blank = unreadable = 0
    for rows, without_time in read_rows(log):
        unreadable += without_time
        blank += int((rows.user < 0).sum())
        waiting += [_tally_events(rows, log, counters), _tally_received(rows, log, counters)]
        if sum(len(each.cells) for each in waiting) > MOST_WAITING:
            waiting = [_join(waiting, len(counters))]
    return Tallied(_join(waiting, len(counters)), blank, unreadable)


def _tally_events(rows: Rows, log: CodedLog, counters: Sequence[str]) -> Tally:
    """Count by kind of event first, then add the kinds up that count in the same counter."""
    kept = rows.user >= 0
    user, day, kind = rows.user[kept], rows.day[kept], rows.column("kind")[kept]
    cells, place = _number_cells(user * DAYS + day + EPOCH_AT)
    patterns, pattern = _patterns(log, counters)
    by_pattern = np.bincount(place * len(patterns) + pattern[kind], minlength=len(cells) * len(patterns))
    counts = (by_pattern.reshape(len(cells), -1).astype(np.float64) @ patterns).astype(np.int32)
    is_record = log.marks["records"][kind]
    of_record = place[is_record]
    for number, name in enumerate(log.record_rules):
        holds = rows.column("record")[kept][is_record] >> number & 1 == 1
        counts[:, counters.index(name)] = np.bincount(of_record[holds], minlength=len(cells))
    for name in ("filled", "total") if "filled" in log.rows.column_names else ():
        fields = rows.column(name)[kept][is_record]
        counts[:, counters.index(name)] = np.bincount(of_record, weights=fields, minlength=len(cells))
    return Tally(cells, counts, _hours_seen(place, rows.hour[kept] % HOURS_A_DAY, len(cells)))


def _tally_received(rows: Rows, log: CodedLog, counters: Sequence[str]) -> Tally:
    """Tasks given to each user."""
    if GIVES_TASK not in log.marks:
        return _nothing(len(counters))
    given = np.flatnonzero(log.marks[GIVES_TASK][rows.column("kind")])
    receiver = rows.column("target")[given].astype(np.int64)
    cells, place = _number_cells(receiver * DAYS + rows.day[given] + EPOCH_AT)
    counts = np.zeros((len(cells), len(counters)), np.int32)
    counts[:, counters.index("tasks_assigned")] = np.bincount(place, minlength=len(cells))
    return Tally(cells, counts, np.zeros(len(cells), np.int32))


def _patterns(log: CodedLog, counters: Sequence[str]) -> tuple[npt.NDArray[np.float64], Whole]:
    """The different ways to count, one row each, and which one each kind of event follows."""
    every = np.ones_like(log.marks["records"])
    marks = np.array([every if name == "events" else log.marks.get(name, ~every) for name in counters]).T
    patterns, pattern = np.unique(marks, axis=0, return_inverse=True)
    return patterns.astype(np.float64), pattern.reshape(-1)


def _number_cells(cells: Whole) -> tuple[Whole, Whole]:
    """The different cells in order, and the place of each row's."""
    if not len(cells):
        return cells, cells
    user, day = np.divmod(cells, DAYS)
    first_day, days = day.min(), day.max() - day.min() + 1
    dense = user * days + day - first_day
    seen = np.zeros(dense.max() + 1, bool)
    seen[dense] = True
    place = np.cumsum(seen, dtype=np.int64) - 1
    found_user, found_day = np.divmod(np.flatnonzero(seen), days)
    return found_user * DAYS + found_day + first_day, place[dense]


def _hours_seen(place: Whole, hour: Whole, size: int) -> Counts:
    """The hours of each cell's day in which anything happened, as bits."""
    seen = np.zeros(size * HOURS_A_DAY, bool)
    seen[place * HOURS_A_DAY + hour] = True
    bits = seen.reshape(size, HOURS_A_DAY) << np.arange(HOURS_A_DAY, dtype=np.int32)
    hours: Counts = bits.sum(axis=1, dtype=np.int32)
    return hours


def _join(tallies: Sequence[Tally], counters: int) -> Tally:
    """Add up cells that several pieces tell of."""
    cells = np.concatenate([np.zeros(0, np.int64), *(each.cells for each in tallies)])
    if not len(cells):
        return _nothing(counters)
    order = np.argsort(cells, kind="stable")
    starts = np.flatnonzero(np.diff(cells[order], prepend=-DAYS))
    counts = np.concatenate([each.counts for each in tallies])[order]
    hours = np.concatenate([each.hours for each in tallies])[order]
    return Tally(
        cells[order][starts], np.add.reduceat(counts, starts, axis=0), np.bitwise_or.reduceat(hours, starts)
    )


def _nothing(counters: int) -> Tally:
    return Tally(np.zeros(0, np.int64), np.zeros((0, counters), np.int32), np.zeros(0, np.int32))
