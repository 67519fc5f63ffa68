"""Patterns of how values changed: several became one, one became several, a constant, invented days, a cut."""

from datetime import date

import numpy as np
import pyarrow.compute as pc

from implement.engine.causes.coded import Changes
from implement.engine.causes.conditions import Condition
from implement.engine.causes.settings import CauseSettings
from implement.engine.coded import Flags
from implement.engine.mapping.writings.dates import read_date


def changed_patterns(column: str, changes: Changes, settings: CauseSettings) -> list[Condition]:
    """Values that always became the same other one, and values that were spread over several."""
    return _replaced(column, changes, settings) + _reassigned(column, changes, settings)


def _replaced(column: str, changes: Changes, settings: CauseSettings) -> list[Condition]:
    ones, others, times = changes.met
    steady = (times >= settings.least_findings) & ~changes.ones.are({""})[ones] & ~changes.others.are({""})[others]
    found = []
    for other in np.unique(others[steady]).tolist():
        became = ones[steady & (others == other)]
        names = sorted(changes.ones.names(became))[: settings.values_named]
        code = "many_to_one" if len(became) > 1 else "replaced"
        values = (*names, changes.others.values[other].as_py())
        found.append(Condition(code, column, values, changes.where(became, other), 0))
    return found


def _reassigned(column: str, changes: Changes, settings: CauseSettings) -> list[Condition]:
    spread = np.bincount(changes.met[0], minlength=len(changes.ones.values))
    several = (spread > 1) & (spread <= settings.few_targets) & (changes.ones.times >= 2 * settings.least_findings)
    codes = np.flatnonzero(several & ~changes.ones.are({""}))
    return [
        Condition("reassigned", column, (one,), np.flatnonzero(changes.ones.codes == code), 0)
        for code, one in zip(codes.tolist(), changes.ones.names(codes), strict=True)
    ]


def filled_patterns(column: str, changes: Changes, settings: CauseSettings) -> list[Condition]:
    """Blank cells that all got one value, or one day after the other."""
    others = changes.others
    if others.most >= max(settings.least_findings, settings.share_inside * len(changes)):
        value = min(others.names(np.flatnonzero(others.times == others.most)))
        return [Condition("constant", column, (value,), np.flatnonzero(others.are({value})[others.codes]), 0)]
    read = [_day(other) for other in others.values.to_pylist()]
    days = sorted({day for day in read if day is not None})
    if len(days) >= settings.least_findings and (days[-1] - days[0]).days < 1.1 * len(days):
        places = np.flatnonzero(np.array([day is not None for day in read])[others.codes])
        return [Condition("invented_days", column, (days[0].isoformat(), days[-1].isoformat()), places, 0)]
    return []


def _day(cell: str) -> date | None:
    text = read_date(cell, "YMD")
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def cut_patterns(column: str, changes: Changes, settings: CauseSettings) -> list[Condition]:
    """Texts that were all cut at one length."""
    times = np.bincount(pc.utf8_length(changes.others.values).to_numpy()[changes.others.codes])
    length = int(np.flatnonzero(times == times.max())[-1])
    if times[length] < settings.least_findings:
        return []
    places = np.flatnonzero(_are_cut(changes, length))
    enough = len(places) >= settings.cut_share * len(changes)
    return [Condition("cut_at", column, (str(length),), places, 0)] if enough else []


def _are_cut(changes: Changes, length: int) -> Flags:
    """Which of the cells are what was written, cut at a length."""
    cut = [one[:length].strip() for one in changes.ones.values.to_pylist()]
    arrived = [other.strip() for other in changes.others.values.to_pylist()]
    pairs = zip(changes.ones.codes.tolist(), changes.others.codes.tolist(), strict=True)
    return np.array([cut[one] == arrived[other] for one, other in pairs])
