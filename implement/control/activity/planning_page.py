"""The plan of a rollout in words: which periods, which plans, who has their sheet, whose plan does not fit the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from implement.control.activity.service.catalogue import KpiRow, read_kpis
from implement.control.activity.service.delivering import DeliveryRow, read_deliveries
from implement.control.activity.service.periods import PeriodRow, list_periods
from implement.control.activity.service.plans import PlanRow, read_plans
from implement.control.activity.service.targets import (
    Cell,
    Target,
    list_planned,
    people_set_by,
    read_targets,
    stamp_targets,
)
from implement.control.activity.service.workdays import list_work_days
from implement.engine.activity.capacity import DayPlan, Load, measure_day
from implement.rollout.service.usage import StaffMember, find_names, list_staff
from implement.web.access import Standing
from implement.web.roles import name_function
from implement.web.texts import _, _n, day, language

SHOWN_PERIODS = 6


@dataclass(frozen=True)
class Planned:
    """Somebody with a plan: targets by KPI, the average day, the sheet they were handed."""

    member: StaffMember
    name: str
    plan: PlanRow
    targets: Mapping[str, Target]
    day: DayPlan
    sheet: DeliveryRow | None

    @property
    def is_set(self) -> bool:
        """True when every target of the plan is set."""
        return all(item.kpi_key in self.targets for item in self.plan.items)


@dataclass(frozen=True)
class PeriodPlan:
    """A period with its plans and counts of sheets: people planned, handed out, acknowledged, late."""

    period: PeriodRow
    plans: Mapping[str, PlanRow]
    people: int
    handed_out: int
    acknowledged: int
    late: int
    exceptions: tuple[tuple[int, str, str], ...]


def describe_plans(standing: Standing, today: date) -> dict[str, object]:
    """The first page: the newest periods with their plans."""
    here = standing.rollout_id
    shown = [_describe(here, period) for period in list_periods(here)[:SHOWN_PERIODS]]
    roles = sorted({one.role for one in list_staff(here) if one.role.strip()})
    may_name = people_set_by(standing, [who for one in shown for who, _key, _reason in one.exceptions])
    kpis = read_kpis(here, language())
    return {
        "answer": _say(shown, today), "shown": shown, "kpis": kpis, "roles": roles, "today": today,
        "names": find_names(may_name),
    }  # fmt: skip


def describe_targets(standing: Standing, period: PeriodRow, today: date) -> dict[str, object]:
    """Everybody for whom this person sets targets, with their average day."""
    rows = list_people(standing, period)
    targets = {(one.member.person_id, key): said for one in rows for key, said in one.targets.items()}
    people = [one.member.person_id for one in rows]
    return {
        "period": period, "rows": rows, "kpis": read_kpis(standing.rollout_id, language()), "today": today,
        "stamp": stamp_targets(targets, people), "answer": say_targets(rows), "cells": list_cells(rows),
        "has_begun": period.has_begun(today),
    }  # fmt: skip


def list_people(standing: Standing, period: PeriodRow) -> list[Planned]:
    """Everybody planned for whom this person may set targets, by name."""
    here = standing.rollout_id
    planned = list_planned(here, period)
    mine = people_set_by(standing, [one.person_id for one, _plan in planned])
    people = [one for one, _plan in planned if one.person_id in mine]
    days = list_work_days(here, people, period.first_day, period.last_day) if people else {}
    targets, sheets, names = read_targets(period.id), read_deliveries(here, period), find_names(mine)
    found = []
    for one, plan in planned:
        if one.person_id not in mine:
            continue
        own = {item.kpi_key: targets[one.person_id, item.kpi_key] for item in plan.items
               if (one.person_id, item.kpi_key) in targets}  # fmt: skip
        average = measure_plan(one, plan, own, len(days[one.person_id]))
        found.append(Planned(one, names[one.person_id], plan, own, average, sheets.get(one.person_id)))
    return sorted(found, key=lambda one: (one.name, one.member.person_id))


def measure_plan(member: StaffMember, plan: PlanRow, targets: Mapping[str, Target], days: int) -> DayPlan:
    """The average day of somebody under their targets."""
    loads = [
        Load(targets[item.kpi_key].target or 0, item.minutes, item.typing_minutes)
        for item in plan.items
        if item.kpi_key in targets
    ]
    fte = Fraction(str(member.fte))
    return measure_day(loads, days=days, fte=fte, days_a_week=len(member.work_days), settings=plan.settings)


def list_cells(rows: list[Planned]) -> dict[Cell, Target | None]:
    """Every box of the page."""
    return {
        (one.member.person_id, item.kpi_key): one.targets.get(item.kpi_key) for one in rows for item in one.plan.items
    }


def say_targets(rows: list[Planned]) -> str:
    """The first line: who lacks targets, whose plan does not fit."""
    lacking, full = sum(not one.is_set for one in rows), sum(not one.day.fits for one in rows)
    if not rows:
        return _("Nobody you set targets for has a plan in this period.")
    if lacking:
        return _n("One person has no targets yet.", "%(num)d people have no targets yet.", lacking)
    if full:
        return _n(
            "The plan of one person does not fit into the day.",
            "The plans of %(num)d people do not fit into the day.",
            full,
        )
    return _n(
        "One person has targets that fit into the day.", "%(num)d people have targets that fit into the day.", len(rows)
    )


def name_role(role: str) -> str:
    """A function as pages name it."""
    return name_function(role)


def _describe(rollout_id: int, period: PeriodRow) -> PeriodPlan:
    planned, sheets = list_planned(rollout_id, period), read_deliveries(rollout_id, period)
    mine = [sheets[one.person_id] for one, _plan in planned if one.person_id in sheets]
    exceptions = [(who, key, one.reason) for (who, key), one in read_targets(period.id).items() if one.target is None]
    return PeriodPlan(
        period, read_plans(period.id), len(planned), len(mine), sum(one.acknowledged_at is not None for one in mine),
        sum(one.is_late for one in mine), tuple(sorted(exceptions)),
    )  # fmt: skip


def _say(shown: list[PeriodPlan], today: date) -> str:
    running = next((one for one in shown if one.period.has_begun(today) and not one.period.has_ended(today)), None)
    if running is None:
        coming = [one for one in shown if not one.period.has_begun(today)]
        return (
            _("The next plan begins on %(day)s.", day=day(coming[-1].period.first_day))
            if coming
            else _("No plan is in force.")
        )
    return _(
        "The plan until %(day)s: targets acknowledged by %(done)s of %(all)s people.",
        day=day(running.period.last_day), done=running.acknowledged, all=running.people,
    )  # fmt: skip


def list_kpis_of(rows: list[Planned], kpis: Mapping[str, KpiRow]) -> list[tuple[str, str]]:
    """The KPIs that stand in some plan of these people, as key and name."""
    keys = dict.fromkeys(item.kpi_key for one in rows for item in one.plan.items)
    return [(key, kpis[key].name) for key in keys]
