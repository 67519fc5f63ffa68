"""The report of a reconciliation as one HTML page: the engine's figures in the looks of the printed reports."""

from pathlib import Path

import implement.web
from implement.engine.reconcile import Reconciliation, TableTotals
from implement.engine.reconcile.report import Looks, render_report
from implement.web.charts import Fate, flow

STATIC = Path(implement.web.__file__).parent / "static"
STYLES = ("paper.css", "document.css")
FATES = (
    Fate("arrived as they were", "good"),
    Fate("arrived changed", "watch"),
    Fate("merged into others", "accent"),
    Fate("did not arrive", "bad"),
)


def write_report(found: Reconciliation, source: str, target: str) -> str:
    """The report with its styles and the flow of records inside, so that it needs nothing else."""
    style = "".join((STATIC / name).read_text("utf-8") for name in STYLES)
    return render_report(found, source, target, Looks(style, _draw(found)))


def _draw(found: Reconciliation) -> str:
    totals = [one for one in found.tables if one.source_rows]
    picture = flow(
        "Where the records went",
        "From each source table to what became of its records; a band is as thick as they are many.",
        heading="Table",
        labels=[one.table for one in totals],
        fates=FATES,
        counts=[_fates_of(one) for one in totals],
    )
    return str(picture.svg) if totals else ""


def _fates_of(total: TableTotals) -> list[int]:
    missing = total.source_rows - total.arrived
    merged = min(missing, total.classes.get("merged", 0))
    return [total.unchanged, total.changed, merged, missing - merged]
