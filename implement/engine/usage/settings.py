"""Thresholds and weights of usage: what counts, how long back, how sure."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class UsageWeights:
    """What each part counts in the usage score; a withheld part's weight is shared among the others."""

    use: float = 0.35
    rhythm: float = 0.20
    complete: float = 0.20
    timely: float = 0.15
    tasks: float = 0.10

    def of(self, part: str) -> float:
        """The weight of a part by its name."""
        return {
            "use": self.use,
            "rhythm": self.rhythm,
            "complete": self.complete,
            "timely": self.timely,
            "tasks": self.tasks,
        }[part]


@dataclass(frozen=True)
class RobotSettings:
    """When a user id works as no person does."""

    least_days: int = 20
    share_of_calendar_days: float = 0.9
    share_of_weekends: float = 0.75
    hours_a_day: int = 16
    share_of_night_days: float = 0.25
    times_peers: float = 3.0
    inhuman_times_peers: float = 20.0
    inhuman_events_a_day: int = 2000
    first_hour_of_day: int = 6


@dataclass(frozen=True)
class ExposureSettings:
    """How days count towards what could be expected of a person."""

    history_days: int = 364
    new_in_log_days: int = 28
    late_start_of_curve: float = 0.6
    curve_days: float = 16.0
    settled_week: int = 12
    least_settled_days: int = 20
    least_learners: int = 20
    least_of_curve: float = 0.2
    weekend_share: float = 0.5
    closed_share: float = 0.25
    least_active_people: int = 8
    holiday_neighbours: int = 4


@dataclass(frozen=True)
class PeerSettings:
    """How a peer level and its spread are taken."""

    weight_of_company: float = 4.0
    weight_of_company_in_rates: float = 2.0
    least_strength: float = 4.0
    most_strength: float = 40.0
    few_peers: int = 5


@dataclass(frozen=True)
class UsageSettings:
    """Everything the usage score can be told."""

    weights: UsageWeights = field(default_factory=UsageWeights)
    robots: RobotSettings = field(default_factory=RobotSettings)
    exposure: ExposureSettings = field(default_factory=ExposureSettings)
    peers: PeerSettings = field(default_factory=PeerSettings)
    window_days: int = 56
    long_window_days: int = 91
    least_present_days: int = 8
    late_days: int = 4
    well_filled_share: float = 0.8
    discount: float = 0.3
    ahead_days: int = 20
    low_quantile: float = 0.05
    high_quantile: float = 0.95
    count_prior: float = 3.0


DEFAULT_SETTINGS = UsageSettings()
