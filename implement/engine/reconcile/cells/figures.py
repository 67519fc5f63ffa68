"""Name what became of dates and numbers, many at once: only what plain tests leave in doubt stays open."""

import numpy as np
import numpy.typing as npt

from implement.engine.coded import Flags, Numbers
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.mapping.writings.counted import COUNTED
from implement.engine.mapping.writings.dates import read_serial
from implement.engine.reconcile.cells.damage import is_phone, is_plainly_number, may_become_date
from implement.engine.reconcile.cells.one_cell import CellReader
from implement.engine.reconcile.cells.pairs import Cells, Pairs, first_fates
from implement.engine.reconcile.classes import DATE_SWAPPED, NUMBER_FORMAT, REFORMATTED, VALUE_CHANGED

Letters = npt.NDArray[np.uint32]
DAY = len("2024-03-04")
YEAR, MONTH, DAY_OF_MONTH = slice(0, 4), slice(5, 7), slice(8, 10)
LONGEST_WHOLE = 11
"""Longer numbers are rounded by spreadsheets."""
_FIRST_YEAR, _LAST_YEAR = "1950", "2070"
"""Numbers that count days of other years are taken for numbers."""


def name_dates(cells: Pairs, read: Pairs, reader: CellReader) -> Numbers:
    """What became of dates; those that may be texts stay open."""
    one, other = _days(read.one), _days(read.other)
    same = _are_same(one, other)
    swapped = _are_same(one[:, YEAR], other[:, YEAR]) & _are_same(one[:, MONTH], other[:, DAY_OF_MONTH])
    swapped &= _are_same(one[:, DAY_OF_MONTH], other[:, MONTH]) & ~same
    timed, timed_now = read.are(_has_time)
    return first_fates(
        (swapped, DATE_SWAPPED),
        (same & ~(timed & timed_now), REFORMATTED),
        (same, VALUE_CHANGED),
        (_became_serials(cells, one, reader), NUMBER_FORMAT),
        (~_may_be_texts(cells), VALUE_CHANGED),
    )


def _days(cells: Cells) -> Letters:
    """The letters of the cells as far as a day goes."""
    days = np.array(cells.values, dtype=f"U{DAY}").view(np.uint32)
    return days.reshape(len(cells.values), DAY)[cells.codes]


def _are_same(one: Letters, other: Letters) -> Flags:
    same: Flags = (one == other).all(axis=1)
    return same


def _has_time(cell: str) -> bool:
    return "T" in cell


def _became_serials(cells: Pairs, days: Letters, reader: CellReader) -> Flags:
    """Which dates became numbers that count days: the same day, or one of our times."""
    serials = cells.other.read(lambda values: [read_serial(value) or "" for value in values])
    same = serials.are(bool) & _are_same(_days(serials), days)
    if reader.column.target_writing.order in COUNTED:
        return same
    return same | (serials.are(lambda day: _FIRST_YEAR <= day <= _LAST_YEAR) & ~cells.one.are(_is_serial))


def _is_serial(cell: str) -> bool:
    return read_serial(cell) is not None


def _may_be_texts(cells: Pairs) -> Flags:
    """Which cells may be something else than dates and numbers that are changed."""
    loose = cells.read(loosen_all, loosen_all)
    plain, other_plain = cells.are(str.isascii)
    return loose.are_alike() | ~(plain & other_plain) | cells.other.are(_has_escape)


def _has_escape(cell: str) -> bool:
    return "&" in cell


def name_numbers(cells: Pairs) -> Numbers:
    """What became of numbers; those that may be damaged stay open."""
    return first_fates((_are_other_wholes(cells), VALUE_CHANGED))


def _are_other_wholes(cells: Pairs) -> Flags:
    """Which whole numbers, plainly written, became other ones: nothing of the kind is a damage."""
    return cells.both_are(_is_plain_whole) & ~cells.are_alike()


def _is_plain_whole(cell: str) -> bool:
    return len(cell) <= LONGEST_WHOLE and cell.isascii() and cell.isdigit() and cell[0] != "0"


def may_be_damaged(cells: Pairs) -> Flags:
    """Which texts may be damaged numbers, or the same phone number."""
    damaged = cells.both_are(is_plainly_number) & ~_are_other_wholes(cells)
    return damaged | cells.one.are(may_become_date) | cells.both_are(is_phone)
