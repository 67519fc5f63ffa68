"""The demonstration's deals from first contact to won or lost: those kept well as they went, the others in one go."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from implement.demo.events import HEADER, Event, make_event
from implement.demo.people import Colleague, Habit

SEED = 13
STEPS = ("Next step agreed", "Meeting", "Offer")
KEPT_WELL = {Habit.KEEN: 0.8, Habit.STEADY: 0.45, Habit.BEREFT: 0.4, Habit.FADING: 0.3}
LEAST_SHARE, FIELDS = 0.1, 12
DEALS_EACH, LONGEST_DAYS = 5, 40


def write_deals(staff: list[Colleague], today: date) -> bytes:
    """The deals of everybody who sells with the CRM, as a log in the exchange format."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    for one in staff:
        if one.role != "head" and one.go_live < today - timedelta(days=14):
            writer.writerows(_run_deals(one, today))
    return text.getvalue().encode()


def _run_deals(one: Colleague, today: date) -> Iterator[Event]:
    chance, days_live = Random(f"{SEED}:{one.crm_user}"), (today - one.go_live).days
    for number in range(DEALS_EACH):
        first = one.go_live + timedelta(days=chance.randint(0, max(1, days_live - 30)))
        is_kept = chance.random() < KEPT_WELL.get(one.habit, LEAST_SHARE)
        deal = f"B-{one.number}-{number}"
        led = _keep(one, deal, first, chance) if is_kept else _let_lie(one, deal, first, chance)
        yield from (event for day, event in led if day < today)


def _keep(one: Colleague, deal: str, first: date, chance: Random) -> Iterator[tuple[date, Event]]:
    """Won: a next step the day after, each stage on its day, a note on the way."""
    day = first
    yield day, _enter(one, deal, day, chance, "create", filled=10)
    for number, (stage, least, most) in enumerate(zip((*STEPS, "Won"), (1, 3, 3, 5), (2, 6, 7, 9), strict=True)):
        day = next_working_day(day + timedelta(days=chance.randint(least, most)))
        before = ("Contacted", *STEPS)[number]
        yield day, _enter(one, deal, day, chance, "stage", filled=11, stage_from=before, stage_to=stage)


def _let_lie(one: Colleague, deal: str, first: date, chance: Random) -> Iterator[tuple[date, Event]]:
    """Entered late and at once, lost more often than won."""
    yield first, _enter(one, deal, first, chance, "create", filled=chance.randint(4, 8))
    day = next_working_day(first + timedelta(days=chance.randint(10, LONGEST_DAYS)))
    end, happened = ("Won" if chance.random() < 0.3 else "Lost"), day - timedelta(days=chance.randint(5, 12))
    for stage in (*STEPS[: chance.randint(0, 3)], end):
        yield day, _enter(one, deal, day, chance, "stage", filled=7, happened=happened, stage_to=stage)


def next_working_day(day: date) -> date:
    """The day itself or the Monday after it."""
    return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)


def _enter(
    one: Colleague, deal: str, day: date, chance: Random, action: str, *, filled: int, happened: date | None = None,
    **stages: str,
) -> Event:  # fmt: skip
    note = {"text_hash": f"{chance.getrandbits(32):08x}"} if filled > FIELDS // 2 else {}
    figures = {"filled": str(filled), "total": str(FIELDS), "effective_date": (happened or day).isoformat()}
    return make_event(one, day, chance, "deal", action, deal, **figures, **note, **stages)
