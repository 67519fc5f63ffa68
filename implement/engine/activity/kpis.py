"""A KPI: one countable activity, where it is counted, and which of a closed set of rules counts it (M123)."""

from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.law.terms import OF_PROCESS, OF_RESULT

VOLUME, QUALITY = "volume", "quality"
SIDES = (VOLUME, QUALITY)

ABOUT = (OF_PROCESS, OF_RESULT)
KEPT, LATE, INCOMPLETE, DISTINCT, WON, REPORT = "kept", "late", "incomplete", "distinct", "won", "report"
RULES = (KEPT, LATE, INCOMPLETE, DISTINCT, WON, REPORT)
OBJECTS = ("contact", "deal", "activity", "task", "report")
ACTIONS = ("create", "update", "complete", "stage", "schedule", "assign", "reassign", "view")
WHOLE_BP = 10_000


@dataclass(frozen=True)
class Kpi:
    """One countable activity: `record` and `actions` name the events of the CRM that count, `rule` says which of them;
    `minutes` is what one takes, `typing_minutes` the part of it spent typing; `beside` is the other side of the coin.
    """

    key: str
    side: str
    about: str
    rule: str
    record: str = ""
    actions: tuple[str, ...] = ()
    lower_is_better: bool = False
    minutes: int = 0
    typing_minutes: int = 0
    beside: str = ""

    @property
    def is_counted(self) -> bool:
        """True when the CRM tells it; otherwise people report it."""
        return self.rule != REPORT


def find_weight_gap(weights_bp: Sequence[int]) -> int:
    """What the weights lack to the whole in basis points: 0 is right, negative is too much."""
    return WHOLE_BP - sum(weights_bp)
