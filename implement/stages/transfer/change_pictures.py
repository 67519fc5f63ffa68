"""The picture of change: what two runs have in common, table by table."""

from collections.abc import Callable, Sequence

from implement.engine.comparison import CHANGES
from implement.stages.transfer.service.comparison import ChangeRow
from implement.web.charts import Chart, Fate, stacked_fates
from implement.web.texts import _, lazy

CHANGE_LABELS = {"fixed": lazy("fixed"), "open": lazy("still open"), "new": lazy("new")}
CHANGE_TONES = {"fixed": "good", "open": "watch", "new": "bad"}
MOST_TABLES = 20


def draw_changes(rows: Sequence[ChangeRow], link: Callable[..., str]) -> Chart:
    """Per table: what is fixed, still open and new; each part leads to its rows."""
    tables = sorted({row.table for row in rows})[:MOST_TABLES]
    counts = [[sum(getattr(row, c) for row in rows if row.table == table) for c in CHANGES] for table in tables]
    links = {
        (place, column): link(table=table, change=change)
        for place, table in enumerate(tables)
        for column, change in enumerate(CHANGES, start=1)
        if counts[place][column - 1]
    }
    return stacked_fates(
        _("What became of the findings"),
        _("Each bar is all harmful findings of one table that at least one of the two runs has."),
        heading=_("Table"),
        labels=tables,
        fates=[Fate(str(CHANGE_LABELS[change]), CHANGE_TONES[change]) for change in CHANGES],
        counts=counts,
        links=links,
        unit="findings",
    )
