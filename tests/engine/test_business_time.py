"""Open time against an independent calendar that counts minute by minute, in three countries over changed clocks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from implement.engine.business_time import BusinessHours, NeverOpen, add_minutes, count_open, next_open
from implement.rollout.service.calendar import list_public_holidays
from tests.evaluators.hours import holidays
from tests.evaluators.hours.clocks import Clock, central_europe, moscow
from tests.evaluators.hours.counting import Shop
from tests.fixtures.scale import Scale

OFFICE, ALWAYS, NIGHT = (540, 1080, "12345"), (0, 1440, "1234567"), (90, 165, "1234567")
PLACES = {
    "DE": ("Europe/Berlin", central_europe, holidays.germany),
    "PL": ("Europe/Warsaw", central_europe, holidays.poland),
    "RU": ("Europe/Moscow", moscow, holidays.russia),
}
SPANS = [
    ("DE", date(2026, 3, 26)), ("DE", date(2026, 10, 22)), ("DE", date(2026, 12, 23)),
    ("PL", date(2026, 3, 26)), ("PL", date(2025, 10, 23)), ("PL", date(2026, 4, 30)),
    ("RU", date(2010, 3, 26)), ("RU", date(2011, 3, 24)), ("RU", date(2014, 10, 23)), ("RU", date(2026, 5, 7)),
]  # fmt: skip


def open_both(country: str, year: int, times: tuple[int, int, str]) -> tuple[BusinessHours, Shop]:
    """The same hours for the engine, with the product's holidays, and for the calendar, with its own."""
    zone, clock, closed = PLACES[country]
    opens, closes, weekdays = times
    days = frozenset(map(int, weekdays))
    ours = list_public_holidays(country, {year}) if year == 2026 or country != "RU" else frozenset(closed(year))
    return BusinessHours(zone, opens, closes, days, ours), Shop(clock, opens, closes, days, closed(year))


@pytest.mark.parametrize("country", PLACES)
def test_holidays_of_the_year_are_those_of_the_law(country: str) -> None:
    closed: Callable[[int], set[date]] = PLACES[country][2]
    assert set(list_public_holidays(country, {2026})) == closed(2026)


@pytest.mark.parametrize("times", [OFFICE, ALWAYS, NIGHT], ids=["office", "always", "night"])
@pytest.mark.parametrize(("country", "first_day"), SPANS)
def test_open_time_is_what_counting_each_minute_gives(
    country: str, first_day: date, times: tuple[int, int, str], scale: Scale
) -> None:
    hours, shop = open_both(country, first_day.year, times)
    chance, noon = Random(f"{country}{first_day}"), datetime(*first_day.timetuple()[:3], 12, tzinfo=UTC)
    for _trial in range(scale(small=2, full=60, of="spans of open time")):
        start = noon + timedelta(minutes=chance.randrange(5 * 1440))
        minutes = chance.choice([1, 15, 20, 30, 61, 600])
        due = add_minutes(start, minutes, hours)
        assert due == shop.run_down(start, minutes)
        end = start + timedelta(minutes=chance.randrange(3000))
        assert count_open(start, end, hours) == timedelta(minutes=shop.count_minutes(start, end))


@pytest.mark.parametrize(
    ("said", "minutes", "due"),
    [
        ("2026-03-27T16:50Z", 30, "2026-03-30T07:20Z"),  # Friday 17:50; summer time begins on Sunday
        ("2026-12-23T16:45Z", 20, "2026-12-28T08:05Z"),  # over Christmas; Christmas Eve is a working day in Germany
        ("2026-06-10T15:59Z", 1, "2026-06-10T16:00Z"),
        ("2026-06-10T16:00Z", 15, "2026-06-11T07:15Z"),
    ],
)
def test_a_clock_stands_still_while_the_firm_is_closed(said: str, minutes: int, due: str) -> None:  # M76
    days_off = list_public_holidays("DE", {2026}) | {date(2026, 12, 24)}
    hours = BusinessHours("Europe/Berlin", days_off=days_off)
    assert add_minutes(datetime.fromisoformat(said), minutes, hours) == datetime.fromisoformat(due)


def test_no_minutes_are_over_at_once_and_nothing_runs_backwards() -> None:
    hours, now = BusinessHours("Europe/Warsaw"), datetime(2026, 6, 10, 3, tzinfo=UTC)
    assert add_minutes(now, 0, hours) == now
    assert count_open(now, now - timedelta(days=1), hours) == timedelta(0)
    assert next_open(now, hours) == datetime(2026, 6, 10, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "hours", [BusinessHours("Europe/Berlin", weekdays=frozenset()), BusinessHours("UTC", 600, 600)]
)
def test_hours_that_never_come_are_refused(hours: BusinessHours) -> None:
    with pytest.raises(NeverOpen):
        add_minutes(datetime(2026, 6, 10, tzinfo=UTC), 1, hours)


def test_the_calendar_itself_knows_easter_and_both_clocks() -> None:
    clock: Clock = central_europe
    assert [holidays.easter(year) for year in (2024, 2025, 2026)] == [
        date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)
    ]  # fmt: skip
    assert clock(datetime(2026, 3, 29, 1, tzinfo=UTC)).isoformat() == "2026-03-29T03:00:00"
    assert moscow(datetime(2010, 7, 1, 8, tzinfo=UTC)).isoformat() == "2010-07-01T12:00:00"
