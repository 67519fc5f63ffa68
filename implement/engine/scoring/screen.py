"""What the score command says on the screen: what was read, who is left out and why, and the teams."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from implement.engine.exchange import Exchange, Note
from implement.engine.scoring.people import Scoring, UserScore
from implement.engine.suppression import Withheld, withhold_small_groups
from implement.engine.usage import UserDays

EVERYBODY = "everybody"


@dataclass(frozen=True)
class TeamLine:
    """One team's people by band, with the median usage and its spread; None where the team is withheld."""

    team: str
    people: int
    usage: float | None
    usage_lower_quarter: float | None
    usage_upper_quarter: float | None
    bands: dict[str, int]
    withheld: Withheld | None


def list_notes(exchange: Exchange, user_days: UserDays, scoring: Scoring) -> list[Note]:
    """Everything worth knowing about what was read, what is missing and what was left out."""
    notes = list(exchange.notes)
    later = user_days.all_events - scoring.user_days.all_events
    closed = len(scoring.exposure.closed_days)
    listed = {person.user for person in exchange.workforce.people}
    unlisted = sum(1 for row in scoring.scores if row.user not in listed) if listed else 0
    conditions = [
        ("blank_users", (str(user_days.blank_events),), user_days.blank_events > 0),
        ("unreadable_rows", (str(user_days.unreadable_events),), user_days.unreadable_events > 0),
        ("after_as_of", (str(later),), later > 0),
        ("no_users_table", (), not exchange.has_users),
        ("unlisted_users", (str(unlisted),), unlisted > 0),
        ("no_absences", (), not exchange.workforce.has_absences),
        ("no_holidays", (), not exchange.workforce.has_holidays),
        ("closed_days", (str(closed),), closed > 0),
        ("days_only", (), not user_days.has_clock),
        ("sessions_only", (), user_days.is_sessions_only),
        ("no_effective_dates", (), not user_days.is_sessions_only and "effective_date" not in user_days.columns),
        ("no_filled_fields", (), not user_days.is_sessions_only and "filled" not in user_days.columns),
        ("no_tasks", (), not user_days.is_sessions_only and user_days.total("tasks_assigned") == 0),
        ("signals_withheld", (", ".join(scoring.evidence.withheld),), bool(scoring.evidence.withheld)),
        ("too_few_people", (), not user_days.is_sessions_only and not scoring.evidence.is_calibrated),
    ]
    return notes + [Note(code, values) for code, values, holds in conditions if holds]


def summarise_teams(scores: tuple[UserScore, ...]) -> list[TeamLine]:
    """Each team's line, small teams withheld together with what would give them away."""
    teams: dict[str, list[UserScore]] = {}
    for row in scores:
        if row.status != "excluded":
            teams.setdefault(row.team or "(no team)", []).append(row)
    withheld = withhold_small_groups({team: len(rows) for team, rows in teams.items()}, EVERYBODY)
    return [_summarise(team, rows, withheld.get(team)) for team, rows in sorted(teams.items())]


def _summarise(team: str, rows: list[UserScore], withheld: Withheld | None) -> TeamLine:
    usages = [row.usage for row in rows if row.usage is not None]
    if withheld is not None:
        return TeamLine(team, len(rows), None, None, None, {}, withheld)
    bands = dict(Counter(row.dormancy_band for row in rows if row.dormancy_band is not None))
    if not usages:
        return TeamLine(team, len(rows), None, None, None, bands, None)
    lower, middle, upper = (float(each) for each in np.quantile(usages, (0.25, 0.5, 0.75)))
    return TeamLine(team, len(rows), middle, lower, upper, bands, None)


def describe_scoring(exchange: Exchange, user_days: UserDays, scoring: Scoring, most_teams: int = 40) -> Iterator[str]:
    """The lines for the screen, in English."""
    yield from (note.text for note in list_notes(exchange, user_days, scoring))
    statuses = Counter(row.status for row in scoring.scores)
    yield ""
    yield (
        f"{len(scoring.scores)} users as of {scoring.as_of}: {statuses['scored']} scored, "
        f"{statuses['not_enough_data']} without enough days, {statuses['excluded']} excluded."
    )
    if scoring.evidence.threshold is not None:
        flagged = sum(1 for row in scoring.scores if row.resistance.is_flagged)
        yield f"{flagged} flagged: their evidence of resistance surely exceeds {scoring.evidence.threshold:.1f}."
    silent = sum(1 for row in scoring.scores if row.status != "excluded" and row.last_active_day is None)
    if silent:
        yield f"{silent} users have no events at all."
    for exclusion in scoring.excluded:
        yield f"Excluded: {exclusion.user} ({exclusion.event_count} events): {exclusion.text}."
    lines = summarise_teams(scoring.scores)
    shown = [line for line in lines if line.withheld is None]
    yield ""
    yield f"{'team':<28}{'people':>7}{'usage':>7}{'quarters':>14}  active quiet at risk silent"
    yield from (_team_text(line) for line in shown[:most_teams])
    if len(shown) > most_teams:
        yield f"… and {len(shown) - most_teams} more teams."
    hidden = [line.withheld for line in lines if line.withheld is not None]
    if hidden:
        small = sum(1 for each in hidden if each.reason == "too_few")
        whole = _summarise(EVERYBODY, [row for row in scoring.scores if row.status != "excluded"], None)
        yield f"{small} teams below five people are withheld, {len(hidden) - small} more that would give them away."
        if hidden[0].instead:
            yield _team_text(whole)


def _team_text(line: TeamLine) -> str:
    counts = [line.bands.get(band, 0) for band in ("active", "quiet", "at_risk", "silent")]
    quarters = (
        "" if line.usage_lower_quarter is None else f"{line.usage_lower_quarter:.1f}–{line.usage_upper_quarter:.1f}"
    )
    usage = "" if line.usage is None else f"{line.usage:.1f}"
    cells = f"{counts[0]:>8}{counts[1]:>6}{counts[2]:>8}{counts[3]:>7}"
    return f"{line.team[:27]:<28}{line.people:>7}{usage:>7}{quarters:>14}{cells}"
