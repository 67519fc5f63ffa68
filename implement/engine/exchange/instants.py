"""Instants and days written in the ways of the world, recognised from values and read by table expressions."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend

_ZONED = r"(?::\d\d(?:[.,]\d+)?|T\d{6}) ?(?:Z|[+-]\d\d(?::?\d\d)?)$"
_OFFSET = re.compile(_ZONED.removesuffix("$") + r"(?: \([A-Z]+\))?$")
_PLAIN = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d)?$")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d\d.*)?$")),
    ("ymd", re.compile(r"^(\d{4})[./](\d{1,2})[./](\d{1,2})(?:[T ,]+\d{1,2}:\d\d.*)?$")),
    ("xy", re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[T ,]+\d{1,2}:\d\d.*)?$")),
    (
        "day_month_name",
        re.compile(r"^(?:[^\W\d]{2,3},? +)?\d{1,2}[. -]+[^\W\d]{3,12}[., -]+\d{4}(?:[T ,]+\d{1,2}:\d\d.*)?$"),
    ),
    ("month_name_day", re.compile(r"^[^\W\d]{3,12}[. -]+\d{1,2},?[ -]+\d{4}(?:[T ,]+\d{1,2}:\d\d.*)?$")),
    ("compact", re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[T ]?\d{6})?Z?$")),
    ("epoch_s", re.compile(r"^[1-9]\d{8,9}(?:\.\d+)?$")),
    ("epoch_ms", re.compile(r"^[1-9]\d{11,12}(?:\.0)?$")),
    ("epoch_us", re.compile(r"^[1-9]\d{14,15}$")),
    ("epoch_ns", re.compile(r"^[1-9]\d{17,18}$")),
)
_EPOCH_UNITS = {"epoch_s": 1, "epoch_ms": 10**3, "epoch_us": 10**6, "epoch_ns": 10**9}
_MONTH_STARTS = {
    "jan": 1, "sty": 1, "янв": 1, "feb": 2, "lut": 2, "фев": 2, "mar": 3, "mär": 3, "мар": 3,
    "apr": 4, "kwi": 4, "апр": 4,
    "may": 5, "mai": 5, "maj": 5, "май": 5, "мая": 5, "jun": 6, "cze": 6, "июн": 6, "jul": 7, "lip": 7, "июл": 7,
    "aug": 8, "sie": 8, "авг": 8, "sep": 9, "wrz": 9, "сен": 9, "oct": 10, "okt": 10, "paź": 10, "окт": 10,
    "nov": 11, "lis": 11, "ноя": 11, "dec": 12, "dez": 12, "gru": 12, "дек": 12,
}  # fmt: skip
_MONTHS = "   ??" + "".join(f"{name}{number:02}" for name, number in _MONTH_STARTS.items())
"""Each month's first letters with its number behind them; what is found nowhere leads to no number."""
_LIKELY_YEARS = range(1970, 2101)
_PM = r"(?i)p\.?m\.?"
_AM = r"(?i)a\.?m\.?"


@dataclass(frozen=True)
class InstantForm:
    """How a column writes its instants; `readable_share` of the values seen follow it.

    Of a plain column the table engine itself reads what was seen: ISO without offset or parts of seconds.
    """

    name: str
    readable_share: float
    has_time: bool
    has_offset: bool
    is_ambiguous: bool = False
    is_plain: bool = False

    @property
    def is_epoch(self) -> bool:
        """True when the values count from 1970-01-01 UTC."""
        return self.name in _EPOCH_UNITS


def recognise_instants(values: Iterable[str | None]) -> InstantForm | None:
    """Find the one way most values are written in; None when no way reads half of them."""
    texts = [value.strip() for value in values if value and value.strip()]
    if not texts:
        return None
    counts = _count_ways(Counter(texts), len(texts))
    name = max(counts, key=lambda each: counts[each])
    if counts[name] < 0.5 * len(texts):
        return None
    fitting = [text for text in texts if dict(_PATTERNS)[name].match(text)]
    has_time = name.startswith("epoch") or any(":" in text or (name == "compact" and len(text) > 8) for text in fitting)
    has_offset = has_time and any(_OFFSET.search(text) for text in fitting)
    if name != "xy":
        is_plain = name == "iso" and all(map(_PLAIN.match, fitting))
        return InstantForm(name, counts[name] / len(texts), has_time, has_offset, is_plain=is_plain)
    order, is_ambiguous = _order_of_day_and_month(fitting)
    return InstantForm(order, counts[name] / len(texts), has_time, has_offset, is_ambiguous)


def _count_ways(times: Counter[str], of: int) -> dict[str, int]:
    """How many of so many texts are written in each way; one that more than half follow leaves no need to ask on.

    No text follows two ways, and only names of days and months begin with anything but a digit.
    """
    named = {text: count for text, count in times.items() if not text[0].isdecimal()}
    numbered = {text: count for text, count in times.items() if text[0].isdecimal()}
    counts = dict.fromkeys((name for name, _pattern in _PATTERNS), 0)
    for name, pattern in _PATTERNS:
        asked = times if name == "day_month_name" else named if name == "month_name_day" else numbered
        counts[name] = sum(count for text, count in asked.items() if pattern.match(text))
        if 2 * counts[name] > of:
            break
    return counts


