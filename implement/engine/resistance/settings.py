"""Thresholds of the evidence of resistance: what is worse than peers, by how much, how sure."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HabitSettings:
    """What is counted beyond the roll-up: repeated notes, deals that jump, records before the meeting."""

    window_days: int = 56
    long_window_days: int = 91
    meeting_eve_minutes: int = 180
    jump_steps: int = 3
    month_end_days: int = 4


@dataclass(frozen=True)
class PeerLevelSettings:
    """How a level of peers and its spread are taken; peers are the others, never the person itself."""

    weight_of_company: float = 4.0
    weight_of_company_in_paces: float = 2.0
    least_strength: float = 4.0
    most_strength: float = 5.0
    few_peers: int = 5
    least_share: float = 0.005
    least_shared_roles: float = 0.5


@dataclass(frozen=True)
class SilenceSettings:
    """When a run of quiet working days is a silence of its own, which dormancy tells of."""

    least_days: float = 5.0
    rare_chance: float = 0.01


@dataclass(frozen=True)
class TrendSettings:
    """When a pace has fallen, against the own earlier pace and the firm's own movement."""

    recent_days: int = 28
    earliest_days: int = 91
    step_days: int = 7
    fallen_to: float = 0.5
    lower_than: float = 0.65
    search_days: int = 21
    least_present_days: int = 8
    prior_events: float = 5.0
    dispersion: float = 3.0


@dataclass(frozen=True)
class ThresholdSettings:
    """The level above which a person is flagged: what a firm without resisters would hardly reach."""

    quantile: float = 0.98
    bins: int = 100
    rounds: int = 5
    least_kept_share: float = 0.6
    least_sum: float = 0.7
    least_people: int = 20
    margin_of_one: float = 1.0
    least_role: int = 8


@dataclass(frozen=True)
class ResistanceSettings:
    """Everything the evidence of resistance can be told."""

    habits: HabitSettings = field(default_factory=HabitSettings)
    peers: PeerLevelSettings = field(default_factory=PeerLevelSettings)
    silences: SilenceSettings = field(default_factory=SilenceSettings)
    trend: TrendSettings = field(default_factory=TrendSettings)
    threshold: ThresholdSettings = field(default_factory=ThresholdSettings)
    least_present_days: int = 8
    low_pace_factor: float = 0.45
    high_pace_factor: float = 2.2
    count_prior: float = 3.0
    least_heads: int = 4
    least_common_concern: float = 0.05
    steepness: float = 0.8
    least_reason: float = 0.3
    unclear_gap: float = 0.15
    weight_of_missing: float = 0.25
    draws: int = 100
    low_quantile: float = 0.05
    high_quantile: float = 0.95
    withheld_chance: float = 0.1
    spread_without_absences: float = 1.3
    spread_without_roles: float = 3.0


DEFAULT_RESISTANCE = ResistanceSettings()
