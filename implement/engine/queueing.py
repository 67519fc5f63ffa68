"""Capacity from true demand: how many can be answered, and how many people it takes (M96).

Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
telephone exchanges" (1917); the recursions as in the Teletraffic Engineering Handbook of the ITU. Calls come at random,
their lengths are exponential; Erlang C lets callers wait as long as it takes, Erlang B sends them away.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp

MINUTES_PER_HOUR = 60


@dataclass(frozen=True)
class CapacitySettings:
    """What is demanded: this share of calls answered within so many seconds; how far people may be planned busy."""

    target_share: float = 0.8
    within_seconds: int = 20
    busiest_share: float = 0.85
    most_people: int = 20_000


@dataclass(frozen=True)
class Demand:
    """Calls of a day as counted; `repeat_share` of them are people who try again because nobody answered."""

    calls_a_day: int
    repeat_share: Fraction
    hours_a_day: Fraction
    busiest_hour_share: Fraction
    minutes_per_call: Fraction

    @property
    def callers_a_day(self) -> Fraction:
        """Calls without the repeated ones: the true demand."""
        return self.calls_a_day * (1 - self.repeat_share)

    @property
    def load(self) -> Fraction:
        """Work of the busiest hour in erlangs: hours of talking per hour."""
        return self.callers_a_day * self.busiest_hour_share * self.minutes_per_call / MINUTES_PER_HOUR


@dataclass(frozen=True)
class Capacity:
    """What the people at hand can do and how many it takes; shares 0–1, waiting in seconds.

    With no more people than erlangs the queue grows without end: then nothing can be said of waiting.
    """

    load: Fraction
    people: int
    answered_a_day: int
    answered_share: Fraction
    turned_away_share: float
    answered_in_time_share: float | None
    wait_seconds: float | None
    people_needed: int


def erlang_b(load: float, servers: int) -> float:
    """The share of calls that find every line busy and are lost; B(0) = 1, B(n) = A·B(n−1) / (n + A·B(n−1))."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(load: float, servers: int) -> float:
    """The share of calls that have to wait; 1 where the load is at least the number of servers."""
    if load >= servers:
        return 1.0
    blocked = erlang_b(load, servers)
    return blocked * servers / (servers - load * (1 - blocked))


def answered_within(load: float, servers: int, *, seconds: float, call_seconds: float) -> float:
    """The share of calls that are answered within so many seconds: 1 − C·exp(−(n − A)·t / length)."""
    if load >= servers:
        return 0.0
    return 1 - erlang_c(load, servers) * exp(-(servers - load) * seconds / call_seconds)


def mean_wait(load: float, servers: int, call_seconds: float) -> float | None:
    """The mean waiting time in seconds, C·length / (n − A); None where the queue only grows."""
    return None if load >= servers else erlang_c(load, servers) * call_seconds / (servers - load)


def count_people_needed(load: float, call_seconds: float, settings: CapacitySettings) -> int:
    """The fewest people who keep the target and are not planned busier than allowed."""
    people = max(1, ceil(load / settings.busiest_share))
    seconds = settings.within_seconds
    while people < settings.most_people:
        if answered_within(load, people, seconds=seconds, call_seconds=call_seconds) >= settings.target_share:
            break
        people += 1
    return people


def judge_capacity(demand: Demand, people: int, settings: CapacitySettings) -> Capacity:
    """Hold the people at hand against the true demand."""
    load, call_seconds = float(demand.load), float(demand.minutes_per_call * 60)
    busy = Fraction(str(settings.busiest_share))
    possible = people * demand.hours_a_day * MINUTES_PER_HOUR * busy / demand.minutes_per_call
    answered = min(demand.callers_a_day, possible)
    seconds = settings.within_seconds
    in_time = answered_within(load, people, seconds=seconds, call_seconds=call_seconds) if load < people else None
    return Capacity(
        load=demand.load,
        people=people,
        answered_a_day=int(answered),
        answered_share=answered / demand.callers_a_day if demand.callers_a_day else Fraction(1),
        turned_away_share=erlang_b(load, people),
        answered_in_time_share=in_time,
        wait_seconds=mean_wait(load, people, call_seconds),
        people_needed=count_people_needed(load, call_seconds, settings),
    )
