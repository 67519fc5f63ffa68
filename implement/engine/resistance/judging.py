"""Weigh all signals of everybody: evidence of resistance from 0 to 100, its interval, its reasons, what it fits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.concerns import Concern, judge_signal, stand_out, usual_concern
from implement.engine.resistance.habits import NO_HABITS, Habits
from implement.engine.resistance.intervals import Known, Spread
from implement.engine.resistance.kinds import NO_FIT, Fit, fit_kinds
from implement.engine.resistance.peers import name_roles
from implement.engine.resistance.settings import DEFAULT_RESISTANCE, ResistanceSettings
from implement.engine.resistance.signals import SIGNALS, count_signals
from implement.engine.resistance.silences import leave_out_silences
from implement.engine.resistance.threshold import measure_threshold
from implement.engine.resistance.trends import measure_trends
from implement.engine.usage.days import UserDays
from implement.engine.usage.exposure import Exposure

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

TYPE_ONLY = "idle"
ELSEWHERE = "off_system"
NINETY_PERCENT = 1.6449
PACES = frozenset(("drop", *(signal.name for signal in SIGNALS if signal.is_pace)))
ALL_SIGNALS = (*(signal.name for signal in SIGNALS if signal.name != TYPE_ONLY), "drop", "lost_data")


@dataclass(frozen=True)
class Reason:
    """One signal that stands out: k of n against the peers' level, how likely it is worse, and from when to when."""

    signal: str
    k: float
    n: float
    peer_level: float
    concern: float
    notability: float
    first_day: date
    last_day: date

    @property
    def is_share(self) -> bool:
        """True for k of n; false for k in n expected days."""
        return self.signal not in PACES

    @property
    def likely(self) -> tuple[float, float]:
        """Where the own level lies with 90 % probability, from k and n alone (Wilson's interval; for a pace that of
        the square root).
        """
        n = max(self.n, 1e-9)
        if not self.is_share:
            root = float(np.sqrt(self.k + 0.375))
            return max(0.0, root - NINETY_PERCENT / 2) ** 2 / n, (root + NINETY_PERCENT / 2) ** 2 / n
        z, share = NINETY_PERCENT, min(1.0, self.k / n)
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * float(np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))) / (1 + z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Resistance:
    """One person's evidence: the score with its interval, None with too little to say; flagged only with reasons."""

    score: float | None = None
    low: float | None = None
    high: float | None = None
    is_flagged: bool = False
    is_above_threshold: bool = False
    fit: Fit = NO_FIT
    reasons: tuple[Reason, ...] = ()


NOT_JUDGED = Resistance()


@dataclass(frozen=True)
class Evidence:
    """Everybody's evidence in the order of the exposure, the threshold, and the signals that could not be told."""

    people: tuple[Resistance, ...]
    threshold: float | None
    withheld: tuple[str, ...] = ()
    is_calibrated: bool = True


def judge_resistance(
    user_days: UserDays,
    exposure: Exposure,
    habits: Habits = NO_HABITS,
    settings: ResistanceSettings = DEFAULT_RESISTANCE,
    *,
    has_absences: bool = True,
    above_before: Collection[str] = (),
) -> Evidence:
    """Judge everybody; `above_before` names who stood above the threshold at the last evaluation as well.

    Log-ins alone tell nothing about how work is recorded: then nobody is judged.
    """
    present = exposure.present[:, exposure.window(settings.habits.window_days)]
    judged = present.sum(axis=1) >= settings.least_present_days
    if user_days.is_sessions_only or not judged.any():
        return Evidence((NOT_JUDGED,) * len(exposure.people), None, ALL_SIGNALS, is_calibrated=False)
    concerns = weigh_signals(user_days, exposure, habits, judged, settings)
    weighed = [each for each in concerns if each.name != TYPE_ONLY]
    told = {each.name for each in weighed}
    withheld = tuple(name for name in ALL_SIGNALS if name not in told)
    roles = name_roles([person.role for person in exposure.people], settings.peers)
    z = np.array([each.z for each in weighed]).T
    threshold = measure_threshold(z, judged, roles, settings.threshold)
    known = Known(has_absences, any(person.role for person in exposure.people))
    spread = Spread.lay_out(weighed, len(withheld), known, settings)
    judge = _Judge(concerns, z.sum(axis=1), *spread.intervals(settings), threshold, exposure, settings)
    above = frozenset(above_before)
    people = tuple(
        judge.person(row, person.user in above) if judged[row] else NOT_JUDGED
        for row, person in enumerate(exposure.people)
    )
    shown = None if threshold is None else to_score(threshold, settings)
    return Evidence(people, shown, withheld, threshold is not None)


def to_score(whole: float, settings: ResistanceSettings) -> float:
    """R = 100·(1 − exp(−.8·Σz))."""
    return float(100 * (1 - np.exp(-settings.steepness * whole)))


def weigh_signals(
    user_days: UserDays,
    exposure: Exposure,
    habits: Habits,
    judged: Marks,
    settings: ResistanceSettings,
) -> list[Concern]:
    """Every signal the log can tell, for everybody."""
    exposure = leave_out_silences(exposure, settings.silences)
    active = exposure.active[:, exposure.window(settings.habits.window_days)].any(axis=1)
    roles = name_roles([person.role for person in exposure.people], settings.peers)
    counted = count_signals(user_days, exposure, habits, settings)
    seen = active & judged
    found = [judge_signal(each, seen, judged, roles, settings) for each in counted.values()]
    return found + _weigh_trends(user_days, exposure, habits, judged, settings)


def _weigh_trends(
    user_days: UserDays, exposure: Exposure, habits: Habits, judged: Marks, settings: ResistanceSettings
) -> list[Concern]:
    trends = measure_trends(user_days, exposure, habits.lost_searches, settings.trend)
    if trends is None or user_days.total("records") == 0:
        return []
    first_days = tuple(exposure.day_of(int(column)) for column in trends.column)
    ones = np.ones(len(judged))
    usual = usual_concern(trends.concern, judged, settings)
    z = np.where(judged, stand_out(trends.concern, usual), 0.0)
    drop = Concern(
        "drop", trends.k, trends.expected, trends.earlier, np.where(judged, trends.concern, 0.0), z, usual, ones,
        first_days,
    )  # fmt: skip
    return [drop, *_weigh_lost_records(exposure, habits, trends.lost, judged, settings)]


def _weigh_lost_records(
    exposure: Exposure, habits: Habits, chance: Values, judged: Marks, settings: ResistanceSettings
) -> list[Concern]:
    if "lost_data" not in habits.told:
        return []
    k, n = habits.of_all([person.user for person in exposure.people], ("lost", "searches")).values()
    chance = np.where(judged & (k > 0), chance, 0.0)
    usual = np.full(len(k), settings.least_common_concern)
    level = np.full(len(k), float(k.sum() / max(1.0, n.sum())))
    days = (exposure.day_of(exposure.window(settings.habits.long_window_days).start),) * len(k)
    return [Concern("lost_data", k, n, level, chance, stand_out(chance, usual), usual, np.ones(len(k)), days)]


@dataclass(frozen=True)
class _Judge:
    """All that one person is judged by."""

    concerns: Sequence[Concern]
    whole: Values
    low: Values
    high: Values
    threshold: float | None
    exposure: Exposure
    settings: ResistanceSettings

    def person(self, row: int, was_above: bool) -> Resistance:
        """Judge one person: flagged when the low end exceeds the threshold, or the score does so the second time."""
        whole, low, high = (float(each[row]) for each in (self.whole, self.low, self.high))
        reasons = self._reasons(row)
        is_above = self.threshold is not None and whole > self.threshold
        is_surely = self.threshold is not None and low > self.threshold
        is_flagged = self._may_be_flagged(row, reasons) and (is_surely or (is_above and was_above))
        return Resistance(
            to_score(whole, self.settings), to_score(low, self.settings), to_score(high, self.settings), is_flagged,
            is_above, self._fit(row) if reasons else NO_FIT, reasons,
        )  # fmt: skip

    def _may_be_flagged(self, row: int, reasons: Sequence[Reason]) -> bool:
        """No reason, no flag; of somebody silent all the time dormancy tells, unless orders tell of work elsewhere."""
        span = self.exposure.window(self.settings.habits.window_days)
        is_active = bool(self.exposure.active[row, span].any())
        return bool(reasons) and (is_active or any(reason.signal == ELSEWHERE for reason in reasons))

    def _fit(self, row: int) -> Fit:
        told = {each.name: float(each.z[row]) for each in self.concerns if each.n[row] > 0}
        settings = self.settings
        return fit_kinds(told, settings.least_reason, settings.unclear_gap, settings.weight_of_missing)

    def _reasons(self, row: int) -> tuple[Reason, ...]:
        """Every signal that stands out, the furthest first."""
        found = [
            Reason(
                each.name, float(each.k[row]), float(each.n[row]), float(each.level[row]), float(each.concern[row]),
                float(each.z[row]), each.first_days[row], self.exposure.last_day,
            )
            for each in self.concerns
            if each.name != TYPE_ONLY and each.z[row] >= self.settings.least_reason
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda reason: (-reason.notability, reason.signal)))
