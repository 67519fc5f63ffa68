"""What later rooms read of activity plans; these names and shapes stay.

    list_kpis(rollout_id, language)            the KPI catalogue of the rollout
    list_periods(rollout_id)                   planned spans, the latest first
    read_deliveries(rollout_id, period)        the sheet of targets each person was handed: late? acknowledged?
    read_attainments(rollout_id, period_id)    target, actual and weight of each person and KPI
    read_quotas(rollout_id, period_id)         the sales plan of teams and people
    ask_kpi_bases(rollout_id, key, …)          whether a KPI may be held against people (R12)

What is missing is None, never 0.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from implement.control.activity.service.actuals import read_actuals
from implement.control.activity.service.catalogue import KpiRow, ask_kpi_bases, list_kpis, read_kpis
from implement.control.activity.service.delivering import DeliveryRow, SheetItem, read_deliveries
from implement.control.activity.service.periods import PeriodRow, get_period, list_periods
from implement.control.activity.service.plans import PlanRow
from implement.control.activity.service.quotas import QuotaRow, read_quotas
from implement.control.activity.service.targets import Target, list_planned, read_targets
from implement.engine.activity.actuals import Actual, attain

__all__ = [
    "AttainmentRow",
    "DeliveryRow",
    "KpiRow",
    "PeriodRow",
    "QuotaRow",
    "SheetItem",
    "ask_kpi_bases",
    "get_period",
    "list_kpis",
    "list_periods",
    "read_attainments",
    "read_deliveries",
    "read_quotas",
]


@dataclass(frozen=True)
class AttainmentRow:
    """One KPI of one person in a period.

    `target` and `weight_bp` are those of the sheet the person was handed (of the plan, while none was handed out);
    no target means that the KPI does not apply to them (`reason`), or that nobody set one. `actual` is None unless
    every working day is known from some `source` (`crm`, `report`, `both`, `settled`) and no conflict is open;
    `so_far` is the sum of the days that are known. `is_late`: the sheet was not handed out before the first day (R4);
    `acknowledged_at`: when the person acknowledged it (R3). `about` is `process` or `result` (M127).
    """

    person_id: int
    kpi_key: str
    name: str
    weight_bp: int
    target: int | None
    actual: int | None
    source: str
    is_late: bool
    lower_is_better: bool
    about: str
    side: str
    reason: str
    acknowledged_at: datetime | None
    so_far: int | None
    crm: int | None
    reported: int | None
    missing_days: tuple[date, ...]
    conflicts: tuple[date, ...]

    @property
    def attainment(self) -> Fraction | None:
        """The share of the target that was reached, exactly; None while the actual or the target is missing."""
        return attain(self.actual, self.target, lower_is_better=self.lower_is_better)

    @property
    def attainment_so_far(self) -> Fraction | None:
        """The same of the days that are known."""
        return attain(self.so_far, self.target, lower_is_better=self.lower_is_better)

    @property
    def share_so_far(self) -> Fraction | None:
        """How much of the target is filled, as pictures draw it: where less is better, little is good."""
        return Fraction(self.so_far, self.target) if self.so_far is not None and self.target else None


def read_attainments(
    rollout_id: int, period_id: int, *, until: date | None = None, language: str = "en"
) -> list[AttainmentRow]:
    """Every KPI of everybody planned in the period, by person and then in the order of the plan.

    With `until` no day after it is missing yet, for pages of a period that runs. The number of queries does not grow
    with the number of people.
    """
    period = get_period(rollout_id, period_id)
    planned = list_planned(rollout_id, period)
    sheets, targets, kpis = (
        read_deliveries(rollout_id, period),
        read_targets(period_id),
        read_kpis(rollout_id, language),
    )
    items = {
        one.person_id: sheets[one.person_id].items
        if one.person_id in sheets
        else _from_plan(one.person_id, plan, targets, kpis)
        for one, plan in planned
    }
    keys = sorted({item.kpi_key for sheet in items.values() for item in sheet})
    actuals = read_actuals(rollout_id, period, [one for one, _plan in planned], keys, until=until)
    return [
        _row(who, replace(item, name=kpis[item.kpi_key].name), actuals[who, item.kpi_key], sheets.get(who))
        for who, sheet in items.items()
        for item in sheet
    ]


def _from_plan(
    person_id: int, plan: PlanRow, targets: dict[tuple[int, str], Target], kpis: dict[str, KpiRow]
) -> tuple[SheetItem, ...]:
    found = []
    for item in plan.items:
        kpi, said = kpis[item.kpi_key], targets.get((person_id, item.kpi_key), Target(None))
        about = (kpi.kpi.lower_is_better, kpi.kpi.about, kpi.kpi.side)
        found.append(SheetItem(item.kpi_key, kpi.name, item.weight_bp, said.target, said.reason, *about))
    return tuple(found)


def _row(person_id: int, item: SheetItem, actual: Actual, sheet: DeliveryRow | None) -> AttainmentRow:
    return AttainmentRow(
        person_id, item.kpi_key, item.name, item.weight_bp, item.target, actual.value if actual.is_whole else None,
        actual.source, sheet is None or sheet.is_late, item.lower_is_better, item.about, item.side, item.reason,
        sheet.acknowledged_at if sheet else None, actual.value, actual.crm, actual.reported, actual.missing_days,
        actual.conflicts,
    )  # fmt: skip
