"""The pictures of drift: by field, week by week, export by export."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from implement.engine.drift import DriftCount
from implement.stages.transfer.drift_words import CHANGE_LABELS, CHANGE_TONES
from implement.web.charts import Chart, bars, heatmap
from implement.web.texts import _, day

MOST_FIELDS = 12
MOST_WEEKS = 26
Link = Callable[..., str]


def draw_fields(counts: Sequence[DriftCount], link: Link) -> Chart | None:
    """What happened to which field; each bar leads to its rows. None where nothing happened."""
    sums = Counter[tuple[str, str, str]]()
    for one in counts:
        sums[one.table, one.field, one.change] += one.findings
    found = sums.most_common(MOST_FIELDS)
    if not found:
        return None
    return bars(
        _("Drift by field"),
        _("Transferred records since the cutover, by field and by what happened."),
        headings=(_("Field, what happened"), _("Records")),
        labels=[_name(table, field, change) for (table, field, change), _count in found],
        values=[count for _key, count in found],
        tones=[CHANGE_TONES[change] for (_table, _field, change), _count in found],
        links={(row, 1): link(table=t, field=f or None, change=c) for row, ((t, f, c), _count) in enumerate(found)},
    )


def draw_weeks(counts: Sequence[DriftCount]) -> Chart | None:
    """What happened week by week, as far as the export says when a record was changed last."""
    sums = Counter[tuple[str, date]]()
    for one in counts:
        if one.week is not None:
            sums[one.change, one.week] += one.findings
    if not sums:
        return None
    last = max(week for _change, week in sums)
    first = max(min(week for _change, week in sums), last - timedelta(weeks=MOST_WEEKS - 1))
    weeks = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    changes = [change for change in CHANGE_LABELS if any(sums[change, week] for week in weeks)]
    return heatmap(
        _("Drift by week"),
        _("Each column is a week, by the day on which a record was changed last; older weeks are left out."),
        row_heading=_("What happened"),
        row_labels=[str(CHANGE_LABELS[change]) for change in changes],
        column_labels=weeks,
        values=[[sums[change, week] for week in weeks] for change in changes],
    )


def draw_exports(lost: Sequence[tuple[int, date, int]], link: Callable[[int], str]) -> Chart | None:
    """Losses export by export; None before there are two."""
    if len(lost) < 2:
        return None
    return bars(
        _("Losses, export by export"),
        _("Deleted, emptied, merged and torn since the cutover, as each later export showed it."),
        headings=(_("Export of"), _("Losses")),
        labels=[f"{number}: {day(on)}" for number, on, _count in lost],
        values=[count for _number, _on, count in lost],
        tones="bad",
        links={(row, 1): link(number) for row, (number, _on, _count) in enumerate(lost)},
    )


def _name(table: str, field: str, change: str) -> str:
    label = str(CHANGE_LABELS[change])
    return f"{field}: {label} ({table})" if field else f"{table}: {label}"
