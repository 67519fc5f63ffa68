"""Patterns in the values of findings: many values that became one, invented days, one cut-off length."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np

from implement.engine.causes.conditions import Condition
from implement.engine.causes.settings import CauseSettings
from implement.engine.mapping.writing import read_date

Pairs = Sequence[tuple[str, str]]
"""Source and target value of each finding."""


def changed_patterns(column: str, pairs: Pairs, settings: CauseSettings) -> list[Condition]:
    """Values that always became the same other one, and values that were spread over several."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        places[pair].append(place)
    became: dict[str, list[str]] = defaultdict(list)
    came_from: dict[str, list[str]] = defaultdict(list)
    for one, other in places:
        became[one].append(other)
        came_from[other].append(one)
    found = []
    for other, ones in came_from.items():
        steady = sorted(one for one in ones if len(places[one, other]) >= settings.least_findings and one)
        if steady and other:
            met = sorted(place for one in steady for place in places[one, other])
            code = "many_to_one" if len(steady) > 1 else "replaced"
            found.append(Condition(code, column, (*steady[: settings.values_named], other), np.array(met), 0))
    for one, others in became.items():
        met = sorted(place for other in others for place in places[one, other])
        if one and 1 < len(others) <= settings.few_targets and len(met) >= 2 * settings.least_findings:
            found.append(Condition("reassigned", column, (one,), np.array(met), 0))
    return found


def filled_patterns(column: str, pairs: Pairs, settings: CauseSettings) -> list[Condition]:
    """Blank cells that all got one value, or one day after the other."""
    constants = Counter(other for _, other in pairs)
    value, times = min(constants.items(), key=lambda entry: (-entry[1], entry[0]))
    if times >= settings.least_findings and times >= settings.share_inside * len(pairs):
        places = np.flatnonzero([other == value for _, other in pairs])
        return [Condition("constant", column, (value,), places, 0)]
    days = sorted({day for _, other in pairs if (day := _day(other)) is not None})
    if len(days) >= settings.least_findings and (days[-1] - days[0]).days < 1.1 * len(days):
        places = np.flatnonzero([_day(other) is not None for _, other in pairs])
        return [Condition("invented_days", column, (days[0].isoformat(), days[-1].isoformat()), places, 0)]
    return []


def _day(cell: str) -> date | None:
    text = read_date(cell, "YMD")
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def cut_patterns(column: str, pairs: Pairs, settings: CauseSettings) -> list[Condition]:
    """Texts that were all cut at one length."""
    lengths = Counter(len(other) for _, other in pairs)
    length, times = min(lengths.items(), key=lambda entry: (-entry[1], -entry[0]))
    places = np.flatnonzero([one[:length].strip() == other.strip() for one, other in pairs])
    if times < settings.least_findings or len(places) < settings.cut_share * len(pairs):
        return []
    return [Condition("cut_at", column, (str(length),), places, 0)]
