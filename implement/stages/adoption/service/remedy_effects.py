"""What remedies changed: judged once from the roll-up by person and day, frozen, told to whoever chooses next."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy import select

from implement.db import db
from implement.engine.facts import Progress, no_progress
from implement.engine.remedy_effect import BeforeAfter, Effect, effect_on_person, effect_on_team
from implement.engine.suppression import LEAST_PEOPLE
from implement.engine.usage import Exposure
from implement.jobs import Job, Plain, enqueue_job, find_job
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.tasks import get_task, mark_done
from implement.rollout.service.usage import StaffMember, span_of_usage
from implement.stages.adoption.evaluating import alias_of, lay_out_days
from implement.stages.adoption.service.figures import read_figures
from implement.stages.adoption.service.remedies import demand_may_run, subject_of, whom_of
from implement.stages.adoption.service.remedy_quality import FIGURE_OF_KIND, Days, count_quality
from implement.stages.adoption.service.scoring import gather_basis
from implement.stages.adoption.tables import StartedRemedy
from implement.web.access import Standing
from implement.web.texts import day, lazy

JUDGE_JOB = "adoption.judge"
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


@dataclass(frozen=True)
class Judged:
    """What a remedy changed: days in the CRM, and the figure it was meant to move (empty where it has none)."""

    days: Effect
    figure: str
    quality: Effect | None


def ask_for_judgement(row: StartedRemedy, standing: Standing, *, by: Actor, now: datetime) -> None:
    """Have a remedy whose days have passed judged in the background, once; twice asked is asked once."""
    demand_may_run(standing, whom_of(row), local_day(standing.rollout_id, now))
    _refuse_early(row, local_day(standing.rollout_id, now))
    job = find_judging(row)
    if job is None or job.is_finished:
        job = enqueue_job(
            JUDGE_JOB, rollout_id=row.rollout_id, arguments={"remedy_id": row.id}, by_id=by.id, now=now
        )
        row.judging_job_id = job.id
        log_write("ask_for_judgement", subject_of(row), by=by, now=now, rollout_id=row.rollout_id)


def find_judging(row: StartedRemedy) -> Job | None:
    """The job that judges it, or did last."""
    return None if row.judging_job_id is None else find_job(row.judging_job_id, row.rollout_id)


def judge_remedy(row: StartedRemedy, *, by: Actor | None, now: datetime, progress: Progress = no_progress) -> Judged:
    """Judge a remedy whose days have passed, once; too few data is an outcome too.

    Before are the four weeks until its first day, after the days from then until it is judged.
    """
    _refuse_early(row, local_day(row.rollout_id, now))
    judged = _measure(row, local_day(row.rollout_id, now), progress)
    row.effect = {**_plain_effect(judged.days), "figure": judged.figure}
    if judged.quality is not None:
        row.effect = {**row.effect, "quality": _plain_effect(judged.quality)}
    row.judged_at = now
    mark_done(get_task(row.rollout_id, row.task_id), by=by, now=now)
    said = {"estimate": row.effect["estimate"], "lacks": judged.days.lacks, "figure": judged.figure}
    log_write("judge_remedy", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, **said)
    return judged


def read_judged(kept: Mapping[str, Plain]) -> Judged | None:
    """Everything that was frozen; None before it was judged."""
    days, quality = read_effect(kept), kept.get("quality")
    if days is None:
        return None
    return Judged(days, str(kept.get("figure") or ""), read_effect(quality) if isinstance(quality, dict) else None)


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


def _refuse_early(row: StartedRemedy, today: date) -> None:
    if row.state(today) != "due":
        raise RuleBroken(lazy("This remedy cannot be judged before its day, and only once."))
    span = span_of_usage(row.rollout_id)
    if span is None or span[1] < row.judge_on:
        raise RuleBroken(lazy("Usage is not known up to %(day)s yet; import it first.", day=day(row.judge_on)))


def _measure(row: StartedRemedy, today: date, progress: Progress) -> Judged:
    laid_out = lay_out_days(gather_basis(row.rollout_id), today)
    if laid_out is None or laid_out[0].last_day < row.judge_on:
        raise RuleBroken(lazy("Usage is not known up to %(day)s yet; import it first.", day=day(row.judge_on)))
    exposure, staff = laid_out
    progress("judge", 1, 3)
    counts = {person_id: _count(exposure, one, row) for person_id, one in staff.items()}
    days, figure = _compare(row, counts, staff), FIGURE_OF_KIND.get(row.kind, "")
    progress("judge", 2, 3)
    if not figure:
        return Judged(days, "", None)
    spans = Days(row.starts_on - BEFORE, row.starts_on, row.judge_on)
    return Judged(days, figure, _compare(row, count_quality(row.rollout_id, figure, staff, spans), staff))


def _compare(row: StartedRemedy, counts: Mapping[int, BeforeAfter], staff: Mapping[int, StaffMember]) -> Effect:
    """Before and after of whom it is for, against those for whom no remedy ran."""
    helped_people, helped_teams = _find_helped(row)
    others = {
        person_id: one
        for person_id, one in staff.items()
        if person_id not in helped_people and one.team_id not in helped_teams
    }
    if row.person_id is not None:
        return _compare_person(row.person_id, counts, staff, others)
    mine = [counts[person_id] for person_id, one in staff.items() if one.team_id == row.team_id]
    if _is_withheld(row):
        return Effect(len(mine), 0, lacks="withheld")
    return effect_on_team(mine, [counts[person_id] for person_id in others])


def _compare_person(
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


def _plain_effect(effect: Effect) -> dict[str, Plain]:
    return {name: _plain(value) for name, value in asdict(effect).items()}


def _plain(value: object) -> Plain:
    return f"{value:.4f}" if isinstance(value, float) else value  # type: ignore[return-value]
