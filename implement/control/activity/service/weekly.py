"""The plan's fulfilment per team and week, for whoever sets it beside other figures (M128)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from implement.control.activity.service.actuals import Cell, Days, read_counted_days, read_reported_days
from implement.control.activity.service.delivering import SheetItem, read_deliveries
from implement.control.activity.service.periods import PeriodRow, list_periods
from implement.control.activity.service.targets import list_planned
from implement.control.activity.service.workdays import list_work_days
from implement.engine.activity.weekly import WeekItem, measure_week

A_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class WeekShare:
    """How far a team fulfilled its plan in a week, on average, and how many people stand behind it."""

    share: Fraction
    people: int


def read_weeks(rollout_id: int, mondays: Sequence[date]) -> dict[tuple[int, date], WeekShare]:
    """By team and Monday; people who were handed no targets, or of whom nothing is known, take no part."""
    found: dict[tuple[int, date], list[Fraction]] = {}
    for period in list_periods(rollout_id):
        weeks = [one for one in mondays if one <= period.last_day and one + A_WEEK >= period.first_day]
        for cell, share in _read_period(rollout_id, period, weeks) if weeks else ():
            found.setdefault(cell, []).append(share)
    return {cell: WeekShare(Fraction(sum(shares), len(shares)), len(shares)) for cell, shares in found.items()}


def _read_period(
    rollout_id: int, period: PeriodRow, mondays: Sequence[date]
) -> Iterator[tuple[tuple[int, date], Fraction]]:
    sheets, people = read_deliveries(rollout_id, period), [one for one, _plan in list_planned(rollout_id, period)]
    people = [one for one in people if one.person_id in sheets and one.team_id is not None]
    span, keys = (period.first_day, period.last_day), {item.kpi_key for one in sheets.values() for item in one.items}
    work_days = list_work_days(rollout_id, people, *span) if people else {}
    crm, said = read_counted_days(rollout_id, *span, people, keys), read_reported_days(work_days, *span)
    for one in people:
        who = one.person_id
        for monday in mondays:
            share = _measure(who, sheets[who].items, work_days[who], (crm, said), monday)
            if share is not None and one.team_id is not None:
                yield (one.team_id, monday), share


def _measure(
    who: int,
    items: Sequence[SheetItem],
    work_days: Collection[date],
    sources: tuple[Mapping[Cell, Days], ...],
    monday: date,
) -> Fraction | None:
    """One person's week; where both sources know a day the CRM's counts."""
    crm, said = sources
    own = [day for day in work_days if monday <= day <= monday + A_WEEK]
    found = []
    for item in items:
        days = {**said.get((who, item.kpi_key), {}), **crm.get((who, item.kpi_key), {})}
        known = [number for day, number in days.items() if monday <= day <= monday + A_WEEK]
        if item.target:
            actual = sum(known) if known else None
            found.append(WeekItem(item.weight_bp, actual, item.target, len(own), len(work_days), item.lower_is_better))
    return measure_week(found)
