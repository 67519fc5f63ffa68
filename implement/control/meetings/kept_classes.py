"""What meetings keep about people, by class, with the period after which it is deleted."""

from implement.control.meetings.service import keeping
from implement.rollout.service.retention import RetentionClass
from implement.web.texts import lazy

THIRTEEN_MONTHS = 396


def list_classes() -> list[RetentionClass]:
    """The room's classes."""
    return [
        RetentionClass(
            "meeting_presence", lazy("Who came to meetings"), lazy("to see over a year whether meetings are held"),
            THIRTEEN_MONTHS, keeping.hold_presence, keeping.dispose_presence,
        ),
        RetentionClass(
            "meeting_priorities", lazy("What people set out to do in meetings"),
            lazy("to carry over what is not done yet"), THIRTEEN_MONTHS, keeping.hold_priorities,
            keeping.dispose_priorities,
        ),
    ]  # fmt: skip
