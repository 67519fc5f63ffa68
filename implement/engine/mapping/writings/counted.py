"""Dates written as numbers: days of a spreadsheet, seconds or milliseconds since 1970."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from implement.engine.mapping.writings.remembered import CELLS_REMEMBERED

SERIAL, SECONDS, MILLISECONDS = "SERIAL", "SECONDS", "MILLISECONDS"
COUNTED = {
    SERIAL: (datetime.fromisoformat("1899-12-30"), 86_400_000),
    SECONDS: (datetime.fromisoformat("1970-01-01"), 1_000),
    MILLISECONDS: (datetime.fromisoformat("1970-01-01"), 1),
}
"""From when on each counts, and the milliseconds of its unit."""
_LIKELY = {SERIAL: (7_300, 73_000), SECONDS: (2e8, 4e9), MILLISECONDS: (2e11, 4e12)}


def counted_order(low: float, high: float) -> str:
    """What numbers in this range would count if they were dates; empty where they are none."""
    return next((order for order, (first, last) in _LIKELY.items() if first <= low <= high <= last), "")


@lru_cache(maxsize=CELLS_REMEMBERED)
def read_counted(cell: str, order: str) -> str | None:
    """Read a counted date as ISO text, with the time when it is not midnight."""
    start, unit = COUNTED[order]
    try:
        moment = start + timedelta(milliseconds=round(Decimal(cell.strip().replace(",", ".")) * unit))
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return moment.isoformat(timespec="seconds").removesuffix("T00:00:00")


def read_counted_days(cells: Sequence[str | None], order: str) -> list[str]:
    """The days of counted dates, blank where a cell is none."""
    return [(read_counted(cell, order) or "")[:10] if cell else "" for cell in cells]
