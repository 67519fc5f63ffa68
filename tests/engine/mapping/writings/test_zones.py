"""Days without a time that arrive as the instants in UTC at which they begin where the firm is."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import listed, run_transfer, write_table

DAYS = [date(2021, 1, 4) + timedelta(days=17 * number % 1200) for number in range(150)]
WINTERS = [day if day.month in (11, 12, 1, 2) or number % 4 == 0 else date(day.year, 1, day.day)
           for number, day in enumerate(DAYS)]  # fmt: skip
ZONES = ["Europe/Warsaw", "Australia/Sydney", "America/Chicago", "Europe/London", "Asia/Bangkok", "Asia/Kathmandu"]
PLACE, PLAIN = 40, "%d.%m.%Y"


def begin(day: date, zone: str) -> str:
    """The instant in UTC at which a day begins."""
    return f"{datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def transfer(folder: Path, signed: list[str], arrived: list[str]) -> Reconciliation:
    """Reconcile policies of which the day of signing is called otherwise, and stands beside two other times."""
    rows = [[f"P{n}", f"Holder {n * 7919 % 1000}", f"{1000 + n * 37}"] for n in range(len(signed))]
    made = [f"{datetime(2023, 5, 1, 6, 10, tzinfo=UTC) + timedelta(hours=7 * n, minutes=n):%Y-%m-%dT%H:%M:%SZ}"
            for n in range(len(signed))]  # fmt: skip
    ones = [[*row, day] for row, day in zip(rows, signed, strict=True)]
    others = [[*row, at, day] for row, at, day in zip(rows, made, arrived, strict=True)]
    write_table(folder / "old" / "policies.csv", ["policy", "holder", "sum", "signature"], ones)
    write_table(folder / "new" / "policies.csv", ["policy", "holder", "sum", "madeAt", "beganOnUtc"], others)
    return run_transfer(folder / "old", folder / "new")


@pytest.mark.parametrize("days", [DAYS, WINTERS])
@pytest.mark.parametrize("zone", ZONES)
def test_days_that_became_instants_are_told_as_one_other_writing(tmp_path: Path, zone: str, days: list[date]) -> None:
    plain, instants = [f"{day:{PLAIN}}" for day in days], [begin(day, zone) for day in days]
    for side, cells in enumerate([(plain, instants), (instants, plain)]):
        rows = transfer(tmp_path / str(side), *cells).findings.to_pylist()
        assert [(row["class"], row["field"], row["source_id"]) for row in rows] == [("reformatted", "signature", "")]


@pytest.mark.parametrize("zone", ZONES)
def test_other_days_among_them_are_told(tmp_path: Path, zone: str) -> None:
    days = list(DAYS)
    turned = next(n for n, day in enumerate(DAYS) if day.day <= 12 and day.day != day.month and n > PLACE)
    days[PLACE] += timedelta(days=3)
    days[turned] = DAYS[turned].replace(day=DAYS[turned].month, month=DAYS[turned].day)
    found = transfer(tmp_path, [f"{day:{PLAIN}}" for day in DAYS], [begin(day, zone) for day in days])
    told = [(f"P{PLACE}", "value_changed", "signature"), (f"P{turned}", "date_swapped", "signature")]
    assert sorted(listed(found)) == sorted(told)


INSTANTS = [datetime(2021, 1, 4, 0, 20, tzinfo=UTC) + timedelta(hours=53 * n, minutes=37 * n) for n in range(400)]


@pytest.mark.parametrize("zone", ZONES)
def test_instants_that_became_the_days_they_fall_on_are_one_other_writing(tmp_path: Path, zone: str) -> None:
    instants = [f"{at:%Y-%m-%dT%H:%M:%S.000Z}" for at in INSTANTS]
    days = [f"{at.astimezone(ZoneInfo(zone)):{PLAIN}}" for at in INSTANTS]
    for side, cells in enumerate([(instants, days), (days, instants)]):
        rows = transfer(tmp_path / str(side), *cells).findings.to_pylist()
        assert [(row["class"], row["field"], row["source_id"]) for row in rows] == [("reformatted", "signature", "")]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Warsaw", "Australia/Sydney"])
def test_days_before_or_behind_are_told_where_no_clock_explains_them(tmp_path: Path, zone: str) -> None:
    moved = range(7, 400, 41)
    days = [at.astimezone(ZoneInfo(zone)) + timedelta(days=n in moved) for n, at in enumerate(INSTANTS)]
    found = transfer(tmp_path, [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in INSTANTS], [f"{day:%Y-%m-%d}" for day in days])
    assert sorted(listed(found)) == sorted((f"P{n}", "value_changed", "signature") for n in moved)


def test_times_of_other_things_are_no_such_days(tmp_path: Path) -> None:
    times = [f"{day - timedelta(days=1)}T{22 + n % 2}:{n * 7 % 60:02}:00Z" for n, day in enumerate(DAYS)]
    found = transfer(tmp_path, [f"{day:{PLAIN}}" for day in DAYS], times).findings.to_pylist()
    assert [(row["class"], row["field"]) for row in found] == [("value_lost", "signature")]


def test_a_day_with_a_time_that_no_month_has_is_a_cell_like_others(tmp_path: Path) -> None:
    old = [f"{day:{PLAIN}} 10:{n % 60:02}" for n, day in enumerate(DAYS)]
    new = [f"{day}T09:{n % 60:02}:00Z" for n, day in enumerate(DAYS)]
    old[PLACE], new[PLACE] = "31.02.2023 10:05", "2023-02-28T09:05:00Z"
    assert listed(transfer(tmp_path, old, new)) == [(f"P{PLACE}", "value_changed", "signature")]


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/Chicago"])
def test_days_at_the_end_of_all_calendars_stand_beside_others(tmp_path: Path, zone: str) -> None:
    days = [date(9999, 12, 31) if number % 9 == 2 else day for number, day in enumerate(DAYS)]
    instants = [f"{date(9999, 12, 31)}T23:59:59Z" if day.year == 9999 else begin(day, zone) for day in days]
    told = {row[1:] for row in listed(transfer(tmp_path, [f"{day:{PLAIN}}" for day in days], instants))}
    assert told <= {("reformatted", "signature")}
