"""A rehearsal without people: orders come and steps take their time by chance; the same seed gives the same orders.

Each step takes, in open minutes, a part of its clock: the middle part times a lognormal spread, times a factor that
one role keeps through the whole rehearsal (some roles are slower than others). A few steps are forgotten: they are done
only some time after the head was told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from implement.engine.business_time import MINUTE, BusinessHours, add_minutes, count_open, list_spans
from implement.engine.rehearsal.clocks import ChainStep, OrderRun

DAY = timedelta(days=1)
MOST_DAYS = 400


@dataclass(frozen=True)
class SimulationSettings:
    """How many orders, how many a day; which part of its clock a step takes in the middle and how far that spreads; how
    many steps are forgotten, and how long they take once the head was told.
    """

    orders: int = 40
    orders_a_day: int = 8
    middle_part: float = 0.55
    spread: float = 0.45
    spread_of_roles: float = 0.25
    forgotten_share: float = 0.05
    minutes_after_telling: float = 25.0


def simulate_orders(
    steps: Sequence[ChainStep], hours: BusinessHours, first_day: date, seed: int, settings: SimulationSettings
) -> list[OrderRun]:
    """Orders that come from the first day on and go through the whole chain; raises `NeverOpen`."""
    chance = np.random.default_rng(seed)
    factors = {
        role: float(np.exp(settings.spread_of_roles * chance.standard_normal()))
        for role in dict.fromkeys(step.role for step in steps)
    }
    arrivals = _draw_arrivals(hours, first_day, settings, chance)
    return [
        OrderRun(f"S{number:03d}", at, _draw_done(steps, at, hours, factors, settings, chance))
        for number, at in enumerate(arrivals, start=1)
    ]


def _draw_arrivals(
    hours: BusinessHours, first_day: date, settings: SimulationSettings, chance: np.random.Generator
) -> list[datetime]:
    """So many a day on worked days, at any open minute."""
    found: list[datetime] = []
    for number in range(MOST_DAYS):
        spans = list_spans(hours, first_day + number * DAY)
        if spans:
            begins = spans[0][0]
            minutes = int(count_open(begins, spans[-1][1], hours) / MINUTE)
            drawn = sorted(int(one) for one in chance.integers(0, minutes, settings.orders_a_day))
            found += [add_minutes(begins, minute, hours) for minute in drawn]
        if len(found) >= settings.orders:
            break
    return found[: settings.orders]


def _draw_done(
    steps: Sequence[ChainStep],
    begun_at: datetime,
    hours: BusinessHours,
    factors: dict[str, float],
    settings: SimulationSettings,
    chance: np.random.Generator,
) -> dict[int, datetime]:
    done, at = {}, begun_at
    for place, step in enumerate(steps):
        part = settings.middle_part * factors[step.role] * float(np.exp(settings.spread * chance.standard_normal()))
        is_forgotten = bool(chance.random() < settings.forgotten_share)
        late = step.minutes + float(chance.exponential(settings.minutes_after_telling))
        minutes = late if is_forgotten else step.minutes * part
        at = add_minutes(at, max(1, round(minutes)), hours)
        done[place] = at
    return done
