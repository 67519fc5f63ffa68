"""What the transfer room keeps of clients and colleagues: files, the tables read from them, and rows of its results."""

from implement.rollout.registries import Measured
from implement.rollout.service.retention import RetentionClass
from implement.stages.transfer.service import disposing
from implement.web.texts import lazy

THREE_YEARS, LEAST_DAYS = 1_096, 180


def list_classes() -> list[RetentionClass]:
    """The room's classes."""
    return [
        RetentionClass(
            "transfer_files", lazy("Files of the transfer, tables read from them, and single findings"),
            lazy("to prove record by record what became of the old data"), THREE_YEARS, disposing.hold_files,
            disposing.dispose_files, least_days=LEAST_DAYS,
        ),
    ]  # fmt: skip


def list_measured() -> list[Measured]:
    """What the transfer keeps of people, as the council reads it."""
    return [
        Measured(
            "transfer", lazy("Records of the old system with their owners"),
            lazy("to prove record by record what became of the old data"),
            lazy("consultant, lead and heads; owners stand under pseudonyms where they are not one's own people"),
            ("transfer_files",),
        ),
    ]  # fmt: skip
