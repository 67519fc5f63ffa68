"""The plan as it stands: dates, what moves the end, when it will likely end, and launches too close together."""

from dataclasses import dataclass
from datetime import date, timedelta

from implement.engine.planning import (
    Forecast,
    ForecastSettings,
    Launch,
    Progress,
    Rush,
    RushSettings,
    WorkDays,
    find_critical,
    find_rush,
    forecast_end,
    lay_out_steps,
)
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.staff import count_by_wave
from implement.stages.specification.service.plan.steps import find_plan, list_steps, read_work_days, to_engine
from implement.stages.specification.tables.plan import PlanStep, RolloutPlan

DAYS_PER_MONTH = 30


@dataclass(frozen=True)
class DatedStep:
    """A step with its planned days; `is_critical`: it moves the end when it takes longer."""

    row: PlanStep
    first_day: date
    last_day: date
    is_critical: bool

    def is_late(self, today: date) -> bool:
        """True when it should be over and is not."""
        return self.row.ended_on is None and self.last_day < today


@dataclass(frozen=True)
class Outlook:
    """The plan with dates; the end as promised, as planned now, and likely between `low_day` and `high_day`."""

    plan: RolloutPlan
    steps: tuple[DatedStep, ...]
    forecast: Forecast
    planned_day: date
    low_day: date
    middle_day: date
    high_day: date
    late_days: int
    rush: Rush | None
    has_pilot: bool

    @property
    def months_planned(self) -> int:
        """Whole months from the start to the planned end."""
        return (self.planned_day - self.plan.start).days // DAYS_PER_MONTH


def read_outlook(rollout_id: int, today: date) -> Outlook | None:
    """How the plan stands on this day; None before there is one."""
    plan, rows = find_plan(rollout_id), list_steps(rollout_id)
    if plan is None or not rows:
        return None
    work_days, steps = read_work_days(rollout_id, plan.start), to_engine(rows)
    placed = lay_out_steps(steps)
    critical = find_critical(placed)
    dated = []
    for row in rows:
        one = placed[row.step_key]
        first, last = (work_days.day_after(plan.start, offset) for offset in (one.first, max(one.first, one.end - 1)))
        dated.append(DatedStep(row, first, last, row.step_key in critical))
    progress = {row.step_key: _read_progress(row, plan.start, work_days) for row in rows if row.began_on}
    elapsed = work_days.count(plan.start, today - timedelta(days=1))
    found = forecast_end(steps, progress, elapsed, ForecastSettings())
    planned, low, middle, high = (
        work_days.day_after(plan.start, max(end - 1, 0)) for end in (found.planned, found.low, found.middle, found.high)
    )
    launches = list_launches(rollout_id)
    late_days = work_days.count(plan.promised + timedelta(days=1), middle) if found.n else 0
    in_order = sorted(dated, key=lambda one: (one.first_day, one.last_day, one.row.position))
    return Outlook(
        plan, tuple(in_order), found, planned, low, middle, high, late_days,
        find_rush(launches, RushSettings()), len(launches) > 1 or sum(one.teams for one in launches) < 2,
    )  # fmt: skip


def list_launches(rollout_id: int) -> list[Launch]:
    """The waves with their teams, people and first days."""
    counts = count_by_wave(rollout_id)
    return [Launch(one.name, *counts.get(one.id, (0, 0)), one.go_live) for one in list_waves(rollout_id)]


def _read_progress(row: PlanStep, start: date, work_days: WorkDays) -> Progress:
    assert row.began_on is not None
    first = max(0, work_days.count(start, row.began_on) - 1)
    end = None if row.ended_on is None else max(first, work_days.count(start, row.ended_on))
    return Progress(first, end, row.done_percent / 100)
