"""Repeat purchases, retention, new clients and revenue a month, worked out by hand from small lists."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from implement.engine.portfolio import CrmDeal
from implement.engine.promises import (
    fit_base_hours,
    interval_of_share,
    list_monthly_revenue,
    measure_monthly_revenue,
    measure_new_clients,
    measure_repeat_share,
    measure_retention,
)

LAST = date(2026, 3, 31)


def bought(client: str, day: date, amount: int | None = 100, state: str = "won") -> CrmDeal:
    worth = None if amount is None else Decimal(amount)
    return CrmDeal("deals", f"{client}-{day}", client, "Bob", state, state, "EUR", worth, day)


def days_ago(days: int) -> date:
    return LAST - timedelta(days=days)


def test_a_client_who_bought_twice_is_a_repeat_purchase_and_a_lost_deal_is_not() -> None:  # M37
    deals = [bought(f"c{n}", days_ago(100 + n)) for n in range(10)]
    deals += [bought("c0", LAST), bought("c1", LAST), bought("c2", LAST, state="lost")]
    found = measure_repeat_share(deals)
    assert found is not None
    assert (found.value, found.n, found.last_day) == (0.2, 10, LAST)
    assert (round(found.low, 3), round(found.high, 3)) == (0.057, 0.510)


def test_retention_looks_from_one_half_year_into_the_next() -> None:  # M36
    deals = [bought(f"c{n}", days_ago(250)) for n in range(12)] + [bought(f"c{n}", LAST) for n in range(9)]
    deals += [bought("new", days_ago(5)), bought("old", days_ago(500))]
    found = measure_retention(deals)
    assert found is not None
    assert (found.value, found.n) == (0.75, 12)


def test_a_month_without_revenue_is_a_gap_and_torn_months_are_left_out() -> None:  # M35
    days = [date(2025, 11, 20), date(2025, 12, 5), date(2025, 12, 9), date(2026, 2, 3), date(2026, 3, 10)]
    assert list_monthly_revenue([bought("a", day) for day in days]) == [
        (date(2025, 12, 1), 200.0),
        (date(2026, 1, 1), 0.0),
        (date(2026, 2, 1), 100.0),
    ]


def test_revenue_a_month_has_students_interval() -> None:
    days = [date(2025, 11, 20), date(2025, 12, 5), date(2026, 1, 9), date(2026, 2, 3), date(2026, 3, 10)]
    found = measure_monthly_revenue([bought("a", day, n * 100) for n, day in enumerate(days)])
    assert found is not None
    assert (found.value, found.n, found.last_day) == (200.0, 3, date(2026, 2, 28))
    assert round(found.high, 1) == round(200 + 4.303 * 100 / 3**0.5, 1)


def test_other_currencies_are_never_added() -> None:
    days = [date(2025, 11, 20), date(2025, 12, 5), date(2025, 12, 6), date(2026, 1, 9)]
    deals = [bought("a", day) for day in days]
    other = CrmDeal("deals", "x", "a", "Bob", "won", "won", "USD", Decimal(9999), date(2025, 12, 8))
    assert list_monthly_revenue([*deals, other]) == [(date(2025, 12, 1), 200.0)]


def test_new_clients_are_counted_once_the_list_has_run_half_a_year() -> None:
    deals = [bought(f"old{n}", date(2025, 1, 10 + n)) for n in range(5)]
    for month in range(8, 13):
        deals += [bought(f"c{month}", date(2025, month, 3)), bought("old1", date(2025, month, 4))]
    found = measure_new_clients(deals)
    assert found is not None
    assert (found.value, found.n, found.first_day) == (1.0, 4, date(2025, 8, 1))


@pytest.mark.parametrize("measure", [measure_repeat_share, measure_retention])
def test_too_few_are_no_figure(measure) -> None:  # type: ignore[no-untyped-def]
    assert measure([bought("a", LAST), bought("b", days_ago(200))]) is None
    assert measure([]) is None


def test_both_savings_fit_only_few_base_hours() -> None:  # M36
    low, high = fit_base_hours(Fraction(28, 100), (Fraction(8), Fraction(12)))
    assert (round(float(low), 1), round(float(high), 1)) == (28.6, 42.9)


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert tuple(round(bound, 4) for bound in interval_of_share(5, 10)) == (0.2366, 0.7634)
    assert interval_of_share(0, 10)[0] == 0.0
