"""Lines over weeks, each with the band in which the true value likely lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from implement.web.charts.axis import find_marks, say_marks
from implement.web.charts.bars import draw_bars
from implement.web.charts.canvas import LINE, WIDTH, Canvas, break_words, text_width
from implement.web.charts.chart import Chart, ChartColumn, Number, Place, Places, Value, own_links
from implement.web.charts.svg import page_svg
from implement.web.texts import _, language, shown
from implement.web.texts.formats import short_day, short_month

TOP, HEIGHT, BOTTOM, WIDEST_NAME, NAME_PLACE = 16, 240, 34, 190, 32
AXIS_WORDS = {"day": short_day, "month": short_month}
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3))


@dataclass(frozen=True)
class Line:
    """One line: a value per week or None where there is none; `low` and `high` bound the likely range."""

    label: str
    values: tuple[Number | None, ...]
    tone: str = "accent"
    low: tuple[Number | None, ...] = ()
    high: tuple[Number | None, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A level that the lines are held against."""

    label: str
    value: float


@dataclass(frozen=True)
class LineChart:
    """Everything that a chart of lines shows, as one comparable value."""

    title: str
    description: str
    heading: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    kind: str
    step: str
    currency: str
    goal: Goal | None
    links: Places


@dataclass(frozen=True)
class Scale:
    """Where days and values stand on the sheet."""

    left: float
    right: float
    count: int
    low: float
    high: float

    def x(self, index: int) -> float:
        """The place of the n-th day."""
        return self.left + (self.right - self.left) * (index / (self.count - 1) if self.count > 1 else 0.5)

    def y(self, value: Number) -> float:
        """The height of a value."""
        return TOP + HEIGHT * (self.high - float(value)) / (self.high - self.low)


def lines(
    title: str,
    description: str,
    *,
    heading: str,
    days: Sequence[date],
    series: Sequence[Line],
    kind: str = "number",
    currency: str = "EUR",
    step: str = "day",
    goal: Goal | None = None,
    links: Mapping[Place, str] | None = None,
) -> Chart:
    """Draw each line over the first days of its weeks; gaps stay gaps. The axis begins at zero.

    With the `step` month the days are months' first ones and are written as months.
    """
    own = own_links(links)
    chart = LineChart(title, description, heading, tuple(days), tuple(series), kind, step, currency, goal, own)
    return _draw_lines(chart, language())


@lru_cache(maxsize=256)
def _draw_lines(chart: LineChart, _language: str) -> Chart:
    columns = [ChartColumn(chart.heading, chart.step)]
    for line in chart.lines:
        columns.append(ChartColumn(line.label, chart.kind))
        if line.low:
            columns.append(ChartColumn(_("%(label)s, likely from", label=line.label), chart.kind))
            columns.append(ChartColumn(_("%(label)s, likely to", label=line.label), chart.kind))
    rows = tuple(_row(chart, index) for index in range(len(chart.days)))
    links = dict(chart.links)
    canvas, words = _paint(chart)
    svg = page_svg(canvas, chart.title, chart.description, links, words)
    return Chart(chart.title, chart.description, svg, tuple(columns), rows, links)


def _row(chart: LineChart, index: int) -> tuple[Value, ...]:
    row: list[Value] = [chart.days[index]]
    for line in chart.lines:
        row += [line.values[index], *((line.low[index], line.high[index]) if line.low else ())]
    return tuple(row)


def _paint(chart: LineChart) -> tuple[Canvas, dict[Place, str]]:
    if _is_lone(chart):
        return _paint_lone(chart)
    canvas = Canvas(WIDTH, TOP + HEIGHT + BOTTOM)
    scale = _paint_axes(canvas, chart)
    words: dict[Place, str] = {}
    column = 1
    for number, line in enumerate(chart.lines):
        _paint_band(canvas, line, scale)
        words |= _paint_line(canvas, chart, scale, (number, column))
        column += 3 if line.low else 1
    _paint_names(canvas, chart, scale)
    return canvas, words


def _is_lone(chart: LineChart) -> bool:
    """True when no line has two values: dots in an empty field would tell nothing."""
    return all(sum(value is not None for value in line.values) < 2 for line in chart.lines)


def _paint_lone(chart: LineChart) -> tuple[Canvas, dict[Place, str]]:
    """One bar for each value there is, its day beside its name."""
    known = [
        (index, 1 + sum(3 if line.low else 1 for line in chart.lines[:number]), line)
        for number, line in enumerate(chart.lines)
        for index, value in enumerate(line.values)
        if value is not None
    ]
    values = [line.values[index] for index, _column, line in known]
    labels = [f"{line.label}, {shown(chart.days[index], chart.step)}" for index, _column, line in known]
    places = [(index, column) for index, column, _line in known]
    words = {place: _point_words(chart, line, place[0]) for place, (_i, _c, line) in zip(places, known, strict=True)}
    canvas = draw_bars(labels, values, [line.tone for _i, _c, line in known], places, (chart.kind, chart.currency))
    return canvas, words


