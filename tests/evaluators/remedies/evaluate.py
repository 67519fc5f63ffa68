"""Hold an estimator against firms with known effects: does its interval cover them, does it see what is not there?"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.evaluators.remedies.firms import Firm, Lived

Interval = tuple[float, float, float]
Live = Callable[[Firm, int], Lived]
Estimate = Callable[[Lived], Interval]


@dataclass(frozen=True)
class Report:
    """Over how many firms; in which share the truth lay inside, the interval lay above zero; the mean error."""

    firms: int
    covered: float
    claimed: float
    mean_error: float


def evaluate(live: Live, firm: Firm, estimate: Estimate, firms: int) -> Report:
    """Let the firm live so many times, each with its own seed, and estimate each time (estimate, low, high)."""
    errors, covered, claimed = [], 0, 0
    for seed in range(firms):
        lived = live(firm, seed)
        middle, low, high = estimate(lived)
        errors.append(middle - lived.added)
        covered += low <= lived.added <= high
        claimed += low > 0
    return Report(firms, covered / firms, claimed / firms, sum(errors) / firms)
