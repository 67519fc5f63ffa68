"""What a list of deals says of the promises made for a CRM: repeat purchases, retention, new clients, revenue a month.

Shares carry Wilson's 95 % interval, means over months Student's. The first and last month of a list are left out: they
are seldom whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import sqrt
from statistics import fmean, stdev

from implement.engine.portfolio import CrmDeal
from implement.engine.value_at_risk.deals import WON

Z = 1.959964
STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201)
"""The 97.5 % quantiles for one degree of freedom and more: a year has at most eleven."""

LEAST_CLIENTS, LEAST_MONTHS, MOST_MONTHS = 10, 3, 12
HALF_YEAR = timedelta(days=182)


@dataclass(frozen=True)
class Measured:
    """A figure with its 95 % interval, on how many clients or months it rests, and from which days it is."""

    value: float
    low: float
    high: float
    n: int
    first_day: date
    last_day: date


def measure_repeat_share(deals: Iterable[CrmDeal]) -> Measured | None:
    """The share of clients who bought more than once, of all who bought; None under ten clients."""
    bought = _purchases(deals)
    days = [day for found in bought.values() for day in found]
    return _share(sum(len(found) > 1 for found in bought.values()), len(bought), days)


def measure_retention(deals: Iterable[CrmDeal]) -> Measured | None:
    """Of the clients who bought in the half-year before the last one, the share that bought again in the last one."""
    bought = _purchases(deals)
    days = [day for found in bought.values() for day in found]
    if not days:
        return None
    middle = max(days) - HALF_YEAR
    before = [found for found in bought.values() if any(middle - HALF_YEAR < day <= middle for day in found)]
    stayed = sum(any(day > middle for day in found) for found in before)
    return _share(stayed, len(before), [day for day in days if day > middle - HALF_YEAR])


def measure_new_clients(deals: Iterable[CrmDeal]) -> Measured | None:
    """Clients a month who bought for the first time in the list; the first half-year is left out: there all are new."""
    bought = _purchases(deals)
    first = sorted(min(found) for found in bought.values())
    days = sorted(day for found in bought.values() for day in found)
    if not days:
        return None
    months = [month for month in _whole_months(days) if month > _month(days[0] + HALF_YEAR)]
    counts = [float(sum(_month(day) == month for day in first)) for month in months]
    return _mean(counts, months)


def measure_monthly_revenue(deals: Iterable[CrmDeal]) -> Measured | None:
    """Won money a month over the last whole months, at most twelve, in the currency of most deals."""
    months = list_monthly_revenue(deals)[-MOST_MONTHS:]
    return _mean([revenue for _month_day, revenue in months], [month for month, _revenue in months])


def list_monthly_revenue(deals: Iterable[CrmDeal]) -> list[tuple[date, float]]:
    """Won money by month, months without any among them: a gap is a gap, not a missing row (M35)."""
    won = [deal for deal in deals if deal.state == WON and deal.ended is not None and deal.amount is not None]
    counts: dict[str, int] = defaultdict(int)
    for deal in won:
        counts[deal.currency] += 1
    main = min(counts, key=lambda one: (-counts[one], one), default="")
    sums: dict[date, float] = defaultdict(float)
    for deal in won:
        if deal.currency == main and deal.ended is not None and deal.amount is not None:
            sums[_month(deal.ended)] += float(deal.amount)
    days = sorted(deal.ended for deal in won if deal.ended is not None and deal.currency == main)
    return [(month, sums[month]) for month in _whole_months(days)]


def fit_base_hours(share: Fraction, hours: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """The only base hours a week to which a saving as a share and one in hours both fit: 28 % and 8–12 h fit 28.6–42.9
    (M36).
    """
    return hours[0] / share, hours[1] / share


def interval_of_share(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    p, middle = k / n, (k / n + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def _share(k: int, n: int, days: Collection[date]) -> Measured | None:
    if n < LEAST_CLIENTS:
        return None
    return Measured(k / n, *interval_of_share(k, n), n, min(days), max(days))


def _mean(values: Sequence[float], months: Sequence[date]) -> Measured | None:
    if len(values) < LEAST_MONTHS:
        return None
    half = STUDENT[min(len(values) - 1, len(STUDENT)) - 1] * stdev(values) / sqrt(len(values))
    mean = fmean(values)
    last = _next_month(months[-1]) - timedelta(days=1)
    return Measured(mean, max(0.0, mean - half), mean + half, len(values), months[0], last)


def _purchases(deals: Iterable[CrmDeal]) -> dict[str, list[date]]:
    """The days on which each client bought; deals without client or day tell of nobody's purchase."""
    found: dict[str, list[date]] = defaultdict(list)
    for deal in deals:
        if deal.state == WON and deal.client and deal.ended is not None:
            found[deal.client].append(deal.ended)
    return dict(found)


def _whole_months(days: Sequence[date]) -> list[date]:
    """The months between the first and the last day, those two left out."""
    if not days:
        return []
    months, last = list[date](), _month(days[-1])
    month = _next_month(_month(days[0]))
    while month < last:
        months.append(month)
        month = _next_month(month)
    return months


def _month(day: date) -> date:
    return day.replace(day=1)


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
