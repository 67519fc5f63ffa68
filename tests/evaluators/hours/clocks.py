"""What the wall clock shows, by the rules of law: Europe's summer time, and Moscow's decrees of 2011 and 2014."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[datetime], datetime]


def central_europe(instant: datetime) -> datetime:
    """Berlin and Warsaw: an hour ahead, two from the last Sunday of March to that of October, at one o'clock UTC."""
    begins, ends = (_last_sunday(instant.year, month).replace(hour=1) for month in (3, 10))
    return _shift(instant, 2 if begins <= instant < ends else 1)


def moscow(instant: datetime) -> datetime:
    """Three hours ahead with summer time until 2010, four for good from 27 March 2011, three from 26 October 2014."""
    if instant >= datetime(2014, 10, 25, 22, tzinfo=UTC):
        return _shift(instant, 3)
    if instant >= datetime(2011, 3, 26, 23, tzinfo=UTC):
        return _shift(instant, 4)
    begins, ends = (
        _last_sunday(instant.year, month) - timedelta(hours=1) for month in (3, 10)
    )  # two o'clock winter time, and three o'clock summer time: both 23 h UTC of the Saturday
    return _shift(instant, 4 if begins <= instant < ends else 3)


def _shift(instant: datetime, hours: int) -> datetime:
    return (instant + timedelta(hours=hours)).replace(tzinfo=None)


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month + 1, 1, tzinfo=UTC) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() + 1) % 7)
