"""A curve between knots: what is paid by what was reached; jumps stand in red, with words."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from implement.web.charts.axis import say_marks
from implement.web.charts.canvas import ABOVE, WIDTH, Canvas, nice_steps, text_width
from implement.web.charts.chart import Chart, ChartColumn, Number, Place, Value
from implement.web.charts.svg import page_svg
from implement.web.texts import _, language, share

TOP, HEIGHT, BOTTOM, LEFT, RIGHT = 26, 220, 40, 58, 30
BEYOND = Fraction(1, 5)
Point = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class CurveChart:
    """Everything that the picture shows, as one comparable value."""

    title: str
    description: str
    headings: tuple[str, str]
    knots: tuple[Point, ...]


@dataclass(frozen=True)
class Scale:
    """Where shares stand on the sheet."""

    last: float
    high: float

    def x(self, value: Number) -> float:
        """The place of an attainment."""
        return LEFT + (WIDTH - LEFT - RIGHT) * float(value) / self.last

    def y(self, value: Number) -> float:
        """The height of a payout."""
        return TOP + HEIGHT * (1 - float(value) / self.high)


def curve(title: str, description: str, *, headings: tuple[str, str], knots: Sequence[Point]) -> Chart:
    """Draw the straight pieces between knots, flat outside; both axes are shares that begin at zero."""
    return _draw(CurveChart(title, description, headings, tuple(knots)), language())


@lru_cache(maxsize=256)
def _draw(chart: CurveChart, _language: str) -> Chart:
    canvas = Canvas(WIDTH, TOP + HEIGHT + BOTTOM)
    points = _reach_out(chart.knots)
    steps = nice_steps(0, float(max([y for _, y in points] + [Fraction(1)])))
    scale = Scale(float(points[-1][0]), steps[-1])
    _paint_axes(canvas, chart, scale, steps)
    words = _paint_curve(canvas, scale, points, chart.knots)
    rows: tuple[tuple[Value, ...], ...] = tuple((x, y) for x, y in chart.knots)
    columns = tuple(ChartColumn(heading, "share") for heading in chart.headings)
    svg = page_svg(canvas, chart.title, chart.description, {}, words)
    return Chart(chart.title, chart.description, svg, columns, rows)


def _reach_out(knots: tuple[Point, ...]) -> list[Point]:
    """The knots with the flat pieces before the first and behind the last, as far as the sheet goes."""
    end = max(knots[-1][0], Fraction(1)) * (1 + BEYOND)
    before = [(Fraction(0), knots[0][1])] if knots[0][0] > 0 else []
    return [*before, *knots, (end, knots[-1][1])]


def _paint_axes(canvas: Canvas, chart: CurveChart, scale: Scale, steps: list[float]) -> None:
    for step, mark in zip(steps, say_marks(steps, "share"), strict=True):
        canvas.line([LEFT, WIDTH - RIGHT], [scale.y(step)] * 2, "line")
        canvas.text(LEFT - 8, scale.y(step), mark, anchor="end", tone="quiet")
    reached = [step for step in nice_steps(0, scale.last, most=8) if step <= scale.last]
    for step, mark in zip(reached, say_marks(reached, "share"), strict=True):
        canvas.text(scale.x(step), TOP + HEIGHT + 14, mark, anchor="middle", tone="quiet")
    across, up = chart.headings
    canvas.text(WIDTH - RIGHT, TOP + HEIGHT + 31, across, anchor="end", tone="quiet")
    canvas.text(0, 10, up, tone="quiet")


def _paint_curve(canvas: Canvas, scale: Scale, points: list[Point], knots: tuple[Point, ...]) -> dict[Place, str]:
    for (x, y), (later_x, later_y) in pairwise(points):
        xs, ys = [scale.x(x), scale.x(later_x)], [scale.y(y), scale.y(later_y)]
        if x == later_x and y != later_y:
            canvas.line(xs, ys, "bad", width=2.2, dash=(4, 3), layer=ABOVE)
            _name_jump(canvas, scale, x, y, later_y)
        else:
            canvas.line(xs, ys, "accent", width=2.2)
    words = {}
    for row, (x, y) in enumerate(knots):
        canvas.dot(scale.x(x), scale.y(y), "accent", (row, 1))
        words[row, 1] = f"{share(x, 1)} → {share(y, 1)}"
    return words


def _name_jump(canvas: Canvas, scale: Scale, x: Fraction, y: Fraction, later_y: Fraction) -> None:
    """The words of a jump at its right, or at its left where the sheet ends."""
    said = _("jump: %(before)s to %(after)s", before=share(y), after=share(later_y))
    middle = (scale.y(y) + scale.y(later_y)) / 2
    fits = scale.x(x) + 10 + text_width(said) < WIDTH
    anchor, aside = ("start", 10) if fits else ("end", -10)
    canvas.text(scale.x(x) + aside, middle, said, anchor=anchor, tone="bad", bold=True)
