"""Bars: one figure per thing, or the fates of each table's rows side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from implement.web.charts.canvas import LETTER_WIDTH, WIDTH, Canvas, break_words, text_width
from implement.web.charts.chart import Chart, ChartColumn, Number, Place, Places, Value, fixed, own_links
from implement.web.charts.svg import page_svg
from implement.web.charts.tones import ink_on
from implement.web.texts import _n, language, number, share, shown, shown_alike

ROW, BAR, WIDEST_LABEL, SQUARE = 30, 20, 280, 14


@dataclass(frozen=True)
class Fate:
    """What became of rows: a word and one of the tones good, watch, bad, accent, neutral."""

    label: str
    tone: str


@dataclass(frozen=True)
class BarChart:
    """Everything that a bar chart shows, as one comparable value."""

    title: str
    description: str
    headings: tuple[str, str]
    labels: tuple[str, ...]
    values: tuple[Number | None, ...]
    tones: tuple[str, ...]
    kind: str
    currency: str
    notes: Places
    links: Places
    full: Number | None


@dataclass(frozen=True)
class FateChart:
    """Everything that a chart of fates shows, as one comparable value."""

    title: str
    description: str
    heading: str
    labels: tuple[str, ...]
    fates: tuple[Fate, ...]
    counts: tuple[tuple[int, ...], ...]
    links: Places
    unit: str


def bars(
    title: str,
    description: str,
    *,
    headings: tuple[str, str],
    labels: Sequence[str],
    values: Sequence[Number | None],
    tones: Sequence[str] | str = "accent",
    kind: str = "number",
    currency: str = "EUR",
    notes: Mapping[Place, str] | None = None,
    links: Mapping[Place, str] | None = None,
    full: Number | None = None,
) -> Chart:
    """Draw one bar per label from zero; `headings` are those of the two columns of the table behind.

    A bar fills its row at `full`, else at the largest value; where a value is None its note stands in the bar's place.
    """
    each = (tones,) * len(labels) if isinstance(tones, str) else tuple(tones)
    said, ways = fixed(notes), own_links(links)
    chart = BarChart(title, description, headings, tuple(labels), tuple(values), each, kind, currency, said, ways, full)
    return _draw_bars(chart, language())


def stacked_fates(
    title: str,
    description: str,
    *,
    heading: str,
    labels: Sequence[str],
    fates: Sequence[Fate],
    counts: Sequence[Sequence[int]],
    links: Mapping[Place, str] | None = None,
    unit: str = "rows",
) -> Chart:
    """Draw for each source table what became of its rows, as parts of all its rows; `counts[table][fate]`.

    What is counted may be `rows`, `days`, `people`, `deals` or `findings`.
    """
    rows = tuple(tuple(row) for row in counts)
    chart = FateChart(title, description, heading, tuple(labels), tuple(fates), rows, own_links(links), unit)
    return _draw_fates(chart, language())


@lru_cache(maxsize=256)
def _draw_bars(chart: BarChart, _language: str) -> Chart:
    canvas, words = _paint_bars(chart)
    links, notes = dict(chart.links), dict(chart.notes)
    columns = ChartColumn(chart.headings[0]), ChartColumn(chart.headings[1], chart.kind)
    rows: tuple[tuple[Value, ...], ...] = tuple(zip(chart.labels, chart.values, strict=True))
    svg = page_svg(canvas, chart.title, chart.description, links, words)
    return Chart(chart.title, chart.description, svg, columns, rows, links, notes)


def _paint_bars(chart: BarChart) -> tuple[Canvas, dict[Place, str]]:
    notes = dict(chart.notes)
    places = [(row, 1) for row in range(len(chart.labels))]
    instead = {row: notes[row, 1] for row, value in enumerate(chart.values) if value is None and (row, 1) in notes}
    how = chart.kind, chart.currency
    canvas = draw_bars(chart.labels, chart.values, chart.tones, places, how, instead=instead, full=chart.full)
    words: dict[Place, str] = {}
    for index, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        extra = [notes[index, 1]] if (index, 1) in notes and value is not None else []
        words[index, 1] = ", ".join([f"{label}: {instead.get(index, shown(value, *how))}", *extra])
    return canvas, words


def draw_bars(
    labels: Sequence[str],
    values: Sequence[Number | None],
    tones: Sequence[str],
    places: Sequence[Place],
    how: tuple[str, str],
    *,
    instead: Mapping[int, str] | None = None,
    full: Number | None = None,
) -> Canvas:
    """A sheet with one bar a row, its name before and its value behind it; `how` is the kind and the currency."""
    canvas = Canvas(WIDTH, ROW * max(1, len(labels)) + 4)
    left = _label_width(labels)
    said = [(instead or {}).get(row, words) for row, words in enumerate(shown_alike(values, *how))]
    widths = [text_width(text) for text, value in zip(said, values, strict=True) if value is not None]
    room = WIDTH - left - max([0.0, *widths]) - 12
    most = float(full or max([0.0, *(float(value) for value in values if value is not None)]) or 1.0)
    for index, (label, value, text) in enumerate(zip(labels, values, said, strict=True)):
        middle = ROW * (index + 0.5) + 2
        length = room * max(0.0, float(value or 0)) / most
        canvas.text_lines(left - 10, middle, break_words(label, WIDEST_LABEL), anchor="end")
        canvas.rect(left, middle - BAR / 2, length, BAR, tones[index], places[index])
        canvas.text(left + length + 7, middle, text)
    return canvas


@lru_cache(maxsize=256)
def _draw_fates(chart: FateChart, _language: str) -> Chart:
    canvas, words = _paint_fates(chart)
    links = dict(chart.links)
    columns = [ChartColumn(chart.heading), *(ChartColumn(fate.label, "number") for fate in chart.fates)]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, *counts) for label, counts in zip(chart.labels, chart.counts, strict=True)
    )
    svg = page_svg(canvas, chart.title, chart.description, links, words)
    return Chart(chart.title, chart.description, svg, tuple(columns), rows, links)


def _paint_fates(chart: FateChart) -> tuple[Canvas, dict[Place, str]]:
    lines = _legend_lines(chart.fates)
    top = 26 * len(lines) + 6
    canvas = Canvas(WIDTH, top + ROW * max(1, len(chart.labels)) + 4)
    _paint_legend(canvas, lines)
    left = _label_width(chart.labels)
    words: dict[Place, str] = {}
    totals = [_say_total(sum(counts), chart.unit) for counts in chart.counts]
    room = WIDTH - left - max([0.0, *(text_width(total) for total in totals)]) - 10
    for index, label in enumerate(chart.labels):
        middle = top + ROW * (index + 0.5)
        canvas.text_lines(left - 10, middle, break_words(label, WIDEST_LABEL), anchor="end")
        words |= _paint_parts(canvas, chart, index, (left, middle, room))
        canvas.text(WIDTH, middle, totals[index], anchor="end", tone="quiet")
    return canvas, words


def _paint_parts(canvas: Canvas, chart: FateChart, index: int, place: tuple[float, float, float]) -> dict[Place, str]:
    """The parts of one table's bar; a part says its count where it is wide enough, and under the pointer always."""
    x, middle, room = place
    counts, words = chart.counts[index], {}
    for column, (fate, count) in enumerate(zip(chart.fates, counts, strict=True), start=1):
        if not count:
            continue
        width = max(1.5, room * count / sum(counts))
        canvas.rect(x, middle - BAR / 2, max(1.0, width - 1), BAR, fate.tone, (index, column))
        if width > text_width(number(count)) + 8:
            canvas.text(x + width / 2, middle, number(count), anchor="middle", tone=ink_on(fate.tone))
        part = share(count / sum(counts), 1)
        words[index, column] = f"{chart.labels[index]}, {fate.label}: {number(count)} ({part})"
        x += width
    return words


