"""What the room of activity plans keeps, by subject."""

from implement.control.activity.tables.actuals import (
    ActivityCount,
    ActivityCounting,
    ActivityCoverage,
    ActivityReport,
    ActivitySettling,
    MissReason,
)
from implement.control.activity.tables.plans import (
    ActivityDelivery,
    ActivityKpi,
    ActivityPeriod,
    ActivityPlan,
    ActivityPlanItem,
    ActivityTarget,
    SalesQuota,
)

__all__ = [
    "ActivityCount",
    "ActivityCounting",
    "ActivityCoverage",
    "ActivityDelivery",
    "ActivityKpi",
    "ActivityPeriod",
    "ActivityPlan",
    "ActivityPlanItem",
    "ActivityReport",
    "ActivitySettling",
    "ActivityTarget",
    "MissReason",
    "SalesQuota",
]
