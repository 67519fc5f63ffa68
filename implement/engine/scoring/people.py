"""Score everybody: usage, evidence of resistance and dormancy side by side, three outputs and never one number."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from implement.engine.dormancy import DEFAULT_DORMANCY, Dormancy, DormancySettings, judge_dormancy, measure_silence
from implement.engine.exchange import Person, Workforce
from implement.engine.facts import Progress, no_progress
from implement.engine.resistance import (
    DEFAULT_RESISTANCE,
    NO_HABITS,
    NOT_JUDGED,
    Evidence,
    Habits,
    Reason,
    Resistance,
    ResistanceSettings,
    judge_resistance,
)
from implement.engine.usage import (
    DEFAULT_SETTINGS,
    Exclusion,
    Exposure,
    Part,
    UsageScore,
    UsageSettings,
    UserDays,
    find_exclusions,
    measure_exposure,
    score_usage,
)
from implement.engine.usage.exposure import last_seen


@dataclass(frozen=True)
class ScoringSettings:
    """Everything the scores can be told."""

    usage: UsageSettings = field(default_factory=lambda: DEFAULT_SETTINGS)
    dormancy: DormancySettings = DEFAULT_DORMANCY
    resistance: ResistanceSettings = DEFAULT_RESISTANCE


DEFAULT_SCORING = ScoringSettings()


@dataclass(frozen=True)
class UserScore:
    """One user id: scored, not_enough_data or excluded; `note_code` with its values says why or what is missing."""

    user: str
    status: str
    team: str | None = None
    role: str | None = None
    usage: float | None = None
    usage_low: float | None = None
    usage_high: float | None = None
    measured: UsageScore | None = field(default=None, compare=False, repr=False)
    resistance: Resistance = NOT_JUDGED
    dormancy_band: str | None = None
    dormancy_risk: float | None = None
    silence_probability: float | None = None
    days_silent: int | None = None
    last_active_day: date | None = None
    present_days: int | None = None
    exclusion: Exclusion | None = None
    notes: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the usage score is made of."""
        return () if self.measured is None else self.measured.parts

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What stands out in how this person records work."""
        return self.resistance.reasons


@dataclass(frozen=True)
class Scoring:
    """The scores of one day with the exposure they rest on."""

    as_of: date
    scores: tuple[UserScore, ...]
    exposure: Exposure
    user_days: UserDays
    evidence: Evidence

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """Everybody left out, and why."""
        return tuple(score.exclusion for score in self.scores if score.exclusion is not None)


SCORE_NOTES = {
    "no_events": "no events at all",
    "few_present_days": "{0} present days",
    "too_few_peers": "too few peers: compared with the whole firm",
    "sessions_only": "log-ins only",
    "no_absences": "no absences known: days off count as present",
    "unlisted": "not in the list of users",
    "uncalibrated": "too few people to flag anybody",
    "signals_withheld": "resistance without {1}",
    "unclear_type": "the two types fit alike",
}


def score(
    user_days: UserDays,
    workforce: Workforce,
    as_of: date | None = None,
    settings: ScoringSettings = DEFAULT_SCORING,
    peers: Collection[str] | None = None,
    habits: Habits = NO_HABITS,
    *,
    above_before: Collection[str] = (),
    progress: Progress = no_progress,
) -> Scoring:
    """Score everybody listed or seen, as of a day that is included; by default the log's last day.

    `peers` limits the scoring to some users, measured against each other; `habits` is what the roll-up by day cannot
    show, `above_before` who stood above the threshold of resistance the last time. Raises nothing for an empty log: all
    who are listed are then `not_enough_data`.
    """
    last_day = as_of or user_days.last_day or date(1970, 1, 1)
    known = user_days.until(last_day)
    people = gather_people(known, workforce, peers)
    progress("exclude", 0, len(people))
    excluded = find_exclusions(known, people, last_day, settings.usage.robots)
    kept = tuple(person for user, person in people.items() if user not in excluded)
    progress("score", 0, len(kept))
    exposure = measure_exposure(known, workforce, kept, last_day, settings.usage.exposure)
    silence = measure_silence(exposure, settings.dormancy)
    usages = score_usage(known, exposure, settings.usage, silence.chance)
    dormancies = judge_dormancy(exposure, silence, last_seen(known), settings.dormancy)
    evidence = judge_resistance(
        known, exposure, habits, settings.resistance, has_absences=workforce.has_absences, above_before=above_before
    )
    context = _Context(known, workforce, exposure, settings, evidence)
    rows = [_join(*each, context) for each in zip(kept, usages, dormancies, evidence.people, strict=True)]
    rows += [_excluded(people[user], exclusion) for user, exclusion in excluded.items()]
    progress("score", len(rows), len(rows))
    return Scoring(last_day, tuple(sorted(rows, key=lambda row: row.user)), exposure, known, evidence)


def gather_people(user_days: UserDays, workforce: Workforce, peers: Collection[str] | None = None) -> dict[str, Person]:
    """Everybody listed and everybody seen, by user id in order."""
    listed = {person.user: person for person in workforce.people}
    seen = set(user_days.coded.users)
    wanted = (set(listed) | seen) if peers is None else (set(listed) | seen) & set(peers)
    return {user: listed.get(user) or Person(user, is_listed=False) for user in sorted(wanted)}


@dataclass(frozen=True)
class _Context:
    user_days: UserDays
    workforce: Workforce
    exposure: Exposure
    settings: ScoringSettings
    evidence: Evidence
    role_sizes: dict[str | None, int] = field(init=False)

    def __post_init__(self) -> None:
        sizes: dict[str | None, int] = {}
        for person in self.exposure.people:
            sizes[person.role] = sizes.get(person.role, 0) + 1
        object.__setattr__(self, "role_sizes", sizes)

    def notes(self, person: Person, usage: UsageScore, dormancy: Dormancy, resistance: Resistance) -> tuple[str, ...]:
        """What a reader should know about this row, in English."""
        found = [
            ("few_present_days", usage.usage is None),
            ("no_events", dormancy.last_active_day is None),
            ("too_few_peers", self.role_sizes[person.role] < self.settings.usage.peers.few_peers),
            ("sessions_only", self.user_days.is_sessions_only),
            ("no_absences", not self.workforce.has_absences),
            ("unlisted", bool(self.workforce.people) and not person.is_listed),
            ("uncalibrated", resistance.score is not None and not self.evidence.is_calibrated),
            ("signals_withheld", resistance.score is not None and bool(self.evidence.withheld)),
            ("unclear_type", resistance.fit.is_unclear),
        ]
        withheld = ", ".join(self.evidence.withheld)
        return tuple(SCORE_NOTES[code].format(usage.present_days, withheld) for code, holds in found if holds)


def _join(
    person: Person, usage: UsageScore, dormancy: Dormancy, resistance: Resistance, context: _Context
) -> UserScore:
    was_there = usage.present_days > 0
    return UserScore(
        person.user, "scored" if usage.usage is not None else "not_enough_data", person.team, person.role, usage.usage,
        usage.usage_low, usage.usage_high, usage, resistance,
        dormancy.band if was_there else None, dormancy.risk if was_there else None,
        dormancy.probability if was_there else None, dormancy.days_silent, dormancy.last_active_day, usage.present_days,
        notes=context.notes(person, usage, dormancy, resistance),
    )  # fmt: skip


def _excluded(person: Person, exclusion: Exclusion) -> UserScore:
    return UserScore(person.user, "excluded", person.team, person.role, exclusion=exclusion, notes=(exclusion.text,))
