"""Is it the people, the data, or both? One verdict per team from figures that stand side by side and are never summed
(M128).

*Data*: records of the team were lost in the transfer, more than a few and more than a small share. *People*: the team
works in the CRM on too few of its days, or falls behind on most of what is known of use, plan and meetings. Resistance
may be an answer to broken records, so where both hold the data come first. What is withheld or unknown takes no part;
with nothing known there is no verdict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from implement.engine.suppression import LEAST_PEOPLE, withhold_small_groups

USAGE, PLAN, MEETINGS, INCENTIVES, LOST = "usage", "plan", "meetings", "incentives", "lost"
PEOPLE, RECORDS, BOTH, NEITHER, UNKNOWN = "people", "data", "both", "neither", "unknown"


@dataclass(frozen=True)
class SideSettings:
    """From where on a figure speaks: shares of active days, of the plan, of meetings held; lost records and share."""

    least_usage: Fraction = Fraction(60, 100)
    least_plan: Fraction = Fraction(80, 100)
    least_meetings: Fraction = Fraction(80, 100)
    least_lost: int = 5
    least_lost_share: Fraction = Fraction(2, 100)
    judged_weeks: int = 4


DEFAULT_SIDES = SideSettings()


@dataclass(frozen=True)
class Cell:
    """A team's figure in one week: its value, of how many where it is a count; None where withheld or not known."""

    value: Fraction | int | None = None
    of: int | None = None


@dataclass(frozen=True)
class Because:
    """A figure that speaks: the row, what it is in the judged weeks, of how many, and the limit it breaks."""

    row: str
    value: Fraction | int
    limit: Fraction
    of: int | None = None


@dataclass(frozen=True)
class Verdict:
    """People, data, both, neither or unknown, and the figures that say so; `known` are the rows that were judged."""

    side: str
    because: tuple[Because, ...] = ()
    known: tuple[str, ...] = ()


def judge_team(rows: Mapping[str, Sequence[Cell]], settings: SideSettings = DEFAULT_SIDES) -> Verdict:
    """Judge one team by the last weeks of its rows, the oldest week first."""
    levels = {row: level_of(rows.get(row, ()), settings) for row in (USAGE, PLAN, MEETINGS)}
    limits = {USAGE: settings.least_usage, PLAN: settings.least_plan, MEETINGS: settings.least_meetings}
    known = {row: level for row, level in levels.items() if level is not None}
    low = [Because(row, level, limits[row]) for row, level in known.items() if level < limits[row]]
    is_people = any(one.row == USAGE for one in low) or 2 * len(low) > len(known)
    lost = _find_lost(rows.get(LOST, ()))
    torn = _judge_lost(lost, settings)
    names = (*known, *((LOST,) if lost is not None else ()))
    if not names:
        return Verdict(UNKNOWN)
    sides = {(True, True): BOTH, (True, False): PEOPLE, (False, True): RECORDS}
    side = sides.get((is_people, torn is not None), NEITHER)
    return Verdict(side, (*((torn,) if torn else ()), *(low if is_people else ())), names)


def level_of(cells: Sequence[Cell], settings: SideSettings = DEFAULT_SIDES) -> Fraction | None:
    """The middle of the judged weeks that are shown: nothing withheld goes into it."""
    shown = [Fraction(cell.value) for cell in cells[-settings.judged_weeks :] if cell.value is not None]
    return median(shown) if shown else None


def join_verdicts(verdicts: Sequence[Verdict]) -> str:
    """The verdict on all teams: both where some team's people and some team's data speak."""
    sides = {one.side for one in verdicts}
    is_people, is_torn = bool(sides & {PEOPLE, BOTH}), bool(sides & {RECORDS, BOTH})
    if is_people or is_torn:
        return BOTH if is_people and is_torn else PEOPLE if is_people else RECORDS
    return NEITHER if NEITHER in sides else UNKNOWN


def withhold_small_cells(people: Mapping[str, Sequence[int | None]]) -> dict[str, tuple[bool, ...]]:
    """By team, which weeks are withheld, so that no difference of teams or weeks tells of fewer than five.

    `people` is how many stand behind a team's figure in each week; None where it is about no people, 0 where nobody is
    concerned. In each week small teams are withheld, with one more where needed. What is withheld in any week of a
    team that is the same size all along is withheld in all of them: its figure hardly moves from week to week.
    """
    weeks = max((len(sizes) for sizes in people.values()), default=0)
    hidden: set[tuple[str, int]] = set()
    steady = [team for team, sizes in people.items() if len({size for size in sizes if size}) == 1]
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        for week in range(weeks):
            sizes = {team: size for team, found in people.items() if (size := found[week])}
            hidden |= {(team, week) for team in _withhold_week(sizes, {team for team, at in hidden if at == week})}
        for team in steady:
            if any(at == team for at, _week in hidden):
                hidden |= {(team, week) for week, size in enumerate(people[team]) if size}
    return {team: tuple((team, week) in hidden for week in range(weeks)) for team in people}


def _withhold_week(sizes: Mapping[str, int], hidden: set[str]) -> set[str]:
    """The teams to withhold in one week beside those that are already, the smallest first."""
    found = hidden | set(withhold_small_groups(sizes))
    for team in sorted(sizes, key=lambda team: (sizes[team], team)):
        if not found or (len(found) > 1 and sum(sizes[one] for one in found) >= LEAST_PEOPLE):
            break
        found.add(team)
    return found


def _find_lost(cells: Sequence[Cell]) -> Cell | None:
    """What is lost as of the newest week that is shown."""
    return next((cell for cell in reversed(cells) if cell.value is not None), None)


def _judge_lost(lost: Cell | None, settings: SideSettings) -> Because | None:
    if lost is None or lost.value is None or lost.value < settings.least_lost:
        return None
    if lost.of and Fraction(lost.value) < settings.least_lost_share * lost.of:
        return None
    return Because(LOST, lost.value, settings.least_lost_share, lost.of)
