"""The room's pictures: the fates of each table's records, findings by class, findings by field."""

from collections import Counter
from collections.abc import Callable

from implement.stages.transfer.service.results import Results
from implement.stages.transfer.summary import count_missing
from implement.stages.transfer.tables import RunTotal
from implement.stages.transfer.words import FATE_LABELS
from implement.web.charts import Chart, Fate, bars, stacked_fates
from implement.web.texts import _

MOST_TABLES = 20
MOST_FIELDS = 12
Link = Callable[..., str]


def draw_fates(results: Results, link: Link) -> Chart:
    """What became of the records of each table; each part leads to its rows."""
    totals = [one for one in results.totals if one.source_rows][:MOST_TABLES]
    fates = [
        Fate(_("arrived as they were"), "good"),
        Fate(_("arrived changed"), "watch"),
        Fate(_("merged into others"), "accent"),
        Fate(_("did not arrive"), "bad"),
        Fate(_("left behind on purpose"), "neutral"),
    ]
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
        fates=fates,
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
    """Harmful findings by field; None where no field is concerned."""
    counts = Counter[tuple[str, str]]()
    for one in results.harmful:
        if one.field:
            counts[one.table_name, one.field] += one.findings
    found = counts.most_common(MOST_FIELDS)
    if not found:
        return None
    return bars(
        _("Damage by field"),
        _("Findings that do harm, by table and field of the old system."),
        headings=(_("Field"), _("Findings of the run")),
        labels=[f"{table}.{field}" for (table, field), _count in found],
        values=[count for _field, count in found],
        tones="bad",
        links={(row, 1): link(table=table, field=field) for row, ((table, field), _count) in enumerate(found)},
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
