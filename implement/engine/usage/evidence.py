"""What each signal of usage counts: k of n in the last weeks for every person, beside what peers do."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.exchange import Person
from implement.engine.usage.days import COUNTERS, UserDays
from implement.engine.usage.exposure import Exposure, locate
from implement.engine.usage.settings import PeerSettings, UsageSettings

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Signal:
    """One observable habit: a share (k of n) or a pace (k per expected day), and which side of the peers is worse."""

    name: str
    is_pace: bool
    is_worse_low: bool
    margin: float
    divisor: float = 1.0


SIGNALS = (
    Signal("use", True, True, 0.0, 3.0),
    Signal("read", True, True, 0.0, 3.0),
    Signal("rhythm", False, True, 0.25),
    Signal("late", False, False, 0.20),
    Signal("complete", False, True, 0.15, 3.0),
    Signal("tasks", False, True, 0.30),
)


@dataclass(frozen=True)
class Evidence:
    """One signal for everybody: k, n, peers' level, and the posterior (a, b of Beta; shape, rate of Gamma)."""

    signal: Signal
    k: Values
    n: Values
    level: Values
    strength: float

    def posterior(self, discount: float = 1.0, count_prior: float = 3.0) -> tuple[Values, Values]:
        """The two parameters of the posterior; past evidence may be discounted because people change."""
        k, n = discount * self.k / self.signal.divisor, discount * self.n / self.signal.divisor
        if self.signal.is_pace:
            return count_prior + k, count_prior / np.maximum(self.level, 1e-9) + n
        return self.level * self.strength + k, (1 - self.level) * self.strength + n - k

    def means(self, count_prior: float = 3.0) -> Values:
        """The posterior mean of the share or the pace."""
        a, b = self.posterior(1.0, count_prior)
        return a / b if self.signal.is_pace else a / (a + b)


def sum_window(user_days: UserDays, exposure: Exposure, days: int) -> dict[str, Values]:
    """Every counter of the roll-up per person over the last calendar days."""
    span = exposure.window(days)
    rows, columns, kept = locate(user_days, exposure.people, exposure.first_day, exposure.present.shape[1])
    inside = columns >= span.start
    size = len(exposure.people)
    return {
        name: np.bincount(rows[inside], weights=user_days.table[name].to_numpy()[kept][inside], minlength=size).astype(
            np.float64
        )
        for name in COUNTERS
    }


def gather_evidence(user_days: UserDays, exposure: Exposure, settings: UsageSettings) -> dict[str, Evidence]:
    """Count every signal the log allows; what it does not show is left out."""
    sums = sum_window(user_days, exposure, settings.window_days)
    span = exposure.window(settings.window_days)
    present, active = exposure.present[:, span], exposure.active[:, span]
    expected = exposure.expected[:, span].sum(axis=1)
    could = present.sum(axis=1) * np.minimum(1.0, exposure.capacity)
    counted = {
        "use": (sums["records"], expected), "read": (sums["views"], expected),
        "rhythm": (np.minimum((present & active).sum(axis=1), could), could),
        "late": (sums["late"], sums["dated"]), "complete": (np.minimum(sums["filled"], sums["total"]), sums["total"]),
        "tasks": (np.minimum(sums["tasks_done"], sums["tasks_assigned"]), sums["tasks_assigned"]),
    }  # fmt: skip
    seen = active.any(axis=1) & (present.sum(axis=1) >= settings.least_present_days)
    found = {}
    for signal in SIGNALS:
        k, n = (np.asarray(each, np.float64) for each in counted[signal.name])
        if _is_shown(signal.name, user_days, k, n):
            level = peer_levels(k, n, seen, exposure.people, settings.peers, signal)
            found[signal.name] = Evidence(signal, k, n, level, spread_strength(k, n, seen, settings.peers, signal))
    return found


def _is_shown(name: str, user_days: UserDays, k: Values, n: Values) -> bool:
    """True when the log can show a signal at all; nobody's views in a log without views mean nothing."""
    if name == "rhythm":
        return True
    if user_days.is_sessions_only:
        return False
    return bool(k.sum() > 0 if name in ("use", "read") else n.sum() > 0)


def peer_levels(
    k: Values, n: Values, seen: Marks, people: tuple[Person, ...], settings: PeerSettings, signal: Signal
) -> Values:
    """What peers do: the role's median drawn towards the company's, more so the fewer peers there are."""
    usable = seen & (n > 0)
    ratio = k / np.maximum(n, 1e-9)
    company = _typical(ratio[usable])
    weight = settings.weight_of_company_in_rates if signal.is_pace else settings.weight_of_company
    levels = np.full(len(k), company)
    roles = np.array([person.role or "" for person in people])
    for role in sorted(set(roles.tolist())):
        peers = usable & (roles == role)
        share = peers.sum() / (peers.sum() + weight)
        levels[roles == role] = share * _typical(ratio[peers], company) + (1 - share) * company
    return levels if signal.is_pace else np.clip(levels, 0.005, 0.995)


def spread_strength(k: Values, n: Values, seen: Marks, settings: PeerSettings, signal: Signal) -> float:
    """How alike the firm's people are, as a number of pseudo-observations, from the robust spread of their shares."""
    usable = seen & (n > 0)
    if signal.is_pace or usable.sum() < 2:
        return settings.least_strength
    ratio = k[usable] / n[usable]
    middle = float(np.clip(np.median(ratio), 0.005, 0.995))
    variance = (1.4826 * float(np.median(np.abs(ratio - np.median(ratio))))) ** 2
    strength = middle * (1 - middle) / max(variance, 1e-6) - 1
    return float(np.clip(strength, settings.least_strength, settings.most_strength))


def window_days(exposure: Exposure, days: int) -> tuple[date, date]:
    """First and last day of the last calendar days, both included."""
    return exposure.day_of(exposure.window(days).start), exposure.last_day


def _typical(ratio: Values, otherwise: float = 0.0) -> float:
    """The median; the mean where most are at nought."""
    if len(ratio) == 0:
        return otherwise
    middle = float(np.median(ratio))
    return middle if middle > 0 else float(ratio.mean())
