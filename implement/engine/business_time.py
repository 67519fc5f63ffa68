"""Time while the firm is open: clocks run only then, whatever the wall clock is put forward or back in between.

A minute counts when the wall clock of the firm shows an open minute of a worked day. So a day with a doubled hour has
sixty minutes more where that hour is open, and one with a skipped hour has sixty less.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MOST_DAYS_CLOSED = 400
MINUTES_OF_A_DAY = 1440

Span = tuple[datetime, datetime]
"""From an instant to before another, both UTC."""


class NeverOpen(ValueError):
    """There is no open minute within a year: such hours run no clock."""


@dataclass(frozen=True)
class BusinessHours:
    """When the firm is open by its own wall clock: from one minute of the day to before another, on these weekdays (1 =
    Monday) but not on days off.
    """

    timezone: str
    opens_minute: int = 540
    closes_minute: int = 1080
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    days_off: Collection[date] = frozenset()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The firm's time zone."""
        return ZoneInfo(self.timezone)

    def is_worked(self, day: date) -> bool:
        """True for a day on which the firm opens at all."""
        return day.isoweekday() in self.weekdays and day not in self.days_off


def list_spans(hours: BusinessHours, day: date) -> list[Span]:
    """The open spans of a local day; more than one only where the clock is put back across opening or closing."""
    if not hours.is_worked(day) or hours.opens_minute >= hours.closes_minute:
        return []
    if _is_even(hours, day):
        opens, closes = (_at(hours, day, minute) for minute in (hours.opens_minute, hours.closes_minute))
        return [(opens, closes)]
    return list(_scan(hours, day))


def add_minutes(start: datetime, minutes: int, hours: BusinessHours) -> datetime:
    """The instant at which so many open minutes have passed since the start; raises `NeverOpen`."""
    left = timedelta(minutes=minutes)
    if not left:
        return start
    for opens, closes in _spans_from(start, hours):
        begin = max(opens, start)
        if closes - begin >= left:
            return begin + left
        left -= max(closes - begin, timedelta(0))
    raise NeverOpen


def count_open(start: datetime, end: datetime, hours: BusinessHours) -> timedelta:
    """How long the firm was open between two instants; nothing when the second is not later."""
    found, day = timedelta(0), start.astimezone(hours.zone).date()
    last = end.astimezone(hours.zone).date()
    while day <= last:
        for opens, closes in list_spans(hours, day):
            found += max(min(closes, end) - max(opens, start), timedelta(0))
        day += DAY
    return found


def next_open(start: datetime, hours: BusinessHours) -> datetime:
    """The first instant from the start on at which the firm is open; raises `NeverOpen`."""
    return max(start, next(opens for opens, closes in _spans_from(start, hours) if closes > start))


def _spans_from(start: datetime, hours: BusinessHours) -> Iterator[Span]:
    """Open spans in order, from the day of the start on; ends with `NeverOpen` after a year of closed days."""
    day, closed = start.astimezone(hours.zone).date(), 0
    while closed < MOST_DAYS_CLOSED:
        spans = list_spans(hours, day)
        closed = 0 if spans else closed + 1
        yield from spans
        day += DAY
    raise NeverOpen


def _is_even(hours: BusinessHours, day: date) -> bool:
    """True when the clock is not changed on the day."""
    first, next_first = (datetime.combine(one, time(0), hours.zone) for one in (day, day + DAY))
    return first.utcoffset() == next_first.utcoffset()


def _at(hours: BusinessHours, day: date, minute: int) -> datetime:
    days, rest = divmod(minute, MINUTES_OF_A_DAY)
    return datetime.combine(day + days * DAY, time(rest // 60, rest % 60), hours.zone).astimezone(UTC)


def _scan(hours: BusinessHours, day: date) -> Iterator[Span]:
    """The open spans of a day on which the clock is changed, found minute by minute."""
    instant, end = _at(hours, day, 0) - DAY / 4, _at(hours, day + DAY, 0) + DAY / 4
    opened: datetime | None = None
    while instant <= end:
        wall = instant.astimezone(hours.zone)
        is_open = wall.date() == day and hours.opens_minute <= 60 * wall.hour + wall.minute < hours.closes_minute
        if is_open and opened is None:
            opened = instant
        elif not is_open and opened is not None:
            yield opened, instant
            opened = None
        instant += MINUTE
