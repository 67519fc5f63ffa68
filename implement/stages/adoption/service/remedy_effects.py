"""What remedies changed: judged once from the roll-up by person and day, frozen, told to whoever chooses next."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy import select

from implement.db import db
from implement.engine.remedy_effect import BeforeAfter, Effect, effect_on_person, effect_on_team
from implement.engine.suppression import LEAST_PEOPLE
from implement.engine.usage import Exposure
from implement.jobs import Plain
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.tasks import get_task, mark_done
from implement.rollout.service.usage import StaffMember
from implement.stages.adoption.evaluating import alias_of, lay_out_days
from implement.stages.adoption.service.figures import read_figures
from implement.stages.adoption.service.remedies import demand_may_run, subject_of, whom_of
from implement.stages.adoption.service.scoring import gather_basis
from implement.stages.adoption.tables import StartedRemedy
from implement.web.access import Standing
from implement.web.texts import day, lazy

BEFORE = timedelta(days=28)
FIGURES = ("estimate", "low", "high", "before", "after", "others_before", "others_after")


@dataclass(frozen=True)
class Experience:
    """What a remedy did here so far: how often it was judged, over how many people, the least and the most it changed,
    and how often the interval lay above zero. Without figures where too few people stand behind them.
    """

    judged: int
    people: int
    least: float | None = None
    most: float | None = None
    helped: int = 0


def judge_remedy(row: StartedRemedy, standing: Standing, *, by: Actor, now: datetime) -> Effect:
    """Judge a remedy whose days have passed, once; too few data is an outcome too.

    Before are the four weeks until its first day, after the days from then until it is judged.
    """
    today = now.date()
    demand_may_run(standing, whom_of(row), today)
    if row.state(today) != "due":
        raise RuleBroken(lazy("This remedy cannot be judged before its day, and only once."))
    effect = _measure(row, today)
    kept = asdict(effect)
    row.effect = {name: _plain(value) for name, value in kept.items()}
    row.judged_at = now
    mark_done(get_task(row.rollout_id, row.task_id), by=by, now=now)
    said = {"estimate": row.effect["estimate"], "lacks": effect.lacks}
    log_write("judge_remedy", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, **said)
    return effect


def read_effect(kept: Mapping[str, Plain]) -> Effect | None:
    """The effect as it was frozen; None before it was judged."""
    if not kept:
        return None
    people, others, teams = (int(str(kept[name])) for name in ("people", "others", "teams"))
    figures = {name: None if kept[name] is None else float(str(kept[name])) for name in FIGURES}
    return Effect(people, others, teams, **figures, lacks=str(kept["lacks"]))


def list_experience(rollout_id: int) -> dict[str, Experience]:
    """By remedy what it did here so far; its figures only from five people on."""
    judged = (StartedRemedy.rollout_id == rollout_id, StartedRemedy.judged_at.is_not(None))
    found: dict[str, list[Effect]] = {}
    for remedy, kept in db.session.execute(select(StartedRemedy.remedy, StartedRemedy.effect).where(*judged)):
        effect = read_effect(kept)
        if effect is not None:
            found.setdefault(remedy, []).append(effect)
    return {remedy: _sum_up(effects) for remedy, effects in found.items()}


def _sum_up(effects: Sequence[Effect]) -> Experience:
    known = [effect for effect in effects if effect.estimate is not None]
    people = sum(effect.people for effect in known)
    if people < LEAST_PEOPLE:
        return Experience(len(effects), people)
    estimates = [effect.estimate or 0.0 for effect in known]
    helped = sum((effect.low or 0.0) > 0 for effect in known)
    return Experience(len(effects), people, min(estimates), max(estimates), helped)


def _measure(row: StartedRemedy, today: date) -> Effect:
    laid_out = lay_out_days(gather_basis(row.rollout_id), today)
    if laid_out is None or laid_out[0].last_day < row.judge_on:
        raise RuleBroken(lazy("Usage is not known up to %(day)s yet; import it first.", day=day(row.judge_on)))
    exposure, staff = laid_out
    counts = {person_id: _count(exposure, one, row) for person_id, one in staff.items()}
    helped_people, helped_teams = _find_helped(row)
    others = {
        person_id: one
        for person_id, one in staff.items()
        if person_id not in helped_people and one.team_id not in helped_teams
    }
    if row.person_id is not None:
        return _measure_person(row.person_id, counts, staff, others)
    mine = [counts[person_id] for person_id, one in staff.items() if one.team_id == row.team_id]
    if _is_withheld(row):
        return Effect(len(mine), 0, lacks="withheld")
    return effect_on_team(mine, [counts[person_id] for person_id in others])


def _measure_person(
    person_id: int,
    counts: Mapping[int, BeforeAfter],
    staff: Mapping[int, StaffMember],
    others: Mapping[int, StaffMember],
) -> Effect:
    """Against people with the same function."""
    if person_id not in counts:
        return Effect(0, 0, lacks="days")
    peers = [counts[other] for other, one in others.items() if one.role == staff[person_id].role]
    return effect_on_person(counts[person_id], peers)


def _count(exposure: Exposure, one: StaffMember, row: StartedRemedy) -> BeforeAfter:
    """Active among present days before the remedy's first day and from it until it is judged."""
    place = exposure.rows[alias_of(one.person_id)]
    start = (row.starts_on - exposure.first_day).days
    end = (row.judge_on - exposure.first_day).days + 1
    spans = (slice(max(start - BEFORE.days, 0), max(start, 0)), slice(max(start, 0), max(end, 0)))
    present, active = exposure.present[place], exposure.active[place]
    used, there = ([int(np.sum(days[span])) for span in spans] for days in (present & active, present))
    return BeforeAfter(str(one.team_id or 0), used[0], there[0], used[1], there[1])


def _find_helped(row: StartedRemedy) -> tuple[set[int], set[int]]:
    """The people and teams for whom any remedy ran in the days compared: they tell nothing of days without one."""
    overlaps = (StartedRemedy.starts_on <= row.judge_on, StartedRemedy.judge_on >= row.starts_on - BEFORE)
    asked = select(StartedRemedy.person_id, StartedRemedy.team_id).where(
        StartedRemedy.rollout_id == row.rollout_id, *overlaps
    )
    found = db.session.execute(asked).all()
    return {person for person, _team in found if person}, {team for _person, team in found if team}


def _is_withheld(row: StartedRemedy) -> bool:
    """True for a team whose figures are not shown: its effect would tell them."""
    figures = read_figures(row.rollout_id)
    team = next((one for one in figures.teams if one.id == row.team_id), None) if figures else None
    return team is None or team.withheld is not None


def _plain(value: object) -> Plain:
    return f"{value:.4f}" if isinstance(value, float) else value  # type: ignore[return-value]
