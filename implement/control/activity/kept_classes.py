"""What activity plans keep about people, by class, with the period after which it is deleted."""

from implement.control.activity.service import keeping
from implement.rollout.service.retention import RetentionClass
from implement.web.texts import lazy

THIRTEEN_MONTHS = 396


def list_classes() -> list[RetentionClass]:
    """The room's classes; what a pay run took over of them is frozen with the run and goes with it."""
    return [
        RetentionClass(
            "activity_days", lazy("Activities of people by day, counted and reported"),
            lazy("to compare with the same season a year ago"), THIRTEEN_MONTHS, keeping.hold_days,
            keeping.dispose_days,
        ),
        RetentionClass(
            "activity_sheets", lazy("Targets of people with their sheets, settled conflicts and reasons"),
            lazy("to plan the next period from what could be done"), THIRTEEN_MONTHS, keeping.hold_sheets,
            keeping.dispose_sheets,
        ),
    ]  # fmt: skip
