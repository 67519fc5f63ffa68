"""Which kind of resistance the evidence fits best: fixed sums of what stands out, the two best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KIND_SIGNALS: Mapping[str, tuple[str, ...]] = {
    "spreadsheet_keeper": ("use", "off_system", "late"),
    "sceptic": ("use", "narrow", "read", "steer"),
    "overwhelmed": ("struggle", "complete"),
    "task_conflict": ("reassign", "tasks"),
    "data_allergy": ("lost_data", "drop"),
    "month_end_entry": ("month_end", "copy", "jump"),
    "meeting_eve_entry": ("meeting_eve", "copy", "jump"),
    "incentive_gaming": ("idle", "copy"),
}
"""In the order of the sheet, which settles ties."""


@dataclass(frozen=True)
class Fit:
    """The two kinds the evidence fits best, None where there is none; `is_unclear` when they are too close."""

    first: str | None = None
    second: str | None = None
    is_unclear: bool = False


NO_FIT = Fit()


def fit_kinds(z: Mapping[str, float], least: float, unclear_gap: float) -> Fit:
    """Sum what stands out for each kind and take the two best; none when nothing stands out far enough."""
    sums = {kind: sum(z.get(signal, 0.0) for signal in signals) for kind, signals in KIND_SIGNALS.items()}
    ranked: Sequence[tuple[str, float]] = sorted(sums.items(), key=lambda each: -each[1])
    (first, most), (second, next_most) = ranked[:2]
    if most < least:
        return NO_FIT
    return Fit(first, second if next_most > 0 else None, most - next_most < unclear_gap)
