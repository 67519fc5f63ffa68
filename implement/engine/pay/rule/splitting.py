"""A change inside a period splits it by date: whole days, and whole minor units that add up."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from implement.engine.pay.rounding import share_out

ONE_DAY = timedelta(days=1)


def split_period(first_day: date, last_day: date, changes: Iterable[date]) -> list[tuple[date, date]]:
    """The pieces of a period, both ends inclusive, each change beginning a new one."""
    starts = [first_day, *sorted({day for day in changes if first_day < day <= last_day})]
    ends = [*(day - ONE_DAY for day in starts[1:]), last_day]
    return list(zip(starts, ends, strict=True))


def share_by_days(amount_minor: int, days: Sequence[int]) -> list[int]:
    """An amount in proportion to days, by largest remainder; the pieces add up. Without days the first has all."""
    if not any(days):
        return [amount_minor, *(0 for _ in days[1:])]
    return share_out(Fraction(amount_minor), amount_minor, days)


def count_work_days(work_days: str, first_day: date, last_day: date, days_off: Collection[date]) -> int:
    """How many days somebody works between two days, both inclusive; `work_days` are weekdays from 1 (Monday)."""
    span = (first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1))
    return sum(str(day.isoweekday()) in work_days and day not in days_off for day in span)


def count_tenure_month(hired: date, day: date) -> int:
    """Which calendar month of tenure a day lies in, from 1."""
    return (day.year - hired.year) * 12 + day.month - hired.month + 1
