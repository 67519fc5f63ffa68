"""Estimates with their uncertainty: a dot on a line from the low to the high end, one row each, around a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from implement.web.charts.axis import say_marks
from implement.web.charts.canvas import BETWEEN, WIDTH, Canvas, break_words, nice_steps, text_width
from implement.web.charts.chart import Chart, ChartColumn, Place
from implement.web.charts.svg import page_svg
from implement.web.texts import _, language
from implement.web.texts.formats import shown

ROW, TOP, WIDEST_LABEL, END = 34, 30, 300, 5


@dataclass(frozen=True)
class Estimate:
    """One row: what it is, its value between low and high, and a tone; without a value its `note` stands there."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    tone: str = "accent"
    note: str = ""


@dataclass(frozen=True)
class RangeChart:
    """Everything that such a picture shows, as one comparable value."""

    title: str
    description: str
    heading: str
    rows: tuple[Estimate, ...]
    kind: str
    mark: float | None
    ends: tuple[float, float] | None


def ranges(
    title: str,
    description: str,
    *,
    heading: str,
    rows: Sequence[Estimate],
    kind: str = "share",
    mark: float | None = None,
    ends: tuple[float, float] | None = None,
) -> Chart:
    """Draw each estimate with its range; `mark` is a value to hold them against (no change, a goal), `ends` those of
    the axis.
    """
    return _draw(RangeChart(title, description, heading, tuple(rows), kind, mark, ends), language())


@lru_cache(maxsize=256)
def _draw(chart: RangeChart, _language: str) -> Chart:
    canvas, words = _paint(chart)
    columns = (
        ChartColumn(chart.heading),
        ChartColumn(_("Value"), chart.kind),
        ChartColumn(_("Likely from"), chart.kind),
        ChartColumn(_("to"), chart.kind),
    )
    rows = tuple((one.label, one.value, one.low, one.high) for one in chart.rows)
    notes: dict[Place, str] = {(row, 1): one.note for row, one in enumerate(chart.rows) if one.note}
    svg = page_svg(canvas, chart.title, chart.description, {}, words)
    return Chart(chart.title, chart.description, svg, columns, rows, {}, notes)


def _paint(chart: RangeChart) -> tuple[Canvas, dict[Place, str]]:
    canvas = Canvas(WIDTH, TOP + ROW * max(1, len(chart.rows)) + 4)
    names = [break_words(one.label, WIDEST_LABEL) for one in chart.rows]
    left = max([60.0, *(text_width(part) for name in names for part in name)]) + 16
    steps = _axis(chart)
    low, high = steps[0], steps[-1]

    def x(value: float) -> float:
        return left + (WIDTH - 24 - left) * (value - low) / (high - low)

    for step, mark in zip(steps, say_marks(steps, chart.kind), strict=True):
        canvas.line([x(step), x(step)], [TOP - 6, canvas.height - 4], "line")
        canvas.text(x(step), 12, mark, anchor="middle", tone="quiet")
    if chart.mark is not None:
        canvas.line([x(chart.mark), x(chart.mark)], [TOP - 10, canvas.height - 2], "ink", width=1.5, layer=BETWEEN)
    words: dict[Place, str] = {}
    for row, one in enumerate(chart.rows):
        middle = TOP + ROW * (row + 0.5)
        canvas.text_lines(left - 12, middle, names[row], anchor="end")
        if one.value is None:
            canvas.text(left + 4, middle, one.note, tone="quiet")
            continue
        ends = [x(min(max(end, low), high)) for end in (_or(one.low, one.value), _or(one.high, one.value))]
        canvas.line(ends, [middle, middle], one.tone, width=3, layer=BETWEEN)
        for end in ends:
            canvas.line([end, end], [middle - END, middle + END], one.tone, width=2, layer=BETWEEN)
        canvas.dot(x(one.value), middle, one.tone, (row, 1), size=6)
        words[row, 1] = _say(one, chart.kind)
    return canvas, words


def _axis(chart: RangeChart) -> list[float]:
    """Round numbers that hold every end and the mark."""
    if chart.ends is not None:
        return nice_steps(*chart.ends)
    known = [end for one in chart.rows for end in (one.value, one.low, one.high) if end is not None]
    known += [] if chart.mark is None else [chart.mark]
    low, high = min(known, default=0.0), max(known, default=1.0)
    return nice_steps(low, high if high > low else low + 1)


def _or(end: float | None, value: float) -> float:
    return value if end is None else end


def _say(one: Estimate, kind: str) -> str:
    if one.low is None or one.high is None:
        return f"{one.label}: {shown(one.value, kind)}"
    return f"{one.label}: {shown(one.value, kind)} ({shown(one.low, kind)} – {shown(one.high, kind)})"
