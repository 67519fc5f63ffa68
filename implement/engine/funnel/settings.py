"""The thresholds by which a list of deals is read and judged."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FunnelSettings:
    """How sure a proposal must be, how many groups are told apart, and from how many deals on a share is told."""

    least_score: float = 0.3
    readable_share: float = 0.7
    most_stages: int = 60
    history_share: float = 0.3
    """From this share of deals with several rows on, a list is taken for a history of stages."""
    most_groups: int = 40
    most_owners: int = 2_000
    least_closed: int = 20
    """A group of fewer closed deals is not told to lose more than others."""
    most_faults: int = 50
    year_days: int = 365
    least_period_days: int = 60
    """A shorter period is not stretched to a year."""


DEFAULT_FUNNEL = FunnelSettings()
