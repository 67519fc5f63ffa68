"""Which kind of resistance the evidence fits best: what stands out speaks for a kind, what is missing against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KIND_SIGNALS: Mapping[str, tuple[str, ...]] = {
    "spreadsheet_keeper": ("use", "off_system", "late"),
    "sceptic": ("use", "narrow", "read", "steer"),
    "overwhelmed": ("struggle", "complete"),
    "task_conflict": ("reassign", "tasks"),
    "data_allergy": ("lost_data", "drop"),
    "month_end_entry": ("month_end", "late", "copy", "jump"),
    "meeting_eve_entry": ("meeting_eve", "copy", "jump"),
    "incentive_gaming": ("idle", "copy"),
}
"""In the order of the sheet, which settles ties. Whoever enters at the month's end enters late as well."""
LOST = "lost_data"
ALLERGY = "data_allergy"
EXPLAINED_BY_LOSS = frozenset(("use", "read"))
"""Whoever lost records and slowed down since uses the system less for that reason, not for want of will."""


@dataclass(frozen=True)
class Fit:
    """The two kinds the evidence fits best, None where there is none; `is_unclear` when they are too close."""

    first: str | None = None
    second: str | None = None
    is_unclear: bool = False


NO_FIT = Fit()


def fit_kinds(z: Mapping[str, float], least: float, unclear_gap: float, weight_of_missing: float) -> Fit:
    """The two kinds that fit best; none when nothing stands out far enough.

    z: how far each signal stands out, for those signals only that are told of this person.
    """
    told = {kind: _expect(kind, z) for kind in KIND_SIGNALS if kind != ALLERGY or z.get(LOST, 0.0) > 0}
    fits = {kind: sum(seen) - weight_of_missing * sum(1 - each for each in seen) for kind, seen in told.items()}
    ranked = [kind for kind in sorted(fits, key=lambda kind: -fits[kind]) if sum(told[kind]) > 0]
    first = next((kind for kind in ranked if sum(told[kind]) >= least), None)
    if first is None:
        return NO_FIT
    second = next((kind for kind in ranked if kind != first), None)
    return Fit(first, second, second is not None and fits[first] - fits[second] < unclear_gap)


def _expect(kind: str, z: Mapping[str, float]) -> Sequence[float]:
    """How far those signals stand out that the kind would bring."""
    unexplained = 1 - z.get(LOST, 0.0)
    signals = [signal for signal in KIND_SIGNALS[kind] if signal in z]
    return [z[signal] * (unexplained if signal in EXPLAINED_BY_LOSS else 1.0) for signal in signals]
