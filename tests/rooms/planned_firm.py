"""A small firm with an activity plan, for tests of plans, actuals and what is built on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from implement.control.activity.service import delivering, plans, targets
from implement.control.activity.service.periods import PeriodRow, add_period, get_period
from implement.control.activity.service.plans import PlanItem
from implement.control.activity.service.targets import Target
from implement.engine.activity.capacity import DaySettings
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.bound_firm import Firm, a_bound_firm

BEFORE = datetime(2026, 2, 20, 9, tzinfo=UTC)
MARCH = (date(2026, 3, 2), date(2026, 3, 6))
CONTACTS, VISITS, LATE = "kpi.contacts_kept", "kpi.visits", "kpi.entries_late"
ITEMS = (PlanItem(CONTACTS, 4_000, 6, 4), PlanItem(VISITS, 4_000, 60, 3), PlanItem(LATE, 2_000, 0, 0))
GOALS = {CONTACTS: 20, VISITS: 5, LATE: 4}
DAY = DaySettings()


@dataclass
class PlannedFirm:
    """The firm, its period of one week, and what its lead, head and seller do most."""

    firm: Firm
    period: PeriodRow
    lead: Standing = field(init=False)
    head: Standing = field(init=False)
    seller: Standing = field(init=False)

    def __post_init__(self) -> None:
        people, here = self.firm.people, self.firm.rollout_id
        self.lead = Standing(here, frozenset({Role.LEAD}), None)
        self.head = Standing(here, frozenset({Role.HEAD}), people["north.1"])
        self.seller = Standing(here, frozenset({Role.SALESPERSON}), people["north.2"])

    @property
    def bob_id(self) -> int:
        """The seller with a log-in in team North."""
        return self.firm.people["north.2"]

    def write_plan(self, items: tuple[PlanItem, ...] = ITEMS, *, seen: int | None = None) -> None:
        """Alice writes the plan of the sellers."""
        said = {"seen": seen, "by": self.firm.alice, "now": BEFORE, "today": BEFORE.date()}
        plans.write_plan(self.firm.rollout_id, self.period, "seller", items, DAY, **said)  # type: ignore[arg-type]

    def set_targets(self, goals: Mapping[str, int] = GOALS, user: str = "north.2", **said: object) -> None:
        """Henry sets targets of somebody of his team."""
        wanted = {(self.firm.people[user], key): Target(number) for key, number in goals.items()}
        about = {"stamp": None, "by": self.firm.accounts["north.1"], "now": BEFORE, "today": BEFORE.date(), **said}
        targets.set_targets(self.head, self.period, wanted, **about)  # type: ignore[arg-type]

    def deliver(self, now: datetime = BEFORE) -> int:
        """Henry hands the sheets out."""
        by = self.firm.accounts["north.1"]
        return delivering.deliver(self.head, self.period, by=by, now=now, today=now.date())


def a_planned_firm(*, with_sheet: bool = True) -> PlannedFirm:
    """Teams of five with a plan of one week; one seller has their sheet."""
    firm = a_bound_firm(builders.a_rollout(legal_profile="EU").id)
    period = add_period(firm.rollout_id, *MARCH, by=firm.alice, now=BEFORE)
    planned = PlannedFirm(firm, get_period(firm.rollout_id, period.id))
    planned.write_plan()
    if with_sheet:
        planned.set_targets()
        planned.deliver()
    return planned
