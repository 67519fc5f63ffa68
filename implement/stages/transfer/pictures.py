"""The room's pictures: where records went, findings by class and field, harmful findings run over run."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from flask import url_for

from implement.stages.transfer.service.results import Results, RunClass
from implement.stages.transfer.summary import count_missing
from implement.stages.transfer.tables import RunTotal
from implement.stages.transfer.words import FATE_LABELS
from implement.web.charts import Chart, Fate, bars, flow, heatmap, stacked_fates
from implement.web.texts import _

MOST_TABLES = 20
MOST_FIELDS = 12
Link = Callable[..., str]


def draw_fates(results: Results, link: Link) -> Chart:
    """What became of the records of each table; each part leads to its rows."""
    totals = [one for one in results.totals if one.source_rows][:MOST_TABLES]
    links: dict[tuple[int, int], str] = {}
    for row, one in enumerate(totals):
        links[row, 2] = link(table=one.table_name)
        links |= {(row, 3): link(table=one.table_name, **{"class": "merged"})} if one.merged else {}
        links |= {(row, 4): link(table=one.table_name, **{"class": "dropped"})} if count_missing(one) else {}
    return stacked_fates(
        _("What became of the records"),
        _("Each bar is all records of one table of the old system."),
        heading=_("Table"),
        labels=[one.table_name for one in totals],
        fates=_fates(),
        counts=[_fates_of(one) for one in totals],
        links=links,
    )


def draw_classes(results: Results, link: Link) -> Chart:
    """Findings by what happened, the harmful ones marked."""
    counts = Counter[str]()
    for one in results.discrepancies:
        counts[one.fate] += one.findings
    found = [(fate, counts[fate]) for fate in FATE_LABELS if counts[fate]]
    found.sort(key=lambda entry: -entry[1])
    benign = {one.fate for one in results.discrepancies if not one.is_harmful}
    return bars(
        _("Findings by what happened"),
        _("Differences in writing and records born in the CRM do no harm."),
        headings=(_("What happened"), _("Findings of the run")),
        labels=[str(FATE_LABELS[fate]) for fate, _count in found],
        values=[count for _fate, count in found],
        tones=["neutral" if fate in benign else "bad" for fate, _count in found],
        links={(row, 1): link(**{"class": fate}) for row, (fate, _count) in enumerate(found)},
    )


def draw_fields(results: Results, link: Link) -> Chart | None:
    """Harmful findings by field and what happened to it; None where no field is concerned."""
    counts = Counter[tuple[str, str, str]]()
    for one in results.harmful:
        if one.field:
            counts[one.table_name, one.field, one.fate] += one.findings
    found = counts.most_common(MOST_FIELDS)
    if not found:
        return None
    asked = [{"table": table, "field": field, "class": fate} for (table, field, fate), _count in found]
    return bars(
        _("Damage by field"),
        _("Findings that do harm, by table and field of the old system and by what happened."),
        headings=(_("Field, what happened"), _("Findings of the run")),
        labels=[f"{field}: {FATE_LABELS[fate]} ({table})" for (table, field, fate), _count in found],
        values=[count for _field, count in found],
        tones="bad",
        links={(row, 1): link(**one) for row, one in enumerate(asked)},
    )


def draw_flow(results: Results, link: Link) -> Chart:
    """Where the records of each table went, and what stands only in the CRM; each band leads to its rows."""
    totals = [one for one in results.totals if one.source_rows][:MOST_TABLES]
    extra = [(one.table_name, count) for one in totals if (count := results.count(one.table_name, "extra"))]
    links: dict[tuple[int, int], str] = {}
    for row, one in enumerate(totals):
        links |= {(row, 2): link(table=one.table_name)} if one.changed else {}
        links |= {(row, 3): link(table=one.table_name, **{"class": "merged"})} if one.merged else {}
        links |= {(row, 4): link(table=one.table_name, **{"class": "dropped"})} if count_missing(one) else {}
    for row, (table, _count) in enumerate(extra, start=len(totals)):
        links[row, 6] = link(table=table, **{"class": "extra"})
    only = Fate(_("only in the CRM"), "accent")
    return flow(
        _("Where the records went"),
        _("From each table of the old system to what became of its records; a band is as thick as they are many."),
        heading=_("Table"),
        labels=[*(one.table_name for one in totals), *(_("CRM: %(table)s", table=table) for table, _count in extra)],
        fates=[*_fates(), only] if extra else _fates(),
        counts=[[*_fates_of(one), *([0] if extra else [])] for one in totals]
        + [[0] * len(_fates()) + [count] for _table, count in extra],
        links=links,
    )


def draw_runs(rollout_id: int, counts: Sequence[RunClass]) -> Chart | None:
    """Harmful findings run by run and by what happened; None before there are two runs."""
    runs = sorted({one.run for one in counts})
    fates = [fate for fate in FATE_LABELS if any(one.fate == fate and one.findings for one in counts)]
    if len(runs) < 2 or not fates:
        return None
    known = {(one.fate, one.run): one.findings for one in counts}
    ways: dict[int, Link] = {
        run: partial(url_for, "transfer.list_findings", rollout_id=rollout_id, number=run) for run in runs
    }
    links = {
        (row, column): ways[run](**{"class": fate})
        for row, fate in enumerate(fates)
        for column, run in enumerate(runs, start=1)
        if known.get((fate, run))
    }
    return heatmap(
        _("Harmful findings, run over run"),
        _("Each column is one comparison; what was repaired fades from run to run."),
        row_heading=_("What happened"),
        row_labels=[str(FATE_LABELS[fate]) for fate in fates],
        column_labels=[_("Run %(number)s", number=run) for run in runs],
        values=[[known.get((fate, run), 0) for run in runs] for fate in fates],
        links=links,
    )


def draw_example() -> Chart:
    """An invented picture, to show what will stand here."""
    return stacked_fates(
        _("What became of the records"),
        _("Each bar is all records of one table of the old system."),
        heading=_("Table"),
        labels=[_("Contacts"), _("Deals")],
        fates=[
            Fate(_("arrived as they were"), "good"),
            Fate(_("arrived changed"), "watch"),
            Fate(_("did not arrive"), "bad"),
        ],
        counts=[[9120, 640, 240], [6711, 0, 2089]],
    )


def _fates_of(total: RunTotal) -> list[int]:
    missing = count_missing(total)
    if total.left_behind:
        return [total.unchanged, total.changed, 0, 0, missing]
    merged = min(total.merged, missing)
    return [total.unchanged, total.changed, merged, missing - merged, 0]


def _fates() -> list[Fate]:
    return [
        Fate(_("arrived as they were"), "good"),
        Fate(_("arrived changed"), "watch"),
        Fate(_("merged into others"), "accent"),
        Fate(_("did not arrive"), "bad"),
        Fate(_("left behind on purpose"), "neutral"),
    ]