def _order_of_day_and_month(texts: list[str]) -> tuple[str, bool]:
    """Tell dd.mm.yyyy from mm/dd/yyyy by values over 12, else by the reading whose days lie closer together."""
    pattern = dict(_PATTERNS)["xy"]
    pairs = {(int(m[1]), int(m[2]), int(m[3])) for m in map(pattern.match, texts) if m}
    first_over, second_over = any(p[0] > 12 for p in pairs), any(p[1] > 12 for p in pairs)
    if first_over != second_over:
        return ("dmy" if first_over else "mdy"), False
    if first_over:
        return "dmy", False
    if "/" not in texts[0]:
        return "dmy", False
    if any(re.search(_PM, text) or re.search(_AM, text) for text in texts):
        return "mdy", False
    spans = {order: _span_days(pairs, order) for order in ("dmy", "mdy")}
    return ("mdy" if spans["mdy"] < spans["dmy"] else "dmy"), True


def _span_days(pairs: set[tuple[int, int, int]], order: str) -> int:
    days = sorted(date(y, b, a) if order == "dmy" else date(y, a, b) for a, b, y in pairs)
    return (days[-1] - days[0]).days


def local_stamps(column: ir.Value, form: InstantForm | None, zone: str, years: tuple[int, int]) -> ir.TimestampValue:
    """Read a column of any type as the firm's local time, NULL where it cannot be read.

    Values with an offset, epochs and typed instants with a zone are moved to the firm's zone; others are local already.
    """
    kind = column.type()
    if kind.is_timestamp():
        if kind.timezone is None:
            return column
        return _from_utc(column.cast("timestamp('UTC')").cast("timestamp"), zone, years)
    if kind.is_date():
        return column.cast("timestamp")
    if form is None:
        return ibis.null("timestamp")
    if form.is_epoch:
        seconds = column.try_cast("float64") / _EPOCH_UNITS[form.name]
        return _from_utc(seconds.floor().cast("int64").as_timestamp("s"), zone, years)
    text = column.cast("string").strip()
    if form.is_plain:
        told = column.try_cast("timestamp")
        return ibis.ifelse(told.notnull() | column.isnull(), told, text_stamps(text, form.name))
    if form.name == "day_month_name":
        text = text.re_replace(r" *\(\p{L}+\)$", "")
    stamp = text_stamps(text, form.name)
    if not form.has_offset:
        return stamp
    has_zone = text.re_search(_ZONED)
    return ibis.ifelse(has_zone, _from_utc(stamp - _offset(text), zone, years), stamp)


def text_stamps(text: ir.StringValue, form_name: str) -> ir.TimestampValue:
    """Read the clock time a text shows, leaving its offset aside; plain ISO at once, others by pieces."""
    if form_name == "compact":
        day = _joined("-", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2))
        clock = text.re_extract(r"^\d{8}[T ]?(\d{6})", 1)
        return _stamp(day, clock.substr(0, 2), clock.substr(2, 2), clock.substr(4, 2))
    day = _day_text(text, form_name)
    hour, minute, second = (text.re_extract(r"[T ,](\d{1,2}):(\d\d)(?::(\d\d))?", group) for group in (1, 2, 3))
    stamp = _stamp(day, hour, minute, second)
    if form_name == "iso":
        plain = text.substr(0, 19).try_cast("timestamp")
        is_told = plain.notnull() | text.isnull()
        return ibis.ifelse(is_told, plain, stamp)  # unlike coalesce, leaves the pieces unread where not needed
    return stamp + _hours_by_half_day(text, hour).as_interval("h")


def _hours_by_half_day(text: ir.StringValue, hour: ir.StringValue) -> ir.IntegerValue:
    """What a.m. and p.m. add to the hour that is shown: 12 p.m. is noon, 12 a.m. is midnight."""
    is_twelve = hour == "12"
    after_noon = ibis.ifelse(text.re_search(_PM) & ~is_twelve, 12, 0)
    return ibis.ifelse(text.re_search(_AM) & is_twelve, -12, after_noon)


def _day_text(text: ir.StringValue, form_name: str) -> ir.StringValue:
    """The day as year-month-day."""
    numeric = {"iso": (1, 2, 3), "ymd": (1, 2, 3), "dmy": (3, 2, 1), "mdy": (3, 1, 2)}
    if form_name in numeric:
        return _joined("-", *(text.re_extract(r"^(\d+)[./-](\d+)[./-](\d+)", group) for group in numeric[form_name]))
    start = r"(\p{L}{3})" if form_name == "month_name_day" else r"\d[. -]+(\p{L}{3})"
    place = ibis.literal(_MONTHS).find(text.lower().re_extract(start, 1))
    month = ibis.literal(_MONTHS).substr(place + 3, 2)
    year = text.re_extract(r"(?:^|\D)(\d{4})(?:\D|$)", 1)
    day = text.re_extract(r"(?:^|[^\d:])(\d{1,2})(?:[^\d:]|$)", 1)
    return _joined("-", year, month, day)


