"""Score everybody on the staff as of a day, and sum up teams, waves and the whole; a pure function of its basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from implement.engine.exchange import Absence, Person, Workforce
from implement.engine.exchange.workforce import read_weekdays
from implement.engine.facts import Progress, no_progress
from implement.engine.resistance import NO_HABITS, Habits
from implement.engine.scoring import DEFAULT_SCORING, SCORE_NOTES, Scoring, score
from implement.engine.usage import (
    Exclusion,
    Exposure,
    UserDays,
    WeeklyUse,
    find_exclusions,
    measure_exposure,
    merge_user_days,
    weekly_use,
)
from implement.engine.usage.settings import RobotSettings
from implement.jobs import Plain
from implement.rollout.service.calendar import NO_DAYS_OFF, DaysOff
from implement.rollout.service.usage import AwaySpan, StaffMember, match_users
from implement.stages.adoption.summing import PersonResult, name_shown_teams, sum_up, team_key

ALIAS = "person-"
NO_ROBOTS = RobotSettings(least_days=10**9, inhuman_events_a_day=10**9, inhuman_times_peers=1e9)
NOTE_CODES = {text: code for code, text in SCORE_NOTES.items() if "{" not in text}


@dataclass(frozen=True)
class EvaluationSettings:
    """How far back weeks are kept, and what regular use is: so many active among the last present days."""

    weeks: int = 12
    regular_active_days: int = 3
    regular_present_days: int = 5
    regular_within_days: int = 28


DEFAULT_EVALUATION = EvaluationSettings()


@dataclass(frozen=True)
class Decided:
    """What somebody decided about a user id."""

    counts: bool
    reason: str


@dataclass(frozen=True)
class ScoringBasis:
    """Everything an evaluation rests on; `usage` is the roll-up by user id and day, `nobody` counts its events without
    user, `habits` what the days cannot show, `above_before` who stood above the threshold of resistance the last time.
    """

    edition: int
    usage: UserDays
    nobody: int
    staff: Sequence[StaffMember]
    absences: Sequence[AwaySpan]
    days_off: DaysOff = NO_DAYS_OFF
    decisions: Mapping[str, Decided] = field(default_factory=dict)
    habits: Habits = NO_HABITS
    above_before: frozenset[int] = frozenset()


@dataclass(frozen=True)
class LeftOutUser:
    """A user id that does not count, and why."""

    crm_user: str
    person_id: int | None
    code: str
    details: tuple[str, ...]
    event_count: int


@dataclass(frozen=True)
class Evaluated:
    """The outcome of an evaluation."""

    as_of: date
    first_day: date
    people: tuple[PersonResult, ...]
    left_out: tuple[LeftOutUser, ...]
    groups: tuple[dict[str, Plain], ...]
    shown_teams: Mapping[str, str]
    later_events: int = 0
    withheld: tuple[str, ...] = ()


def evaluate(
    basis: ScoringBasis,
    today: date,
    settings: EvaluationSettings = DEFAULT_EVALUATION,
    *,
    progress: Progress = no_progress,
) -> Evaluated | None:
    """Evaluate as of the last day with events that is not in the future; None without any."""
    last_day = basis.usage.last_day
    if last_day is None:
        return None
    as_of = min(last_day, today)
    known = _rename(basis.usage.until(as_of), _canonical(basis.staff))
    left_out = list_left_out(basis, known, as_of)
    counted = _people_who_count(basis, known, {one.crm_user for one in left_out}, as_of)
    later = basis.usage.total("events") - known.total("events")
    if not counted:
        return Evaluated(as_of, known.first_day or as_of, (), tuple(left_out), tuple(sum_up((), {})), {}, later)
    progress("score", 0, len(counted))
    scoring = _score(basis, known, counted, as_of)
    people = _join(scoring, counted, settings)
    groups = sum_up(people, {one.person_id: one for one in basis.staff if one.person_id in counted})
    shown = name_shown_teams(people, groups)
    return Evaluated(
        as_of, scoring.exposure.first_day, tuple(people), tuple(left_out), tuple(groups),
        shown, later, scoring.evidence.withheld,
    )  # fmt: skip


def list_left_out(basis: ScoringBasis, known: UserDays, as_of: date) -> list[LeftOutUser]:
    """Every user id that does not count: decided by hand, machines and test ids, unknown ones, events of nobody."""
    staff = {one.crm_user: one for one in basis.staff}
    events = _events_by_user(known)
    engine = find_exclusions(
        known, {u: _engine_person(one) for u, one in staff.items()}, as_of, DEFAULT_SCORING.usage.robots
    )
    found = []
    for user in sorted({*events, *staff}):
        reason = _reason(user, staff.get(user), basis.decisions.get(user), engine)
        if reason is not None:
            person = staff.get(user)
            found.append(LeftOutUser(user, person.person_id if person else None, *reason, events.get(user, 0)))
    if basis.nobody:
        found.append(LeftOutUser("", None, "blank_user", (), basis.nobody))
    return found


def _reason(
    user: str, person: StaffMember | None, decided: Decided | None, engine: Mapping[str, Exclusion]
) -> tuple[str, tuple[str, ...]] | None:
    if decided is not None and not decided.counts:
        return "by_hand", (decided.reason,)
    if person is not None and person.is_excluded:
        return "by_hand", (person.exclusion_reason,)
    if user in engine and (decided is None or person is None):
        return engine[user].code, engine[user].values
    return ("unknown_user", ()) if person is None else None


def _canonical(staff: Sequence[StaffMember]) -> dict[str, str]:
    """CRM user as the staff list writes it, by how a log may write it."""
    names = {one.person_id: one.crm_user for one in staff}
    return {user: names[person_id] for user, person_id in match_users(staff).items()}


def _rename(usage: UserDays, names: Mapping[str, str]) -> UserDays:
    """The same roll-up under other user ids; two ids of one person become one."""
    encoded = usage.table["user"].combine_chunks().dictionary_encode()
    said = [names.get(user.strip().casefold(), user) for user in encoded.dictionary.to_pylist()]
    users = pa.array(said, pa.string()).take(encoded.indices)
    table = usage.table.set_column(usage.table.column_names.index("user"), "user", users)
    merged = merge_user_days([table], usage.columns)
    return replace(merged, is_sessions_only=usage.is_sessions_only, has_clock=usage.has_clock)


def _only(usage: UserDays, users: Mapping[str, str]) -> UserDays:
    """The roll-up of some users, under other ids."""
    encoded = usage.table["user"].combine_chunks().dictionary_encode()
    by_code = [user in users for user in encoded.dictionary.to_pylist()] or [False]
    kept = usage.table.filter(pa.array(np.array(by_code)[encoded.indices.to_numpy()]))
    return _rename(replace(usage, table=kept), {user.casefold(): alias for user, alias in users.items()})


def _people_who_count(basis: ScoringBasis, known: UserDays, left_out: set[str], as_of: date) -> dict[int, StaffMember]:
    """People on the staff who are not left out; those whose wave has not begun are not there yet."""
    seen = set(known.table["user"].to_pylist())
    begun = {one.wave_id for one in basis.staff if one.crm_user in seen}
    kept = [one for one in basis.staff if one.crm_user not in left_out]
    later = as_of + timedelta(days=1)
    return {
        one.person_id: one
        if one.wave_id is None or one.go_live or one.wave_id in begun
        else replace(one, go_live=later)
        for one in kept
    }


def lay_out_days(basis: ScoringBasis, today: date) -> tuple[Exposure, dict[int, StaffMember]] | None:
    """Who was there on which days and used the CRM, as of the last day with events, with the people who count; the row
    of a person is that of `alias_of`. None without events or people.
    """
    last_day = basis.usage.last_day
    if last_day is None:
        return None
    as_of = min(last_day, today)
    known = _rename(basis.usage.until(as_of), _canonical(basis.staff))
    left_out = {one.crm_user for one in list_left_out(basis, known, as_of)}
    counted = _people_who_count(basis, known, left_out, as_of)
    if not counted:
        return None
    aliases, workforce = _alias_everybody(basis, counted)
    people = tuple(sorted(workforce.people, key=lambda person: person.user))
    settings = DEFAULT_SCORING.usage.exposure
    return measure_exposure(_only(known, aliases), workforce, people, as_of, settings), counted


def alias_of(person_id: int) -> str:
    """Under which id the engine knows a person here: one that no rule about names can mistake."""
    return f"{ALIAS}{person_id:09d}"


def _score(basis: ScoringBasis, known: UserDays, counted: Mapping[int, StaffMember], as_of: date) -> Scoring:
    """Score the people who count."""
    aliases, workforce = _alias_everybody(basis, counted)
    settings = replace(DEFAULT_SCORING, usage=replace(DEFAULT_SCORING.usage, robots=NO_ROBOTS))
    habits = basis.habits.rename(
        {user: aliases[name] for user, name in _canonical(basis.staff).items() if name in aliases}
    )
    before = [alias_of(person_id) for person_id in basis.above_before]
    return score(_only(known, aliases), workforce, as_of, settings, habits=habits, above_before=before)


def _alias_everybody(basis: ScoringBasis, counted: Mapping[int, StaffMember]) -> tuple[dict[str, str], Workforce]:
    """Everybody's alias by CRM user, and the workforce under these aliases."""
    aliases = {one.crm_user: alias_of(person_id) for person_id, one in counted.items()}
    people = tuple(
        replace(
            _engine_person(one), user=aliases[one.crm_user], head=None if one.head_id is None else alias_of(one.head_id)
        )
        for one in counted.values()
    )
    spans = tuple(Absence(alias_of(a.person_id), a.first_day, a.last_day) for a in basis.absences)
    own = {aliases[one.crm_user]: basis.days_off.of_team(one.team_id) for one in counted.values()}
    return aliases, Workforce(
        people, spans, basis.days_off.closed, has_absences=bool(spans), has_holidays=not basis.days_off.is_empty,
        own_holidays=own,
    )  # fmt: skip


