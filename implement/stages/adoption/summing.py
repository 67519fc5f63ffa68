"""Sum the scores of people up to teams, waves and the whole rollout."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from implement.engine.scoring import UserScore
from implement.engine.usage import WeeklyUse
from implement.engine.usage.middles import likely_middle
from implement.jobs import Plain
from implement.rollout.service.usage import StaffMember
from implement.stages.adoption.groups import HEADS, WHOLE, GroupSize, withhold_groups

SURELY_USED, SURELY_NOT = 60.0, 40.0


@dataclass(frozen=True)
class PersonResult:
    """What an evaluation says of one person; `weeks` are their last weeks, `regular` their last present days."""

    person_id: int
    team_key: str
    score: UserScore
    weeks: tuple[WeeklyUse, ...]
    regular: bool | None


def sum_up(people: Sequence[PersonResult], counted: Mapping[int, StaffMember]) -> list[dict[str, Plain]]:
    """What each team, each wave and the whole rollout came to."""
    teams, waves = _teams_and_waves(counted.values())
    by_team: dict[str, list[PersonResult]] = {key: [] for key in teams}
    for one in people:
        by_team[one.team_key].append(one)
    found = [_group(team, by_team[key]) for key, team in teams.items()]
    for key, wave in waves.items():
        members = [one for team in teams.values() if team["parent"] == key for one in by_team[str(team["key"])]]
        found.append(_group(wave, members))
    whole: dict[str, Plain] = {"key": WHOLE, "id": None, "name": "", "parent": None, "go_live": None}
    heads: dict[str, Plain] = {**whole, "key": HEADS}
    leading = {one.head_id for one in counted.values()}
    found.append(_group(heads, [one for one in people if one.person_id in leading]))
    return [_group(whole, people), *found]


def _teams_and_waves(
    staff: Iterable[StaffMember],
) -> tuple[dict[str, dict[str, Plain]], dict[str, dict[str, Plain]]]:
    teams: dict[str, dict[str, Plain]] = {}
    waves: dict[str, dict[str, Plain]] = {}
    for one in sorted(staff, key=lambda each: (each.wave_id or 1 << 60, each.team or "")):
        wave, team = f"wave:{one.wave_id or 0}", team_key(one)
        go_live = one.go_live.isoformat() if one.go_live else None
        said: dict[str, Plain] = {"go_live": go_live, "head_id": one.head_id}
        waves[wave] = {"key": wave, "id": one.wave_id, "name": one.wave or "", "parent": WHOLE, "go_live": go_live}
        teams[team] = {"key": team, "id": one.team_id, "name": one.team or "", "parent": wave, **said}
    return teams, waves


def _group(group: Mapping[str, Plain], people: Sequence[PersonResult]) -> dict[str, Plain]:
    scores = [score for one in people if (score := _score_of(one)) is not None]
    usages = [usage for usage, _low, _high in scores]
    likely = likely_middle(scores)
    bands = Counter(one.score.dormancy_band for one in people if one.score.dormancy_band is not None)
    quarters: list[Plain] = [f"{each:.1f}" for each in np.quantile(usages, (0.25, 0.5, 0.75))] if usages else []
    return {
        **group,
        "people": len(people),
        "scored": len(usages),
        "usage": quarters,
        "likely": [f"{each:.1f}" for each in likely] if likely else [],
        "sides": _count_sides(people),
        "regular": _count_regular(people),
        "steer": _count_steering(people),
        "bands": {str(band): count for band, count in bands.items()},
        "standing_out": _count_standing_out(people),
        "weeks": _sum_weeks(people),
    }


def _score_of(one: PersonResult) -> tuple[float, float, float] | None:
    score = one.score
    if score.usage is None or score.usage_low is None or score.usage_high is None:
        return None
    return score.usage, score.usage_low, score.usage_high


def _count_sides(people: Sequence[PersonResult]) -> dict[str, Plain]:
    """How many clearly work with it, how many clearly do not, of how many it cannot be told (M34)."""
    scores = [(score, one.score.resistance.is_flagged) for one in people if (score := _score_of(one)) is not None]
    sides = Counter(_side(low, high, is_flagged) for (_usage, low, high), is_flagged in scores)
    return {side: sides[side] for side in ("works", "open", "works_not")}


def _side(low: float, high: float, is_flagged: bool) -> str:
    if is_flagged or high < SURELY_NOT:
        return "works_not"
    return "works" if low >= SURELY_USED else "open"


def _count_regular(people: Sequence[PersonResult]) -> list[Plain]:
    """How many use it regularly, of how many of whom it can be said."""
    judged = [one.regular for one in people if one.regular is not None]
    return [sum(judged), len(judged)]


def _count_steering(people: Sequence[PersonResult]) -> list[Plain]:
    """Of how many evidence was taken, and for how many leading with the CRM stands out; it is asked of heads."""
    judged = [one.score.resistance for one in people if one.score.resistance.score is not None]
    return [len(judged), sum(any(reason.signal == "steer" for reason in one.reasons) for one in judged)]


def _count_standing_out(people: Sequence[PersonResult]) -> dict[str, Plain]:
    """Of how many people evidence was taken, how many stand out, in which signals, and which kind they fit."""
    judged = [one.score.resistance for one in people if one.score.resistance.score is not None]
    flagged = [one for one in judged if one.is_flagged]
    signals = Counter(reason.signal for one in flagged for reason in one.reasons)
    kinds = Counter(one.fit.first for one in flagged if one.fit.first is not None)
    return {
        "judged": len(judged),
        "flagged": len(flagged),
        "signals": {signal: signals[signal] for signal in sorted(signals)},
        "kinds": {kind: kinds[kind] for kind in sorted(kinds)},
    }


def _sum_weeks(people: Sequence[PersonResult]) -> list[Plain]:
    """Per week: its Monday, people there, active days, present days, records."""
    sums: dict[date, list[int]] = {}
    for use in (use for one in people for use in one.weeks):
        row = sums.setdefault(use.week, [0, 0, 0, 0])
        for place, count in enumerate((use.people, use.active_days, use.present_days, use.records)):
            row[place] += count
    return [[week.isoformat(), *counts] for week, counts in sorted(sums.items())]


def name_shown_teams(people: Sequence[PersonResult], groups: Sequence[Mapping[str, Plain]]) -> dict[str, str]:
    """The names of teams large enough that a pseudonym among them hides somebody."""
    hidden = withhold_groups([GroupSize(str(g["key"]), int(str(g["people"])), _parent(g)) for g in groups])
    teams = [g for g in groups if str(g["key"]).startswith("team:")]
    return {str(g["key"]): str(g["name"]) for g in teams if g["key"] not in hidden}


def _parent(group: Mapping[str, Plain]) -> str | None:
    return None if group["parent"] is None else str(group["parent"])


def team_key(one: StaffMember) -> str:
    return f"team:{one.team_id or 0}"
