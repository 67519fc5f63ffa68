"""The report of a reconciliation as one HTML page in the reader's language, in the looks of the printed reports."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask, render_template
from markupsafe import Markup

import implement.web
from implement.engine.causes import Cause
from implement.engine.reconcile import CLASSES, Reconciliation, TableTotals
from implement.engine.reconcile.findings import COLUMNS
from implement.engine.reconcile.risk import Money
from implement.stages.transfer.words import FATE_LABELS, say_shared
from implement.web import texts
from implement.web.charts import Fate, flow
from implement.web.texts import LANGUAGES, _, _n, in_language, number

STATIC = Path(implement.web.__file__).parent / "static"
TEMPLATES = Path(implement.web.__file__).parents[2] / "templates"
STYLES = ("paper.css", "document.css")
FINDINGS_SHOWN = 500


@dataclass
class SharedCause:
    """A cause with the names under which the room says it."""

    code: str
    column_name: str
    cause_values: list[str]
    parent_name: str
    findings: int
    of_findings: int
    share_inside: float
    share_outside: float


def choose_language(asked: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The language asked for, else that of the terminal, else English."""
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = asked or next((one for one in named if one), "")
    return spoken[:2] if spoken[:2] in LANGUAGES else "en"


def write_report(found: Reconciliation, source: str, target: str, *, language: str, today: date) -> str:
    """The report with its styles and the flow of records inside, so that it needs nothing else."""
    app = Flask("implement", template_folder=str(TEMPLATES))
    texts.init_app(app)
    with app.app_context(), in_language(language):
        style = Markup("".join((STATIC / name).read_text("utf-8") for name in STYLES))
        rows = found.findings.select(list(COLUMNS)).slice(0, FINDINGS_SHOWN).to_pylist()
        shown = {"found": found, "style": style, "picture": _draw(found), "rows": rows, "today": today}
        said = {"fates": FATE_LABELS, "classes": CLASSES, "say_money": say_money, "say_cause": say_cause}
        return render_template("report/reconciliation.html", source=source, target=target, **shown, **said)


def say_cause(cause: Cause) -> Markup:
    """A cause in words, with counts and lift."""
    return say_shared(
        SharedCause(
            cause.code, cause.column, list(cause.values), cause.parent, cause.inside, cause.findings,
            cause.share_inside, cause.share_outside,
        )
    )  # fmt: skip


def say_money(money: Money) -> str:
    """A sum in words; what has no value is said apart and never counts as nothing."""
    if money.records and money.records == money.without_value:
        return _("not known (no value)")
    amount = number(money.amount, 2)
    if not money.without_value:
        return amount
    return _n("%(money)s (%(n)s without value)", "%(money)s (%(n)s without value)", money.without_value, money=amount,
              n=number(money.without_value))  # fmt: skip


def _draw(found: Reconciliation) -> str:
    totals = [one for one in found.tables if one.source_rows]
    picture = flow(
        _("Where the records went"),
        _("From each table of the old system to what became of its records; a band is as thick as they are many."),
        heading=_("Table"),
        labels=[one.table for one in totals],
        fates=[
            Fate(_("arrived as they were"), "good"),
            Fate(_("arrived changed"), "watch"),
            Fate(_("merged into others"), "accent"),
            Fate(_("did not arrive"), "bad"),
        ],
        counts=[_fates_of(one) for one in totals],
    )
    return picture.svg if totals else ""


def _fates_of(total: TableTotals) -> list[int]:
    missing = total.source_rows - total.arrived
    merged = min(missing, total.classes.get("merged", 0))
    return [total.unchanged, total.changed, merged, missing - merged]
