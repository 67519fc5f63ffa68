"""Capacity from true demand: calls as counted, people as planned (M96, M136)."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from implement.db import db
from implement.engine.queueing import Capacity, CapacitySettings, Demand, judge_capacity
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.specification.service.cost.figures import THOUSANDTHS
from implement.stages.specification.tables.cost import CallDemand
from implement.web.texts import lazy

LARGEST_LOAD = 5_000
"""Erlangs up to which the queue is reckoned: more is a typing error, or no question for one queue."""


@dataclass(frozen=True)
class CallsSaid:
    """Calls of a day as they were typed in; shares, hours and minutes in thousandths."""

    calls: int
    repeated_thousandths: int
    day_thousandths: int
    busiest_thousandths: int
    call_thousandths: int
    people: int

    @property
    def demand(self) -> Demand:
        """As the engine reckons."""
        repeated, hours, busiest, minutes = (
            Fraction(value, THOUSANDTHS)
            for value in (
                self.repeated_thousandths, self.day_thousandths, self.busiest_thousandths, self.call_thousandths,
            )
        )  # fmt: skip
        return Demand(self.calls, repeated, hours, busiest, minutes)


def read_calls(rollout_id: int) -> CallsSaid | None:
    """The calls as they were said; None before."""
    row: CallDemand | None = db.session.get(CallDemand, rollout_id)
    if row is None:
        return None
    names = CallsSaid.__dataclass_fields__
    return CallsSaid(**{name: getattr(row, name) for name in names})


def say_calls(rollout_id: int, said: CallsSaid, *, by: Actor, now: datetime) -> None:
    """Keep the calls of a day and the people who answer them."""
    if min(said.day_thousandths, said.call_thousandths, said.busiest_thousandths, said.people) <= 0:
        raise RuleBroken(lazy("Hours, length of a call, busiest hour and people must be more than nothing."))
    if said.demand.load > LARGEST_LOAD:
        raise RuleBroken(lazy("So many calls at once are more than one queue can be reckoned for. Please check."))
    row = db.session.get(CallDemand, rollout_id) or CallDemand(rollout_id=rollout_id)
    for name, value in vars(said).items():
        setattr(row, name, value)
    row.by_name, row.at = by.name, now
    db.session.add(row)
    db.session.flush()
    log_write("say_calls", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id)


def judge_calls(said: CallsSaid | None) -> Capacity | None:
    """What the people can do, and how many it takes; None before the calls were said."""
    return None if said is None else judge_capacity(said.demand, said.people, CapacitySettings())
