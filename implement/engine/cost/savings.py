"""The business case: what is saved, by figures somebody collects, held against the cost trial by trial (M97)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from implement.engine.cost.ranges import Range
from implement.engine.cost.simulation import Draws, SimulationSettings, Spread, Trial, draw, spread
from implement.engine.cost.totals import MONTHS_PER_YEAR


@dataclass(frozen=True)
class Saving:
    """One saving: pieces a year × money a piece, from a month on; `is_collected` once somebody has counted it."""

    id: str
    pieces_a_year: Range
    piece_minor: Range
    first_month: int
    is_collected: bool


@dataclass(frozen=True)
class Case:
    """Savings against cost: the spread of what is left, the share of trials in which anything is left, and the month
    by which it has paid for itself in half of the trials (None: not within the time).
    """

    saved: Spread
    left: Spread
    share_of_gain: float
    payback_month: int | None


def make_case(trial: Trial, savings: Sequence[Saving], settings: SimulationSettings) -> Case:
    """Hold the savings against the trials of an offer; savings are drawn independently of its figures."""
    by_month = np.zeros_like(trial.by_month)
    for saving in savings:
        amount = _draw_year(saving, settings) / MONTHS_PER_YEAR
        by_month[:, saving.first_month - 1 :] += amount[:, np.newaxis]
    left = by_month - trial.by_month
    totals = left.sum(axis=1)
    return Case(
        saved=spread(by_month.sum(axis=1), settings),
        left=spread(totals, settings),
        share_of_gain=float((totals > 0).mean()),
        payback_month=_find_payback(left),
    )


def _draw_year(saving: Saving, settings: SimulationSettings) -> Draws:
    pieces = draw(f"{saving.id}.pieces", saving.pieces_a_year, settings)
    return pieces * draw(f"{saving.id}.piece", saving.piece_minor, settings)


def _find_payback(left: Draws) -> int | None:
    """The first month from which on half of the trials have their money back and keep it."""
    paid = np.median(np.cumsum(left, axis=1), axis=0) >= 0
    behind = np.flatnonzero(~paid)
    first = 0 if behind.size == 0 else int(behind[-1]) + 1
    return first + 1 if first < paid.size else None
