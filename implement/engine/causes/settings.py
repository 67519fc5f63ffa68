"""The thresholds by which findings are put down to one cause."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CauseSettings:
    """How many findings must share a condition, and how rare it must be elsewhere."""

    least_findings: int = 5
    share_inside: float = 0.5
    """A condition names a cause when at least this share of the findings meets it."""
    lift: float = 3.0
    rate: float = 0.85
    """Values of which at least this share is affected stand together in one condition."""
    values_named: int = 6
    values_counted: int = 60
    values_known: int = 5_000
    """So many most frequent values of a column are counted."""
    rounds: int = 3
    cut_share: float = 0.6
    few_targets: int = 12
    nearly_all: float = 0.9
    """From this share on something befell a whole table."""


DEFAULT_CAUSE_SETTINGS = CauseSettings()
