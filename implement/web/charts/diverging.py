"""Diverging bars: answers of two sides left and right of a line, those in between across it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from implement.web.charts.bars import BAR, ROW, SQUARE, WIDEST_LABEL, Fate
from implement.web.charts.canvas import LETTER_WIDTH, WIDTH, Canvas, break_words, text_width
from implement.web.charts.chart import Chart, ChartColumn, Place, Value
from implement.web.charts.svg import page_svg
from implement.web.charts.tones import ink_on
from implement.web.texts import language, number, share

Sides = tuple[int, int, int]


@dataclass(frozen=True)
class DivergingChart:
    """Everything that diverging bars show, as one comparable value."""

    title: str
    description: str
    heading: str
    labels: tuple[str, ...]
    sides: tuple[Fate, Fate, Fate]
    counts: tuple[Sides, ...]


@dataclass(frozen=True)
class _Frame:
    """Where the line stands, and how wide a share of one is."""

    left: float
    line: float
    width: float


def diverging_bars(
    title: str,
    description: str,
    *,
    heading: str,
    labels: Sequence[str],
    sides: tuple[Fate, Fate, Fate],
    counts: Sequence[Sides],
) -> Chart:
    """Draw for each label how many stand on the left, between, and on the right, as shares of all of its answers."""
    chart = DivergingChart(title, description, heading, tuple(labels), sides, tuple(counts))
    return _draw(chart, language())


@lru_cache(maxsize=256)
def _draw(chart: DivergingChart, _language: str) -> Chart:
    canvas = Canvas(WIDTH, 34 + ROW * max(1, len(chart.labels)) + 4)
    frame = _lay_out(chart)
    _paint_legend(canvas, chart.sides)
    words: dict[Place, str] = {}
    for index in range(len(chart.labels)):
        words |= _paint_row(canvas, chart, index, frame)
    bottom = 34 + ROW * len(chart.labels)
    canvas.line((frame.line, frame.line), (30, bottom), "quiet", width=1)
    columns = ChartColumn(chart.heading), *(ChartColumn(side.label, "number") for side in chart.sides)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, *counts) for label, counts in zip(chart.labels, chart.counts, strict=True)
    )
    svg = page_svg(canvas, chart.title, chart.description, {}, words)
    return Chart(chart.title, chart.description, svg, columns, rows)


def _lay_out(chart: DivergingChart) -> _Frame:
    parts = [part for label in chart.labels for part in break_words(label, WIDEST_LABEL)]
    left = max([40.0, *(text_width(part) for part in parts)]) + 12
    room = WIDTH - left - text_width(share(1)) - 10
    reach = [_shares(counts) for counts in chart.counts if sum(counts)]
    before = max([0.0, *(one[0] + one[1] / 2 for one in reach)])
    after = max([0.0, *(one[2] + one[1] / 2 for one in reach)])
    width = room / ((before + after) or 1.0)
    return _Frame(left, left + before * width, width)


def _paint_row(canvas: Canvas, chart: DivergingChart, index: int, frame: _Frame) -> dict[Place, str]:
    """One label's bar; at its end the share of the right side."""
    middle, label, counts = 34 + ROW * (index + 0.5), chart.labels[index], chart.counts[index]
    canvas.text_lines(frame.left - 10, middle, break_words(label, WIDEST_LABEL), anchor="end")
    if not sum(counts):
        return {}
    shares, words = _shares(counts), {}
    x = frame.line - (shares[0] + shares[1] / 2) * frame.width
    for column, (side, part, count) in enumerate(zip(chart.sides, shares, counts, strict=True), start=1):
        wide = part * frame.width
        if count:
            canvas.rect(x, middle - BAR / 2, max(1.0, wide - 1), BAR, side.tone, (index, column))
            words[index, column] = f"{label}, {side.label}: {number(count)} ({share(part)})"
        if wide > text_width(number(count)) + 8:
            canvas.text(x + wide / 2, middle, number(count), anchor="middle", tone=ink_on(side.tone))
        x += wide
    canvas.text(WIDTH, middle, share(shares[2]), anchor="end")
    return words


def _paint_legend(canvas: Canvas, sides: tuple[Fate, Fate, Fate]) -> None:
    x = 0.0
    for side in sides:
        canvas.rect(x, 5, SQUARE, SQUARE, side.tone)
        canvas.text(x + SQUARE + 6, 5 + SQUARE / 2, side.label)
        x += SQUARE + 6 + text_width(side.label) + 3 * LETTER_WIDTH


def _shares(counts: Sides) -> tuple[float, float, float]:
    total = sum(counts)
    return counts[0] / total, counts[1] / total, counts[2] / total
