"""One plan per function and period: the same KPIs and weights for everybody with it (M122–M124)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from implement.control.activity.service.catalogue import read_kpis
from implement.control.activity.service.periods import PeriodRow, lock_period
from implement.control.activity.tables import ActivityPlan, ActivityPlanItem
from implement.db import change_rows, db
from implement.engine.activity.capacity import DaySettings
from implement.engine.activity.kpis import find_weight_gap
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.usage import StaffMember
from implement.web.texts import lazy

MOST_KPIS = 7
"""People keep about seven figures in mind."""


@dataclass(frozen=True)
class PlanItem:
    """A KPI of a plan: its weight in basis points, minutes of one, and the part of them spent typing."""

    kpi_key: str
    weight_bp: int
    minutes: int
    typing_minutes: int


@dataclass(frozen=True)
class PlanRow:
    """A plan as it stands: for which function, its KPIs in order, the firm's day, and the version to edit from."""

    id: int
    role: str
    version: int
    items: tuple[PlanItem, ...]
    settings: DaySettings

    @property
    def text(self) -> str:
        """The plan in lines, to be set beside another's."""
        return "\n".join(write_line(item) for item in self.items)


def read_plans(period_id: int) -> dict[str, PlanRow]:
    """The plans of a period by function, in two queries."""
    plans = list(db.session.scalars(select(ActivityPlan).where(ActivityPlan.period_id == period_id)))
    asked = select(ActivityPlanItem).where(ActivityPlanItem.plan_id.in_([plan.id for plan in plans]))
    items: dict[int, list[PlanItem]] = {}
    for row in db.session.scalars(asked.order_by(ActivityPlanItem.position)):
        one = PlanItem(row.kpi_key, row.weight_bp, row.minutes, row.typing_minutes)
        items.setdefault(row.plan_id, []).append(one)
    return {plan.role: _row(plan, items.get(plan.id, [])) for plan in sorted(plans, key=lambda plan: plan.role)}


def find_plan(plans: Mapping[str, PlanRow], member: StaffMember) -> PlanRow | None:
    """The plan that binds somebody: that of their function, whatever the capitals."""
    wanted = member.role.strip().casefold()
    return next((plan for role, plan in plans.items() if role.strip().casefold() == wanted), None)


def write_plan(
    rollout_id: int, period: PeriodRow, role: str, items: Sequence[PlanItem], settings: DaySettings, *,
    seen: int | None, by: Actor, now: datetime, today: date,
) -> ActivityPlan:  # fmt: skip
    """Write the plan of a function, or change it; `seen` is the version that was edited, None for a new one.

    Refused: weights that do not come to 100 %, a KPI nobody knows or named twice, more than seven, a period that has
    begun. What somebody else saved meanwhile is shown beside it and not overwritten.
    """
    _refuse_unusable(rollout_id, items)
    lock_period(period.id)
    plan = _find(period.id, role)
    if (plan.version if plan else None) != seen:
        theirs = read_plans(period.id)[plan.role].text if plan else ""
        mine = "\n".join(write_line(item) for item in items)
        sentence = lazy("Somebody else changed this plan meanwhile; nothing was overwritten.")
        raise EditedMeanwhile(sentence, theirs=theirs, mine=mine)
    if plan is not None and period.has_begun(today):
        raise RuleBroken(lazy("This period has begun; its plan stays. A change takes effect with the next period."))
    if plan is None:
        plan = ActivityPlan(period_id=period.id, role=role.strip(), by_id=by.id, at=now)
        db.session.add(plan)
    plan.minutes_a_day, plan.productive_bp = settings.minutes_a_day, settings.productive_bp
    plan.most_typing_minutes, plan.by_id, plan.at = settings.most_typing_minutes, by.id, now
    flag_modified(plan, "role")  # so that the version moves on even where only KPIs change
    db.session.flush()
    _keep_items(plan, items)
    weights = {item.kpi_key: item.weight_bp for item in items}
    log_write(
        "write_plan", f"plan:{plan.id}", by=by, now=now, rollout_id=rollout_id, role=plan.role, weights=dict(weights)
    )
    return plan


def get_plan(period_id: int, role: str) -> PlanRow:
    """The plan of a function in a period."""
    found = next((plan for plan in read_plans(period_id).values() if plan.role == role.strip()), None)
    if found is None:
        raise NotFound(lazy("There is no plan for this function yet."))
    return found


def write_line(item: PlanItem) -> str:
    """One KPI of a plan as a line of text."""
    return f"{item.kpi_key}: {item.weight_bp} bp, {item.minutes} min ({item.typing_minutes})"


def _refuse_unusable(rollout_id: int, items: Sequence[PlanItem]) -> None:
    known = read_kpis(rollout_id)
    keys = [item.kpi_key for item in items]
    if not items or not set(keys) <= known.keys():
        raise RuleBroken(lazy("Please choose KPIs of the catalogue; only what can be counted is planned."))
    if len(set(keys)) < len(keys):
        raise RuleBroken(lazy("A KPI stands in the plan twice."))
    if len(items) > MOST_KPIS:
        raise RuleBroken(lazy("A plan has seven KPIs at most; nobody keeps more in mind."))
    if any(item.weight_bp < 0 or not 0 <= item.typing_minutes <= item.minutes for item in items):
        raise RuleBroken(lazy("Weights are not negative, and typing takes no longer than the whole."))
    gap = find_weight_gap([item.weight_bp for item in items])
    if gap:
        missing, over = f"{gap / 100:g}", f"{-gap / 100:g}"
        raise RuleBroken(
            lazy("The weights must come to 100 %%; %(missing)s %% are missing.", missing=missing)
            if gap > 0
            else lazy("The weights must come to 100 %%; they are %(over)s %% too many.", over=over)
        )


def _keep_items(plan: ActivityPlan, items: Sequence[PlanItem]) -> None:
    change_rows(delete(ActivityPlanItem).where(ActivityPlanItem.plan_id == plan.id))
    db.session.add_all(
        ActivityPlanItem(plan_id=plan.id, position=position, **vars(item)) for position, item in enumerate(items)
    )
    db.session.flush()


def _find(period_id: int, role: str) -> ActivityPlan | None:
    here = (ActivityPlan.period_id == period_id, ActivityPlan.role == role.strip())
    found: ActivityPlan | None = db.session.scalar(select(ActivityPlan).where(*here).with_for_update())
    return found


def _row(plan: ActivityPlan, items: Sequence[PlanItem]) -> PlanRow:
    settings = DaySettings(plan.minutes_a_day, plan.productive_bp, plan.most_typing_minutes)
    return PlanRow(plan.id, plan.role, plan.version, tuple(items), settings)