def _paint_axes(canvas: Canvas, chart: LineChart) -> Scale:
    steps = find_marks(0, _highest(chart), chart.kind, [one for line in chart.lines for one in line.values])
    marks = say_marks(steps, chart.kind, chart.currency)
    names = [part for name in _names(chart) for part in break_words(name, WIDEST_NAME, most=3)]
    days = [AXIS_WORDS[chart.step](one) for one in chart.days]
    left = max([text_width(mark) + 12 for mark in marks] + [text_width(one) / 2 for one in days[:1]])
    right = WIDTH - max([0.0, *(text_width(part) for part in names)]) - NAME_PLACE
    scale = Scale(left, right, len(chart.days), min(0.0, steps[0]), steps[-1])
    for step, mark in zip(steps, marks, strict=True):
        canvas.line([left, right], [scale.y(step)] * 2, "line")
        canvas.text(left - 8, scale.y(step), mark, anchor="end", tone="quiet")
    _paint_days(canvas, days, scale)
    if chart.goal:
        canvas.line([left, right], [scale.y(chart.goal.value)] * 2, "quiet", width=1.5, dash=(5, 3))
    return scale


def _paint_days(canvas: Canvas, labels: Sequence[str], scale: Scale) -> None:
    room = (scale.right - scale.left) / max(1, len(labels) - 1)
    every = 1 + int((max([0.0, *(text_width(label) for label in labels)]) + 8) // max(1.0, room))
    for index, label in enumerate(labels):
        if index % every == 0:
            canvas.text(scale.x(index), TOP + HEIGHT + 18, label, anchor="middle", tone="quiet")


def _paint_band(canvas: Canvas, line: Line, scale: Scale) -> None:
    """The likely range of each stretch without gaps."""
    bounds = list(zip(line.low, line.high, strict=True))
    for there, stretch in groupby(enumerate(bounds), lambda one: None not in one[1]):
        points = [(index, low, high) for index, (low, high) in stretch if low is not None and high is not None]
        if there and points:
            xs = [scale.x(index) for index, _low, _high in points]
            canvas.area(
                xs, [scale.y(low) for _i, low, _h in points], [scale.y(high) for _i, _l, high in points], line.tone
            )


def _paint_line(canvas: Canvas, chart: LineChart, scale: Scale, where: tuple[int, int]) -> dict[Place, str]:
    """One line with a dot for each value; lines differ by their dashes as well as by their tone."""
    number, column = where
    line, words = chart.lines[number], {}
    for there, stretch in groupby(enumerate(line.values), lambda one: one[1] is not None):
        points = [(scale.x(index), scale.y(value)) for index, value in stretch if value is not None]
        if there:
            xs, ys = [x for x, _y in points], [y for _x, y in points]
            canvas.line(xs, ys, line.tone, width=2.2, dash=DASHES[number % len(DASHES)])
    for index, value in enumerate(line.values):
        if value is None:
            continue
        canvas.dot(scale.x(index), scale.y(value), line.tone, (index, column))
        words[index, column] = _point_words(chart, line, index)
    return words


def _point_words(chart: LineChart, line: Line, index: int) -> str:
    value = shown(line.values[index], chart.kind, chart.currency)
    said = f"{line.label}, {shown(chart.days[index], chart.step)}: {value}"
    if not line.low:
        return said
    low, high = (shown(bound[index], chart.kind, chart.currency) for bound in (line.low, line.high))
    return _("%(value)s, likely %(low)s–%(high)s", value=said, low=low, high=high)


def _names(chart: LineChart) -> list[str]:
    return [line.label for line in chart.lines] + ([chart.goal.label] if chart.goal else [])


def _paint_names(canvas: Canvas, chart: LineChart, scale: Scale) -> None:
    """Names at the end of their lines with a piece of the line, whole, pushed apart where they would overlap."""
    ends = [
        (scale.y(_last(line)), line.label, line.tone, DASHES[number % len(DASHES)])
        for number, line in enumerate(chart.lines)
    ]
    if chart.goal:
        ends.append((scale.y(chart.goal.value), chart.goal.label, "quiet", (5, 3)))
    free = -100.0
    for height, label, tone, dash in sorted(ends):
        said = break_words(label, WIDEST_NAME, most=3)
        half = (LINE * len(said) + 3) / 2
        middle = max(height, free + half)
        free = middle + half
        canvas.line([scale.right + 8, scale.right + 24], [middle, middle], tone, width=2.2, dash=dash)
        canvas.text_lines(scale.right + 28, middle, said, tone="quiet" if tone == "quiet" else "ink")


def _last(line: Line) -> Number:
    there = [value for value in line.values if value is not None]
    return there[-1] if there else 0


def _highest(chart: LineChart) -> float:
    found = [float(v) for line in chart.lines for v in (*line.values, *line.high) if v is not None]
    return max([*found, chart.goal.value if chart.goal else 0.0, 0.0]) or 1.0
