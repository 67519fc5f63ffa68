"""Dates in any order of day, month and year, with words for months, times and zones."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from implement.engine.mapping.writings.counted import COUNTED, read_counted
from implement.engine.mapping.writings.remembered import CELLS_REMEMBERED

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar sty stycznia янв января",
            "feb february februar lut lutego фев февраля",
            "mar march märz maerz mär mrz marca мар марта",
            "apr april kwi kwietnia апр апреля",
            "may mai maj maja мая май",
            "jun june juni cze czerwca июн июня",
            "jul july juli lip lipca июл июля",
            "aug august sie sierpnia авг августа",
            "sep sept september wrz września wrzesnia сен сентября",
            "oct october okt oktober paź paz października окт октября",
            "nov november lis listopada ноя ноября",
            "dec december dez dezember gru grudnia дек декабря",
        ),
        start=1,
    )
    for word in words.split()
}
_TIME = r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
_NUMERIC_DATE = re.compile(r"(\d{1,4})([-./ ])(\d{1,2})\2(\d{1,4})\.?" + _TIME)
_WORD_DATE = re.compile(r"(\d{1,2})\.?[ -]([^\W\d_]{3,12})\.?,?[ -](\d{2,4})" + _TIME)
_WORD_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2}),? (\d{4})" + _TIME)
_PLAIN_DATE = re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
ORDERS = ("YMD", "DMY", "MDY")
_SERIAL_DAYS = (1, 80_000)
USUAL_FIRST_YEAR = 1970
"""The first of the hundred years that two digits stand for, where nothing tells another."""


@lru_cache(maxsize=CELLS_REMEMBERED)
def read_date(cell: str, order: str, first_year: int = USUAL_FIRST_YEAR) -> str | None:
    """Read a date written in `order` (YMD, DMY or MDY) as ISO text, with the time when it is not midnight.

    Years of two digits are of the hundred that begin with `first_year`.
    """
    if _PLAIN_DATE.fullmatch(cell):
        return cell
    if order in COUNTED:
        return read_counted(cell, order)
    text = cell.strip()
    if match := _NUMERIC_DATE.fullmatch(text):
        first, separator, second, third, *clock = match.groups()
        year, month, day = _order_parts(first, second, third, order_for(order, separator))
        return _iso(_whole_year(year, first_year), month, day, clock)
    if match := _WORD_DATE.fullmatch(text):
        day, word, year, *clock = match.groups()
        return _iso(_whole_year(year, first_year), str(MONTHS.get(word.lower(), 0)), day, clock)
    if match := _WORD_FIRST.fullmatch(text):
        word, day, year, *clock = match.groups()
        return _iso(int(year), str(MONTHS.get(word.lower(), 0)), day, clock)
    if match := _COMPACT_DATE.fullmatch(text):
        return _iso(int(match[1]), match[2], match[3], [])
    return None


def _order_parts(first: str, second: str, third: str, order: str) -> tuple[str, str, str]:
    if len(first) >= 3:
        return first, second, third
    if order == "MDY":
        return third, first, second
    if order == "YMD" and len(third) < 3:
        return first, second, third
    return third, second, first


def _whole_year(year: str, first_year: int) -> int:
    return int(year) if len(year) > 2 else first_year + (int(year) - first_year) % 100


def _iso(year: int, month: str, day: str, clock: Sequence[str | None]) -> str | None:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and 1000 <= year <= 9999):
        return None
    moment = f"{year:04}-{int(month):02}-{int(day):02}" + _iso_clock(clock)
    ahead = clock[4] if clock else None
    return moment if ahead is None or ahead[0] in "ZU" or ahead[1:].strip("0:") == "" else _in_utc(moment, ahead)


def _in_utc(moment: str, ahead: str) -> str | None:
    """A moment of a place that is so much ahead of UTC (`+02:00`), in UTC."""
    minutes = int(ahead[1:3]) * 60 + int(ahead[-2:])
    try:
        at = datetime.fromisoformat(moment) + timedelta(minutes=minutes if ahead[0] == "-" else -minutes)
    except (ValueError, OverflowError):
        return None
    return at.isoformat(timespec="seconds").removesuffix("T00:00:00")


def _iso_clock(clock: Sequence[str | None]) -> str:
    if not clock or clock[0] is None:
        return ""
    hour, minute, second = int(clock[0]), int(clock[1] or 0), int(clock[2] or 0)
    if half := (clock[3] or "").lower():
        hour = hour % 12 + (12 if half == "pm" else 0)
    return "" if hour == minute == second == 0 else f"T{hour:02}:{minute:02}:{second:02}"


def order_votes(cells: Mapping[str, int]) -> dict[str, Counter[str]]:
    """Count per separator which order of day, month and year the dates prove; undecided ones count as `?`."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for cell, times in cells.items():
        match = _NUMERIC_DATE.fullmatch(cell.strip())
        if match is None:
            continue
        if len(match[1]) >= 3:
            votes[match[2]]["YMD"] += times
        elif int(match[1]) > 12:
            votes[match[2]]["DMY"] += times
        elif int(match[3]) > 12:
            votes[match[2]]["MDY"] += times
        else:
            votes[match[2]]["?"] += times
    return votes


def date_order(votes: Mapping[str, Counter[str]]) -> str:
    """The order of day, month and year of a column, each separator for itself: `DMY`, or `DMY MDY/` when mixed."""
    orders = {separator: _one_order(separator, found) for separator, found in votes.items()}
    numbers = {separator: found.total() - found["YMD"] for separator, found in votes.items()}
    return join_orders({s: order for s, order in orders.items() if numbers[s] or order == "YMD"}, numbers)


def join_orders(orders: Mapping[str, str], weights: Mapping[str, int]) -> str:
    """Write orders per separator as one text, the most frequent first and without its separator."""
    turned = {separator: order for separator, order in orders.items() if order != "YMD"}
    if not turned:
        return "YMD"
    first = min(turned, key=lambda separator: (-weights.get(separator, 0), separator))
    others = sorted(order + separator for separator, order in turned.items() if order != turned[first])
    return " ".join([turned[first], *others])


def order_for(order: str, separator: str) -> str:
    """The order that holds for dates with this separator."""
    first, *others = order.split(" ")
    return next((other[:3] for other in others if other[3:] == separator), first)


def _one_order(separator: str, votes: Counter[str]) -> str:
    if not votes["DMY"] and not votes["MDY"]:
        return "YMD" if votes["YMD"] >= votes["?"] else "MDY" if separator == "/" else "DMY"
    return "DMY" if votes["DMY"] >= votes["MDY"] else "MDY"


def read_serial(cell: str) -> str | None:
    """Read a spreadsheet's serial day number as an ISO date."""
    text = cell.strip().removesuffix(".0")
    if not text.isdigit() or not _SERIAL_DAYS[0] <= int(text) <= _SERIAL_DAYS[1]:
        return None
    return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()
