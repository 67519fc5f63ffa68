"""Small multiples: for each row one small line per column, all over the same weeks, each column on its own scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from implement.web.charts.canvas import WIDTH, Canvas, break_words, text_width
from implement.web.charts.chart import Chart, ChartColumn, Number, Place, Places, Value, fixed, own_links
from implement.web.charts.svg import page_svg
from implement.web.texts import _, day, language, shown
from implement.web.texts.formats import short_day

TOP, ROW, GAP, FOOT = 58, 44, 14, 30
WIDEST_NAME, VALUE_WIDTH, PADDING, BOLDER = 150, 44, 9, 1.13


@dataclass(frozen=True)
class Multiple:
    """A column: what it says, the kind of its values, and the level they are held against (None: no level)."""

    label: str
    kind: str
    level: float | None = None


@dataclass(frozen=True)
class MultiplesChart:
    """Everything that small multiples show, as one comparable value; values by row, column and week."""

    title: str
    description: str
    heading: str
    days: tuple[date, ...]
    names: tuple[str, ...]
    columns: tuple[Multiple, ...]
    values: tuple[tuple[tuple[Number | None, ...], ...], ...]
    links: Places
    notes: Places


@dataclass(frozen=True)
class Panel:
    """Where one small line stands, and the highest value of its column."""

    left: float
    right: float
    top: float
    highest: float

    def x(self, week: int, weeks: int) -> float:
        """The place of a week."""
        return self.left + (self.right - self.left) * (week / (weeks - 1) if weeks > 1 else 0.5)

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.top + PADDING + (ROW - 2 * PADDING) * (1 - value / self.highest)


def multiples(
    title: str,
    description: str,
    *,
    heading: str,
    days: Sequence[date],
    names: Sequence[str],
    columns: Sequence[Multiple],
    values: Sequence[Sequence[Sequence[Number | None]]],
    links: Mapping[Place, str] | None = None,
    notes: Mapping[Place, str] | None = None,
) -> Chart:
    """Draw a small line for each row and column; gaps stay gaps.

    `links` and `notes` are keyed by the table behind: one row per name and week, values from its third column on.
    """
    kept = tuple(tuple(tuple(weeks) for weeks in row) for row in values)
    own = own_links(links)
    chart = MultiplesChart(
        title, description, heading, tuple(days), tuple(names), tuple(columns), kept, own, fixed(notes)
    )
    return _draw_multiples(chart, language())


@lru_cache(maxsize=64)
def _draw_multiples(chart: MultiplesChart, _language: str) -> Chart:
    columns = (
        ChartColumn(chart.heading), ChartColumn(_("Week from"), "day"),
        *(ChartColumn(one.label, one.kind) for one in chart.columns),
    )  # fmt: skip
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name, first_day, *(weeks[week] for weeks in chart.values[number]))
        for number, name in enumerate(chart.names)
        for week, first_day in enumerate(chart.days)
    )
    canvas, words = _paint(chart)
    links = dict(chart.links)
    svg = page_svg(canvas, chart.title, chart.description, links, words)
    return Chart(chart.title, chart.description, svg, columns, rows, links, dict(chart.notes))


def _paint(chart: MultiplesChart) -> tuple[Canvas, dict[Place, str]]:
    canvas = Canvas(WIDTH, TOP + ROW * len(chart.names) + FOOT)
    parts = [part for name in chart.names for part in break_words(name, WIDEST_NAME)]
    left = max([40.0, *(text_width(part) for part in parts)]) + 12
    width = (WIDTH - left) / max(1, len(chart.columns))
    words: dict[Place, str] = {}
    for place, column in enumerate(chart.columns):
        begin = left + width * place
        for line, words_of_line in enumerate(break_words(column.label, (width - 6) / BOLDER, most=3)):
            canvas.text(begin, 8 + 15 * line, words_of_line, bold=True)
        _paint_weeks(canvas, chart, begin, begin + width - VALUE_WIDTH - GAP)
        for number in range(len(chart.names)):
            top = TOP - 14 + ROW * number
            panel = Panel(begin, begin + width - VALUE_WIDTH - GAP, top, _highest(chart, place))
            words |= _paint_panel(canvas, chart, panel, (number, place))
    for number, name in enumerate(chart.names):
        canvas.text_lines(0, TOP - 14 + ROW * (number + 0.5), break_words(name, WIDEST_NAME))
        canvas.line([0, WIDTH], [TOP - 14 + ROW * (number + 1)] * 2, "line")
    return canvas, words


def _paint_weeks(canvas: Canvas, chart: MultiplesChart, left: float, right: float) -> None:
    """The first and the last week below each column, so that all share them visibly."""
    height = TOP + ROW * len(chart.names) + 4
    if chart.days:
        canvas.text(left, height, short_day(chart.days[0]), tone="quiet")
        last = short_day(chart.days[-1])
        if text_width(last) + text_width(short_day(chart.days[0])) < right - left + VALUE_WIDTH:
            canvas.text(right + VALUE_WIDTH, height, last, anchor="end", tone="quiet")


def _paint_panel(canvas: Canvas, chart: MultiplesChart, panel: Panel, where: tuple[int, int]) -> dict[Place, str]:
    number, place = where
    weeks, column = chart.values[number][place], chart.columns[place]
    if column.level is not None:
        canvas.line([panel.left, panel.right], [panel.y(column.level)] * 2, "quiet", dash=(3, 3))
    for there, stretch in groupby(enumerate(weeks), lambda one: one[1] is not None):
        points = [(panel.x(week, len(weeks)), panel.y(float(v))) for week, v in stretch if v is not None]
        if there:
            canvas.line([x for x, _y in points], [y for _x, y in points], "accent", width=2)
    words: dict[Place, str] = {}
    for week, value in enumerate(weeks):
        if value is not None:
            row = (number * len(chart.days) + week, place + 2)
            canvas.dot(panel.x(week, len(weeks)), panel.y(float(value)), "accent", row, size=3)
            said = shown(value, column.kind)
            words[row] = f"{chart.names[number]}, {day(chart.days[week])}, {column.label}: {said}"
    last = weeks[-1] if weeks else None
    tone = "quiet" if last is None else "ink"
    canvas.text(panel.right + 8, panel.top + ROW / 2, shown(last, column.kind), tone=tone)
    return words


def _highest(chart: MultiplesChart, place: int) -> float:
    found = [float(value) for row in chart.values for value in row[place] if value is not None]
    level = chart.columns[place].level or 0.0
    return max([*found, level, 1.0 if chart.columns[place].kind == "share" else 0.0]) or 1.0