def _stamp(
    day: ir.StringValue, hour: ir.StringValue, minute: ir.StringValue, second: ir.StringValue
) -> ir.TimestampValue:
    """Put a day and a clock together; what shows no clock is midnight."""
    clock = _joined(":", hour.lpad(2, "0"), minute, ibis.ifelse(second == "", "00", second))
    return _joined(" ", day, ibis.ifelse(hour == "", "00:00:00", clock)).try_cast("timestamp")


def _joined(between: str, *parts: ir.StringValue) -> ir.StringValue:
    return ibis.literal(between).join(list(parts))


def _offset(text: ir.StringValue) -> ir.IntervalValue:
    """The offset at the end of a text as an interval; Z and nothing are zero."""
    sign = ibis.ifelse(text.re_search(r"-\d\d(?::?\d\d)?$"), -1, 1)
    hours = text.re_extract(r"[+-](\d\d)(?::?\d\d)?$", 1).try_cast("int64").fill_null(0)
    minutes = text.re_extract(r"[+-]\d\d:?(\d\d)$", 1).try_cast("int64").fill_null(0)
    return (sign * (hours * 60 + minutes)).as_interval("m")


def _from_utc(stamp: ir.TimestampValue, zone: str, years: tuple[int, int]) -> ir.TimestampValue:
    """Move UTC clock times to the firm's zone by the changes of its clocks within the years given."""
    first_minutes, changes = clock_changes(zone, years)
    minutes: ir.IntegerValue = ibis.literal(first_minutes)
    if changes:
        branches = [(stamp >= ibis.literal(instant), ibis.literal(offset)) for instant, offset in reversed(changes)]
        minutes = ibis.cases(*branches, else_=first_minutes)
    return stamp + minutes.as_interval("m")


def span_of_years(column: ir.Value, backend: Backend) -> tuple[int, int] | None:
    """The first and last year that ISO texts show, without reading them as instants; None when some show none."""
    shown = column.cast("string").strip().substr(0, 4).name("year").as_table()
    span = backend.connection.to_pyarrow(shown.aggregate(first=shown.year.min(), last=shown.year.max())).to_pylist()[0]
    years = [str(span[name] or "") for name in ("first", "last")]
    if not all(year.isdecimal() and int(year) in _LIKELY_YEARS for year in years):
        return None
    return int(years[0]), int(years[1])


def clock_changes(zone: str, years: tuple[int, int]) -> tuple[int, list[tuple[datetime, int]]]:
    """List when a zone's clocks changed (naive UTC) and to which offset in minutes, after the offset at the start."""
    clock = ZoneInfo(zone)
    hour = datetime(years[0] - 1, 12, 31, tzinfo=UTC)
    end = datetime(years[1] + 1, 1, 2, tzinfo=UTC)
    current = first = _minutes(clock, hour)
    changes: list[tuple[datetime, int]] = []
    while hour < end:
        following = hour + timedelta(days=1)
        if _minutes(clock, following) != current:
            instant = _change_between(clock, hour, following)
            current = _minutes(clock, following)
            changes.append((instant.replace(tzinfo=None), current))
        hour = following
    return first, changes


def _change_between(clock: ZoneInfo, before: datetime, after: datetime) -> datetime:
    minutes = range(int((after - before).total_seconds() // 60) + 1)
    old = _minutes(clock, before)
    return next(before + timedelta(minutes=m) for m in minutes if _minutes(clock, before + timedelta(minutes=m)) != old)


def _minutes(clock: ZoneInfo, instant: datetime) -> int:
    offset = instant.astimezone(clock).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


@lru_cache(maxsize=4096)  # lists write the same days over and over
def read_day(text: str | None, form: InstantForm | None) -> date | None:
    """Read one day in the form of its column; None when empty or unreadable."""
    if not text or not text.strip() or form is None:
        return None
    text = text.strip()
    if form.is_epoch:
        return datetime.fromtimestamp(float(text) / _EPOCH_UNITS[form.name], UTC).date()
    try:
        return date(*_year_month_day(text, form.name))
    except (ValueError, IndexError):
        return None


def _year_month_day(text: str, form_name: str) -> tuple[int, int, int]:
    if form_name == "compact":
        return int(text[:4]), int(text[4:6]), int(text[6:8])
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if form_name in ("iso", "ymd"):
        return numbers[0], numbers[1], numbers[2]
    if form_name in ("dmy", "mdy"):
        first, second, year = numbers[:3]
        return (year, second, first) if form_name == "dmy" else (year, first, second)
    month = _MONTH_STARTS.get(re.sub(r"[\d\W]", "", text.lower())[:3], 0)
    day, year = numbers[:2]
    return year, month, day
