"""A flow: records stream from the tables they stood in to what became of them; a band is as thick as it is many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from implement.web.charts.bars import Fate
from implement.web.charts.canvas import WIDTH, Canvas, break_words, shorten, text_width
from implement.web.charts.chart import Chart, ChartColumn, Place, Places, Value, own_links
from implement.web.charts.svg import page_svg
from implement.web.texts import language, number, share

HEIGHT, LEAST_SLOT, GAP, LEAST_BAND, BLOCK, TOP = 280, 30, 8, 1.5, 12, 8
WIDEST_SOURCE, WIDEST_FATE, STEPS = 170, 230, 24


@dataclass(frozen=True)
class Flow:
    """Everything that a flow shows, as one comparable value."""

    title: str
    description: str
    heading: str
    labels: tuple[str, ...]
    fates: tuple[Fate, ...]
    counts: tuple[tuple[int, ...], ...]
    links: Places


@dataclass(frozen=True)
class Stack:
    """Blocks one below the other: where each begins, and how high it is."""

    tops: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def end(self) -> float:
        """Where the last block's place ends."""
        return max(
            (top + max(height, LEAST_SLOT) for top, height in zip(self.tops, self.heights, strict=True)), default=0
        )


def flow(
    title: str,
    description: str,
    *,
    heading: str,
    labels: Sequence[str],
    fates: Sequence[Fate],
    counts: Sequence[Sequence[int]],
    links: Mapping[Place, str] | None = None,
) -> Chart:
    """Draw how `counts[table][fate]` records flow; a fate that nobody met is left out of the picture, not the table."""
    rows = tuple(tuple(row) for row in counts)
    return _draw_flow(
        Flow(title, description, heading, tuple(labels), tuple(fates), rows, own_links(links)), language()
    )


@lru_cache(maxsize=256)
def _draw_flow(chart: Flow, _language: str) -> Chart:
    canvas, words = _paint_flow(chart)
    links = dict(chart.links)
    columns = (ChartColumn(chart.heading), *(ChartColumn(fate.label, "number") for fate in chart.fates))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, *row) for label, row in zip(chart.labels, chart.counts, strict=True)
    )
    svg = page_svg(canvas, chart.title, chart.description, links, words)
    return Chart(chart.title, chart.description, svg, columns, rows, links)


def _paint_flow(chart: Flow) -> tuple[Canvas, dict[Place, str]]:
    bands = _thicken(chart)
    sources = _stack([sum(row) for row in bands])
    met = [sum(row[column] for row in chart.counts) for column in range(len(chart.fates))]
    fates = _stack([sum(row[column] for row in bands) for column in range(len(chart.fates))])
    canvas = Canvas(WIDTH, TOP + max(sources.end, fates.end) + 6)
    left = min(WIDEST_SOURCE, max([40.0, *(text_width(label) for label in chart.labels)])) + 10
    said = [f"{fate.label} {number(count)}" for fate, count in zip(chart.fates, met, strict=True)]
    names = [break_words(words, WIDEST_FATE) if count else [] for words, count in zip(said, met, strict=True)]
    right = WIDTH - max([40.0, *(text_width(part) for name in names for part in name)]) - 10
    words = _paint_bands(canvas, chart, bands, (sources, fates), (left + BLOCK, right - BLOCK))
    for index, label in enumerate(chart.labels):
        middle = TOP + sources.tops[index] + sources.heights[index] / 2
        canvas.rect(left, TOP + sources.tops[index], BLOCK, sources.heights[index], "quiet")
        canvas.text(left - 8, middle, shorten(label, WIDEST_SOURCE), anchor="end")
    for column, fate in enumerate(chart.fates):
        if met[column]:
            top, height = TOP + fates.tops[column], fates.heights[column]
            canvas.rect(right - BLOCK, top, BLOCK, height, fate.tone)
            canvas.text_lines(right + 8, top + height / 2, names[column])
    return canvas, words


def _paint_bands(
    canvas: Canvas,
    chart: Flow,
    bands: Sequence[Sequence[float]],
    stacks: tuple[Stack, Stack],
    ends: tuple[float, float],
) -> dict[Place, str]:
    """Every band from its table to its fate, pale, each with its words and its link."""
    arrived = list(stacks[1].tops)
    words: dict[Place, str] = {}
    for row, label in enumerate(chart.labels):
        y, total = stacks[0].tops[row], sum(chart.counts[row])
        for column, fate in enumerate(chart.fates):
            count, thick = chart.counts[row][column], bands[row][column]
            if count:
                corners = _band(ends, (TOP + y, TOP + arrived[column]), thick)
                canvas.shape(corners, fate.tone, (row, column + 1), pale=True)
                words[row, column + 1] = f"{label}, {fate.label}: {number(count)} ({share(count / total, 1)})"
                y, arrived[column] = y + thick, arrived[column] + thick
    return words


def _band(ends: tuple[float, float], tops: tuple[float, float], thick: float) -> tuple[tuple[float, float], ...]:
    """The outline of a band that leaves and arrives level."""
    upper = [_bend(ends, tops, step / STEPS) for step in range(STEPS + 1)]
    return (*upper, *((x, y + thick) for x, y in reversed(upper)))


def _bend(ends: tuple[float, float], tops: tuple[float, float], part: float) -> tuple[float, float]:
    smooth = part * part * (3 - 2 * part)
    return ends[0] + (ends[1] - ends[0]) * part, tops[0] + (tops[1] - tops[0]) * smooth


def _thicken(chart: Flow) -> list[list[float]]:
    """How thick each band is: by its count, but never too thin to see."""
    total = sum(sum(row) for row in chart.counts) or 1
    return [[max(LEAST_BAND, HEIGHT * count / total) if count else 0.0 for count in row] for row in chart.counts]


def _stack(heights: Sequence[float]) -> Stack:
    tops = [0.0]
    for height, _next in pairwise([*heights, 0.0]):
        tops.append(tops[-1] + (max(height, LEAST_SLOT) + GAP if height else 0.0))
    return Stack(tuple(tops[:-1]), tuple(heights))
