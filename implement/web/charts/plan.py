"""The plan of waves: a bar per wave or step over the calendar, with today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from implement.web.charts.canvas import ABOVE, WIDTH, Canvas, shorten, text_width
from implement.web.charts.chart import Chart, ChartColumn, Place
from implement.web.charts.chart import own_links as checked
from implement.web.charts.svg import page_svg
from implement.web.texts import _, day, language
from implement.web.texts.formats import short_day

ROW, BAR, TOP, WIDEST_LABEL = 34, 18, 46, 200


@dataclass(frozen=True)
class Span:
    """One bar: from its first to its last day, both inclusive, with its state as a word and a tone."""

    label: str
    first_day: date
    last_day: date
    tone: str = "accent"
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything that a plan shows, as one comparable value."""

    title: str
    description: str
    heading: str
    spans: tuple[Span, ...]
    today: date


@dataclass(frozen=True)
class Calendar:
    """Where days stand on the sheet."""

    left: float
    first_day: date
    last_day: date

    def x(self, when: date) -> float:
        """The place where a day begins."""
        return self.left + (WIDTH - 8 - self.left) * ((when - self.first_day).days / self.count_days)

    @property
    def count_days(self) -> int:
        """How many days the sheet shows."""
        return (self.last_day - self.first_day).days + 1


def wave_plan(title: str, description: str, *, heading: str, spans: Sequence[Span], today: date) -> Chart:
    """Draw the spans over the calendar with a line at today, where it lies within."""
    return _draw_plan(Plan(title, description, heading, tuple(spans), today), language())


@lru_cache(maxsize=256)
def _draw_plan(plan: Plan, _language: str) -> Chart:
    links: dict[Place, str] = {(row, 0): span.url for row, span in enumerate(plan.spans) if span.url}
    checked(links)
    words = {(row, 0): _span_words(span) for row, span in enumerate(plan.spans)}
    columns = (
        ChartColumn(plan.heading),
        ChartColumn(_("First day"), "day"),
        ChartColumn(_("Last day"), "day"),
        ChartColumn(_("State")),
    )
    rows = tuple((span.label, span.first_day, span.last_day, span.state) for span in plan.spans)
    svg = page_svg(_paint(plan), plan.title, plan.description, links, words)
    return Chart(plan.title, plan.description, svg, columns, rows, links)


def _paint(plan: Plan) -> Canvas:
    canvas = Canvas(WIDTH, TOP + ROW * max(1, len(plan.spans)) + 6)
    left = min(WIDEST_LABEL, max([60.0, *(text_width(span.label) for span in plan.spans)])) + 14
    first = min([plan.today, *(span.first_day for span in plan.spans)])
    last = max([plan.today, *(span.last_day for span in plan.spans)])
    calendar = Calendar(left, first, last)
    _paint_months(canvas, calendar)
    for row, span in enumerate(plan.spans):
        _paint_span(canvas, calendar, row, span)
    x = calendar.x(plan.today)
    canvas.line([x, x], [TOP - 22, canvas.height - 4], "ink", width=1.5, layer=ABOVE)
    _text_within(canvas, x, 12, _("today, %(day)s", day=short_day(plan.today)))
    return canvas


def _paint_span(canvas: Canvas, calendar: Calendar, row: int, span: Span) -> None:
    middle = TOP + ROW * (row + 0.5)
    start, end = calendar.x(span.first_day), calendar.x(span.last_day + timedelta(days=1))
    canvas.text(calendar.left - 12, middle, shorten(span.label, WIDEST_LABEL), anchor="end")
    canvas.rect(start, middle - BAR / 2, max(3.0, end - start), BAR, span.tone, (row, 0))
    if end + 6 + text_width(span.state) < WIDTH:
        canvas.text(end + 6, middle, span.state)
    elif span.state:
        canvas.text(start - 6, middle, span.state, anchor="end")


def _paint_months(canvas: Canvas, calendar: Calendar) -> None:
    """Lines at the first day of months, or of weeks in short plans; labels where there is room."""
    free = calendar.left - 8
    for when in _marks(calendar):
        x = calendar.x(when)
        canvas.line([x, x], [TOP, canvas.height - 4], "line")
        if x > free and x + text_width(short_day(when)) < WIDTH:
            canvas.text(x, TOP - 10, short_day(when), tone="quiet")
            free = x + text_width(short_day(when)) + 10


def _marks(calendar: Calendar) -> list[date]:
    days = [calendar.first_day + timedelta(days=n) for n in range(calendar.count_days)]
    by_week = calendar.count_days <= 45
    return [one for one in days if (one.weekday() == 0 if by_week else one.day == 1)]


def _text_within(canvas: Canvas, x: float, y: float, words: str) -> None:
    """Words centred on x, moved inwards at the edge of the sheet."""
    half = text_width(words) / 2
    canvas.text(min(max(x, half), WIDTH - half), y, words, anchor="middle", bold=True)


def _span_words(span: Span) -> str:
    said = f"{span.label}: {day(span.first_day)} – {day(span.last_day)}"
    return f"{said}, {span.state}" if span.state else said