def _join(scoring: Scoring, counted: Mapping[int, StaffMember], settings: EvaluationSettings) -> list[PersonResult]:
    weeks: dict[str, list[WeeklyUse]] = {}
    for use in weekly_use(scoring.user_days, scoring.exposure, settings.weeks):
        weeks.setdefault(use.name, []).append(use)
    rows, found = scoring.exposure.rows, []
    for one in scoring.scores:
        if one.status == "excluded":
            continue
        person = counted[int(one.user.removeprefix(ALIAS))]
        regular = _uses_regularly(scoring, rows[one.user], settings) if one.status == "scored" else None
        found.append(PersonResult(person.person_id, team_key(person), one, tuple(weeks.get(one.user, ())), regular))
    return found


def _uses_regularly(scoring: Scoring, row: int, settings: EvaluationSettings) -> bool | None:
    """Active on three of the last five present working days; None when they lie too far back."""
    window = scoring.exposure.window(settings.regular_within_days)
    present, active = scoring.exposure.present[row, window], scoring.exposure.active[row, window]
    last = np.flatnonzero(present)[-settings.regular_present_days :]
    if len(last) < settings.regular_present_days:
        return None
    return int(active[last].sum()) >= settings.regular_active_days


def _engine_person(one: StaffMember) -> Person:
    return Person(
        user=one.crm_user, team=one.team, role=one.role or None, wave=one.wave, fte=one.fte, go_live=one.go_live,
        hired=one.hired, left=one.left, weekdays=read_weekdays(one.work_days),
    )  # fmt: skip


def _events_by_user(known: UserDays) -> dict[str, int]:
    grouped = known.table.group_by("user").aggregate([("events", "sum")])
    return dict(zip(grouped["user"].to_pylist(), grouped["events_sum"].to_pylist(), strict=True))
