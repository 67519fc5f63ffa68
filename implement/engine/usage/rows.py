"""From a figure back to its rows: which events a part or a reason has counted."""

from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from implement.engine.usage.rules import is_attributed, is_recorded
from implement.engine.usage.settings import DEFAULT_SETTINGS, UsageSettings


@dataclass(frozen=True)
class RowsBehind:
    """Names the events behind one figure: of one user, from the first to the last day, for one signal."""

    user: str
    signal: str
    first_day: date
    last_day: date

    def find(self, events: ir.Table, columns: frozenset[str], settings: UsageSettings = DEFAULT_SETTINGS) -> ir.Table:
        """Filter typed events to the rows that n of the figure was counted from (for use and read those of k)."""
        mine = events.filter((events.day >= self.first_day) & (events.day <= self.last_day))
        if self.signal == "tasks":
            return _task_rows(mine, self.user, columns)
        mine = mine.filter(mine.user == self.user)
        mine = mine.filter(is_attributed(mine, columns))
        if self.signal == "rhythm":
            return mine
        if self.signal == "read":
            return mine.filter(mine.object.isin(("contact", "deal", "activity")) & (mine.action == "view"))
        mine = mine.filter(is_recorded(mine, columns))
        if self.signal in ("late", "timely"):
            return mine.filter(mine.effective_day.notnull())
        return mine.filter(mine.total > 0) if self.signal == "complete" else mine


def _task_rows(events: ir.Table, user: str, columns: frozenset[str]) -> ir.Table:
    is_own = (events.user == user) & events.action.isin(("assign", "complete")) & is_attributed(events, columns)
    if "target_user" in columns:
        is_own = (is_own & ((events.action == "complete") | events.target_user.isnull())) | (
            (events.target_user == user)
            & events.action.isin(("assign", "reassign"))
            & events.source.notin(("import", "sync"))
        )
    return events.filter((events.object == "task") & is_own)