def _say_total(count: int, unit: str) -> str:
    if unit == "days":
        return _n("%(n)s day", "%(n)s days", count, n=number(count))
    if unit == "people":
        return _n("one person", "%(num)d people", count)
    if unit == "deals":
        return _n("%(n)s deal", "%(n)s deals", count, n=number(count))
    if unit == "findings":
        return _n("%(n)s finding", "%(n)s findings", count, n=number(count))
    return _n("%(n)s row", "%(n)s rows", count, n=number(count))


def _label_width(labels: Sequence[str]) -> float:
    parts = [part for label in labels for part in break_words(label, WIDEST_LABEL)]
    return max([40.0, *(text_width(part) for part in parts)]) + 12


def _legend_lines(fates: Sequence[Fate]) -> list[list[Fate]]:
    """The fates broken into lines that fit the sheet."""
    lines: list[list[Fate]] = [[]]
    for fate in fates:
        if sum(_legend_width(one) for one in [*lines[-1], fate]) > WIDTH and lines[-1]:
            lines.append([])
        lines[-1].append(fate)
    return lines


def _legend_width(fate: Fate) -> float:
    return SQUARE + 6 + text_width(fate.label) + 3 * LETTER_WIDTH


def _paint_legend(canvas: Canvas, lines: Sequence[Sequence[Fate]]) -> None:
    for row, line in enumerate(lines):
        x = 0.0
        for fate in line:
            canvas.rect(x, 26 * row + 5, SQUARE, SQUARE, fate.tone)
            canvas.text(x + SQUARE + 6, 26 * row + 5 + SQUARE / 2, fate.label)
            x += _legend_width(fate)
