"""The lists beside the demonstration's log: orders as the shop booked them, and when the teams meet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from implement.demo.people import Colleague, Habit

SEED = 12
ORDERS_A_DAY, CALLS_A_DAY = 0.45, 9
KNOWN_SHARE = {Habit.KEEN: 0.97, Habit.STEADY: 0.92, Habit.SPREADSHEET: 0.3, Habit.OVERWHELMED: 0.8}
USUAL_SHARE = 0.9


def write_orders(staff: list[Colleague], today: date) -> bytes:
    """Orders of the last thirteen weeks, each with the deal the CRM knew, or without one."""
    rows = []
    for one in staff:
        chance = Random(f"{SEED}:{one.crm_user}")
        for ago in range(1, 91):
            day = today - timedelta(days=ago)
            if one.role == "head" or day < one.go_live or day.isoweekday() > 5 or chance.random() > ORDERS_A_DAY:
                continue
            is_known = chance.random() < KNOWN_SHARE.get(one.habit, USUAL_SHARE)
            deal = f"D{chance.randint(1, 4000)}" if is_known else ""
            rows.append((f"A-{one.number}-{day:%y%m%d}", one.crm_user, day.isoformat(), deal))
    return _write(("order_id", "user", "date", "crm_deal_id"), rows)


def write_calls(staff: list[Colleague], today: date) -> bytes:
    """Calls of the last eight weeks as a telephone system counts them by day."""
    rows = []
    for one in staff:
        chance = Random(f"{SEED}:calls:{one.crm_user}")
        for ago in range(1, 57):
            day = today - timedelta(days=ago)
            if one.role != "head" and day >= one.go_live and day.isoweekday() <= 5:
                rows.append((one.crm_user, day.isoformat(), "out", chance.randint(1, CALLS_A_DAY)))
    return _write(("extension", "call date", "direction", "number of calls"), rows)


def write_meetings(staff: list[Colleague]) -> bytes:
    """Each team meets once a week."""
    teams = sorted({one.team for one in staff})
    return _write(("team", "weekday", "hour"), [(team, 1 + n % 3, f"{9 + n % 2}:30") for n, team in enumerate(teams)])


def _write(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
