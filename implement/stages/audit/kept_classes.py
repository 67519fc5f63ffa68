"""What the audit keeps of clients and colleagues: old lists of deals, and the sums of the diary."""

from implement.rollout.service.retention import RetentionClass
from implement.stages.audit.service import disposing
from implement.web.texts import lazy

THREE_YEARS, LEAST_DAYS = 1_096, 90


def list_classes() -> list[RetentionClass]:
    """The room's classes."""
    return [
        RetentionClass(
            "deal_lists", lazy("Old lists of deals, and the names of clients by month"),
            lazy("to show the deals behind a figure of the audit"), THREE_YEARS, disposing.hold_lists,
            disposing.dispose_lists, least_days=LEAST_DAYS,
        ),
        RetentionClass(
            "diary_sums", lazy("Sums of the diary of routine work"),
            lazy("to hold the promise against what was measured"),
            THREE_YEARS, disposing.hold_diaries, disposing.dispose_diaries, least_days=LEAST_DAYS,
        ),
    ]  # fmt: skip
