"""What passes between CRM and accounting, and where somebody types it twice (M110, M102)."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row
from implement.stages.specification.tables.cost import ExchangeLine
from implement.web.texts import lazy

WORKING_WEEKS, SECONDS_PER_HOUR = 46, 3600


@dataclass(frozen=True)
class ExchangeSaid:
    """What passes, as it was typed in."""

    what: str
    leads: str
    way: str
    records_a_week: int
    seconds_each: int
    tested_on: date | None


@dataclass(frozen=True)
class ExchangeState:
    """How the exchange stands: lines, those typed twice, without a lead, never tried; hours by hand a year."""

    lines: tuple[ExchangeLine, ...]
    by_hand: int
    without_lead: int
    untried: int
    hours_a_year: Fraction

    @property
    def is_compatible(self) -> bool:
        """True when everything passes by itself, one system leads, and it was tried."""
        return bool(self.lines) and not (self.by_hand or self.without_lead or self.untried)


def read_exchange(rollout_id: int) -> ExchangeState:
    """Every line that stands, and what is wrong with them."""
    here = (ExchangeLine.rollout_id == rollout_id, ExchangeLine.removed_at.is_(None))
    lines = tuple(db.session.scalars(select(ExchangeLine).where(*here).order_by(ExchangeLine.id)))
    hands = [one for one in lines if one.way == "by_hand"]
    seconds = sum(one.records_a_week * one.seconds_each for one in hands)
    return ExchangeState(
        lines, len(hands), sum(not one.leads for one in lines), sum(one.tested_on is None for one in lines),
        Fraction(seconds * WORKING_WEEKS, SECONDS_PER_HOUR),
    )  # fmt: skip


def add_exchange(rollout_id: int, said: ExchangeSaid, *, by: Actor, now: datetime) -> ExchangeLine:
    """Write down what passes."""
    if not said.what.strip():
        raise RuleBroken(lazy("Say what passes between the two."))
    row = ExchangeLine(rollout_id=rollout_id, **vars(said), by_name=by.name, at=now)
    db.session.add(row)
    db.session.flush()
    log_write("add_exchange", f"exchange:{row.id}", by=by, now=now, rollout_id=rollout_id)
    return row


def remove_exchange(rollout_id: int, line_id: int, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a line away, or with `is_back` put it back."""
    row: ExchangeLine | None = db.session.get(ExchangeLine, line_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such line."))
    remove_row(row, "exchange", is_back=is_back, by=by, now=now, rollout_id=rollout_id)
