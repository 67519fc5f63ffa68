"""How the best-kept deals are run beside the others: stages, spacing, fields, notes, hand-overs, each with interval.

A deal is kept best when it was won and recorded as it went: nothing more than four days late, and never three stages on
one day. Fields, notes, spacing and hand-overs play no part in that, so that they can be compared. Each person counts
once, whoever ran however many: what is compared are people's own means and medians, and intervals come from drawing
people anew.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

import numpy as np
import numpy.typing as npt

from implement.engine.causes.stages import is_won
from implement.engine.deal_runs import DealRun
from implement.engine.suppression import LEAST_PEOPLE

Values = npt.NDArray[np.float64]
Measured = Callable[[DealRun], float | None]
FILLED, NOTES, HANDOVERS, DAYS = "filled", "notes", "handovers", "days"
PLAIN: Mapping[str, Measured] = {
    FILLED: lambda run: run.filled,
    NOTES: lambda run: run.notes_a_week,
    HANDOVERS: lambda run: float(run.handovers),
    DAYS: lambda run: run.days,
}


@dataclass(frozen=True)
class BestKeptSettings:
    """What makes a deal one of the best kept, how many deals a comparison needs, which stages are told."""

    most_late: int = 0
    most_steps_a_day: int = 2
    least_steps: int = 2
    least_deals: int = 10
    least_share_of_step: float = 0.05
    most_steps: int = 8
    draws: int = 400
    sureness: float = 0.90
    seed: int = 31


DEFAULT_BEST_KEPT = BestKeptSettings()


@dataclass(frozen=True)
class Level:
    """What a measure comes to: over so many deals of so many people, and where it likely lies."""

    value: float
    low: float
    high: float
    deals: int
    people: int


@dataclass(frozen=True)
class Beside:
    """A measure of the best-kept deals beside the others; `low` to `high` is where the difference likely lies."""

    name: str
    best: Level
    rest: Level
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True when the difference is more than chance."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class StepBeside:
    """A stage: which share of deals passed it, and after how many days; None where too few did, or where it is the end
    that makes the best-kept. `best_days` are the best-kept deals' own, where too few others passed it.
    """

    name: str
    share: Beside | None
    days: Beside | None
    best_days: Level | None


@dataclass(frozen=True)
class Pattern:
    """The best-kept deals beside the others."""

    deals: int
    people: int
    rest_deals: int
    rest_people: int
    steps: tuple[StepBeside, ...]
    measures: tuple[Beside, ...]


def is_kept_best(run: DealRun, settings: BestKeptSettings = DEFAULT_BEST_KEPT) -> bool:
    """True for a won deal that was recorded as it went."""
    is_led = len(run.steps) >= settings.least_steps and run.most_steps_a_day <= settings.most_steps_a_day
    return run.is_won and is_led and run.late <= settings.most_late


def choose_runs(runs: Sequence[DealRun], agreed: frozenset[str]) -> list[DealRun]:
    """The deals a pattern may be made of, so that it tells of nobody who has not agreed: of either kind all when five
    people or more who have not agreed stand behind them, or none of them does; else those of whoever has agreed.
    """
    found = []
    for kind in (True, False):
        mine = [run for run in runs if is_kept_best(run) is kind]
        silent = {person for run in mine for person in run.people} - agreed
        may_tell = not silent or len(silent) >= LEAST_PEOPLE
        found += mine if may_tell else [run for run in mine if run.people <= agreed]
    return found


def choose_examples(runs: Sequence[DealRun], agreed: frozenset[str]) -> dict[str, DealRun]:
    """The latest best-kept deal of each who agrees, of those on which nobody worked who does not; by owner."""
    return {run.owner: run for run in runs if is_kept_best(run) and run.people <= agreed}


def compare_best_kept(
    runs: Sequence[DealRun], agreed: frozenset[str] = frozenset(), settings: BestKeptSettings = DEFAULT_BEST_KEPT
) -> Pattern | None:
    """The best-kept beside the others; None where either are too few to be compared."""
    best = [run for run in runs if is_kept_best(run, settings)]
    rest = [run for run in runs if not is_kept_best(run, settings)]
    if min(len(best), len(rest)) < settings.least_deals:
        return None
    sides = _Sides(best, rest, agreed, settings)
    steps = tuple(sides.compare_step(name) for name in _order_steps(runs, settings))
    measures = tuple(one for name, of in PLAIN.items() if (one := sides.compare(name, of)) is not None)
    return Pattern(len(best), _count_people(best), len(rest), _count_people(rest), steps, measures)


@dataclass(frozen=True)
class _Sides:
    """The deals of both kinds, and who agreed to be shown."""

    best: Sequence[DealRun]
    rest: Sequence[DealRun]
    agreed: frozenset[str]
    settings: BestKeptSettings

    def compare(self, name: str, of: Measured) -> Beside | None:
        """One measure of both; days go by their middles, everything else by means. None where too few tell of it."""
        told = [self._measure(runs, of) for runs in (self.best, self.rest)]
        if not all(self._may_tell(rows) for rows in told):
            return None
        (mine, drawn), (theirs, theirs_drawn) = (
            _level(rows, name == DAYS, seed, self.settings) for seed, rows in enumerate(told)
        )
        return Beside(name, mine, theirs, *_span(drawn - theirs_drawn, self.settings))

    def compare_step(self, name: str) -> StepBeside:
        """How many passed a stage, and after how many days."""
        days = self.compare(DAYS, lambda run: dict(run.steps).get(name))
        share = None if is_won(name) else self.compare(name, lambda run: name in dict(run.steps))
        mine = self._measure(self.best, lambda run: dict(run.steps).get(name))
        best = _level(mine, True, 0, self.settings)[0] if self._may_tell(mine) else None
        return StepBeside(name, share, days, best)

    def _measure(self, runs: Sequence[DealRun], of: Measured) -> list[tuple[str, float]]:
        return [(run.owner, value) for run in runs if (value := of(run)) is not None]

    def _may_tell(self, rows: Sequence[tuple[str, float]]) -> bool:
        silent = {person for person, _value in rows} - self.agreed
        return len(rows) >= self.settings.least_deals and (not silent or len(silent) >= LEAST_PEOPLE)


def _order_steps(runs: Sequence[DealRun], settings: BestKeptSettings) -> list[str]:
    """The stages that enough deals pass, in the order in which deals pass them."""
    places = defaultdict[str, list[float]](list)
    for run in runs:
        for place, (name, _after) in enumerate(run.steps):
            places[name].append(place / max(len(run.steps) - 1, 1))
    often = [name for name in places if len(places[name]) >= settings.least_share_of_step * len(runs)]
    told = sorted(often, key=lambda name: (-len(places[name]), name))[: settings.most_steps]
    return sorted(told, key=lambda name: (mean(places[name]), name))


def _level(
    rows: Sequence[tuple[str, float]], middle: bool, seed: int, settings: BestKeptSettings
) -> tuple[Level, Values]:
    """The level over people, and what it came to when people were drawn anew."""
    chance = np.random.default_rng((settings.seed, seed))
    by_person = defaultdict[str, list[float]](list)
    for person, value in rows:
        by_person[person].append(value)
    own = np.array([(median if middle else mean)(by_person[person]) for person in sorted(by_person)])
    drawn = own[chance.integers(0, len(own), (settings.draws, len(own)))]
    levels = np.median(drawn, axis=1) if middle else drawn.mean(axis=1)
    value = float(np.median(own) if middle else own.mean())
    return Level(value, *_span(levels, settings), len(rows), len(own)), levels


def _span(drawn: Values, settings: BestKeptSettings) -> tuple[float, float]:
    tail = (1 - settings.sureness) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return float(low), float(high)


def _count_people(runs: Sequence[DealRun]) -> int:
    return len({person for run in runs for person in run.people})
