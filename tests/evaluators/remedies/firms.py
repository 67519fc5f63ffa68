"""A firm whose people use their CRM day by day; one team or person gets a remedy that adds so much from one day on.

Tastes differ, teams drift together, people keep doing what they did yesterday, and whoever is helped may have been
chosen for being lowest. Written from the question alone, without a look at the engine.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Firm:
    """How the firm is made up, what is planted, and on whom."""

    teams: int = 6
    people_in_team: int = 8
    days: int = 20
    drift: float = 0.05
    habit: float = 0.3
    planted: float = 0.0
    is_lowest_helped: bool = False
    days_away: int = 6


@dataclass(frozen=True)
class Lived:
    """What happened: per person team and counts before and after; who was helped, and what that truly added."""

    team: npt.NDArray[np.int64]
    active_before: npt.NDArray[np.int64]
    days_before: npt.NDArray[np.int64]
    active_after: npt.NDArray[np.int64]
    days_after: npt.NDArray[np.int64]
    helped: npt.NDArray[np.bool_]
    added: float


def live_with_helped_team(firm: Firm, seed: int) -> Lived:
    """Let a whole team be helped."""
    chance = np.random.default_rng(seed)
    team = np.repeat(np.arange(firm.teams), firm.people_in_team)
    taste = _tastes(firm, chance)
    before = _live(np.clip(taste + chance.normal(0, firm.drift, firm.teams)[team], 0.02, 0.98), firm, chance)
    means = [(before[0][team == one] / before[1][team == one]).mean() for one in range(firm.teams)]
    chosen = int(np.argmin(means)) if firm.is_lowest_helped else 0
    return _go_on(firm, team, taste, before, team == chosen, chance)


def live_with_helped_person(firm: Firm, seed: int) -> Lived:
    """Let one person be helped."""
    chance = np.random.default_rng(seed)
    team = np.repeat(np.arange(firm.teams), firm.people_in_team)
    taste = _tastes(firm, chance)
    before = _live(np.clip(taste + chance.normal(0, firm.drift, firm.teams)[team], 0.02, 0.98), firm, chance)
    chosen = int(np.argmin(before[0] / before[1])) if firm.is_lowest_helped else 0
    return _go_on(firm, team, taste, before, np.arange(len(team)) == chosen, chance)


def _go_on(
    firm: Firm,
    team: npt.NDArray[np.int64],
    taste: Shares,
    before: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    helped: npt.NDArray[np.bool_],
    chance: np.random.Generator,
) -> Lived:
    usual = np.clip(taste + chance.normal(0, firm.drift, firm.teams)[team], 0.02, 0.98)
    lifted = np.clip(usual + firm.planted * helped, 0.02, 0.98)
    after = _live(lifted, firm, chance)
    return Lived(team, *before, *after, helped, float((lifted - usual)[helped].mean()))


def _tastes(firm: Firm, chance: np.random.Generator) -> Shares:
    """On how many of their days people like to use it: most on many, a few on hardly any."""
    size = firm.teams * firm.people_in_team
    keen, unwilling = chance.normal(0.8, 0.12, size), chance.uniform(0.1, 0.5, size)
    return np.where(chance.random(size) < 0.8, keen, unwilling)


def _live(
    share: Shares, firm: Firm, chance: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Days used and days there; with the strength of habit a day is as the one before."""
    uses = chance.random((len(share), firm.days)) < share[:, None]
    keeps = chance.random(uses.shape) < firm.habit
    for day in range(1, firm.days):
        uses[:, day] = np.where(keeps[:, day], uses[:, day - 1], uses[:, day])
    there = firm.days - chance.integers(0, firm.days_away + 1, len(share))
    present = np.arange(firm.days)[None, :] < there[:, None]
    return (uses & present).sum(axis=1), there
