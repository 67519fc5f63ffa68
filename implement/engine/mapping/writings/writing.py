"""How cells are written: dates in any order, numbers with either decimal sign, blanks in disguise."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from implement.engine.mapping.plan import Writing
from implement.engine.mapping.writings.counted import COUNTED, read_counted
from implement.engine.mapping.writings.entries import read_entry
from implement.engine.mapping.writings.id_lists import order_ids
from implement.engine.mapping.writings.markup import may_have_markup, without_markup
from implement.engine.mapping.writings.scales import shifted
from implement.engine.mapping.writings.words import order_words
from implement.engine.mapping.writings.zones import settle_moment

CELLS_REMEMBERED = 30_000
BLANK_WORDS = frozenset({"null", "none", "nan", "n/a", "#n/a", "<null>", "(null)", "nat", "\\n", "nil", "undefined"})
LONGEST_BLANK_WORD = max(map(len, BLANK_WORDS))
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
_PLAIN_WHOLE = re.compile(r"[1-9][0-9]{0,27}")
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
CURRENCY = re.compile(
    r"(?:€|R?\$|£|₽|₴|₸|₺|¥|zł|руб\.?|грн\.?|Kč|kr\.?|Ft|Fr\.|USD|EUR|PLN|RUB|CHF|GBP|UAH|KZT|BYN|CZK|SEK|NOK|DKK|HUF|%)"
)
_TAIL = re.compile(r"\D+$")
_NOT_ALNUM = re.compile(r"[\W_]+")
ORDERS = ("YMD", "DMY", "MDY")
_NINES = str.maketrans("0123456789", "9999999999")
_SERIAL_DAYS = (1, 80_000)
USUAL_FIRST_YEAR = 1970
"""The first of the hundred years that two digits stand for, where nothing tells another."""


def is_blank(cell: str | None) -> bool:
    """Say whether a cell holds nothing at all."""
    return cell is None or not cell.strip()


def is_blank_word(cell: str) -> bool:
    """Say whether a cell only says that it is empty, such as `null`."""
    return cell.strip().lower() in BLANK_WORDS


def tidy(cell: str) -> str:
    """Write a text in one Unicode form with single spaces."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip(" ")
    return " ".join(unicodedata.normalize("NFC", cell).split())


@lru_cache(maxsize=CELLS_REMEMBERED)
def loosen(cell: str) -> str:
    """Keep letters and digits only, small; what is equal then differs in writing alone."""
    if may_have_markup(cell):
        cell = without_markup(cell)
    if cell.isascii():
        return cell.lower() if cell.isalnum() else _NOT_ALNUM.sub("", cell.lower())
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", cell).casefold())


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


@lru_cache(maxsize=CELLS_REMEMBERED)
def read_number(cell: str, comma: bool) -> str | None:
    """Read a number as canonical text; `comma` says that the comma is the decimal sign.

    Books write the minus behind an amount: `3.837,12-`.
    """
    if _PLAIN_WHOLE.fullmatch(cell):
        return cell
    text = CURRENCY.sub("", cell).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    if text[-1:] == "-" and text[0].isdigit():
        text = f"-{text[:-1]}"
    if not _PLAIN_NUMBER.fullmatch(text):
        return None
    return plain_number(text)


def plain_number(text: str) -> str | None:
    """Write a plain number without needless zeros and exponent."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if number == 0:
        return "0"
    return f"{number.normalize():f}" if abs(number.adjusted()) < 60 else None


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


def decimal_comma(cells: Iterable[str]) -> bool:
    """Say whether a column of numbers writes decimals with a comma."""
    commas = points = 0
    for cell in [cell for cell in cells if "," in cell or "." in cell]:
        if not cell[-1:].isdigit():
            cell = _TAIL.sub("", cell)
        comma, point = cell.rfind(","), cell.rfind(".")
        if comma > point and len(cell) - comma - 1 != 3:
            commas += 1
        elif (point > comma and len(cell) - point - 1 != 3) or cell.count(",") > 1:
            points += 1
        elif comma > point >= 0 or cell.count(".") > 1:
            commas += 1
        elif comma == -1 and point >= 0:
            points += 0
    return commas > points


def layout_of(cell: str) -> str:
    """Show how a date or number is laid out, digits as 9 and words as a."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", cell.strip()))


def usual_layout(cells: Iterable[str]) -> str:
    """The most frequent layout of a column; cells that differ in digits alone are looked at once."""
    layouts: Counter[str] = Counter()
    for cell, times in Counter(cell.translate(_NINES) for cell in cells).items():
        layouts[layout_of(cell)] += times
    return min(layouts, key=lambda layout: (-layouts[layout], layout)) if layouts else ""


def read_serial(cell: str) -> str | None:
    """Read a spreadsheet's serial day number as an ISO date."""
    text = cell.strip().removesuffix(".0")
    if not text.isdigit() or not _SERIAL_DAYS[0] <= int(text) <= _SERIAL_DAYS[1]:
        return None
    return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()


def without_prefix(loose: str, writing: Writing) -> str:
    """A loosely written value without what only its side puts before it."""
    for prefix in writing.prefixes.split("|"):
        if prefix and loose.startswith(prefix) and len(loose) > len(prefix):
            return loose[len(prefix) :]
    return loose


def canonical(cell: str | None, kind: str, writing: Writing) -> str:
    """Write a cell so that equal values are equal text; blank cells become empty text."""
    if cell and writing.entry:
        cell = read_entry(cell, writing.entry)
    if is_blank(cell):
        return ""
    assert cell is not None
    if kind == "number":
        number = read_number(cell, writing.comma)
        return shifted(number, writing.shift) if number and writing.shift else number or tidy(cell)
    if kind == "date":
        moment = read_date(cell, writing.order, writing.first_year or USUAL_FIRST_YEAR)
        return settle_moment(moment, writing) if moment else tidy(cell)
    if kind == "words":
        return order_words(cell)
    if kind == "listed":
        return order_ids(cell)
    if writing.cut:
        return tidy(cell)[: writing.cut]
    return without_prefix(loosen(cell), writing) if kind == "loose" else tidy(cell)
