"""Steps or waves over the calendar, for a narrow screen too: labels above bars, what is done filled, moments dotted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from implement.web.charts.canvas import ABOVE, LINE, Canvas, break_words, text_width
from implement.web.charts.chart import Chart, ChartColumn, Place
from implement.web.charts.chart import own_links as checked
from implement.web.charts.svg import page_svg
from implement.web.texts import _, day, language, share
from implement.web.texts.formats import short_day

NARROW, ROW, BAR, LABEL, TOP, EDGE = 360, 40, 12, 18, 44, 4
MOST_MARKS, BOLDER = 4, 1.13


@dataclass(frozen=True)
class Bar:
    """A step or a wave from first to last day; steps also have the share that is done and the day they end on."""

    label: str
    first_day: date
    last_day: date
    done_share: float | None = None
    likely_day: date | None = None
    is_milestone: bool = False
    tone: str = "accent"
    state: str = ""
    url: str = ""


@dataclass(frozen=True)
class Gantt:
    """Everything that the picture shows, as one comparable value."""

    title: str
    description: str
    heading: str
    bars: tuple[Bar, ...]
    today: date

    @property
    def tells_progress(self) -> bool:
        """True when shares that are done are known: waves have none."""
        return any(bar.done_share is not None for bar in self.bars)


@dataclass(frozen=True)
class Row:
    """Where a bar stands, and the lines of its label above it."""

    top: float
    words: tuple[str, ...]

    @property
    def label(self) -> float:
        """How high its label is."""
        return LABEL + LINE * (len(self.words) - 1)

    @property
    def end(self) -> float:
        """Where the next row begins."""
        return self.top + ROW + LINE * (len(self.words) - 1)


def gantt(title: str, description: str, *, heading: str, bars: Sequence[Bar], today: date) -> Chart:
    """Draw the steps with a line at today; it fits a phone without scrolling, and the table behind says everything."""
    return _draw(Gantt(title, description, heading, tuple(bars), today), language())


@lru_cache(maxsize=128)
def _draw(picture: Gantt, _language: str) -> Chart:
    links: dict[Place, str] = {(row, 0): bar.url for row, bar in enumerate(picture.bars) if bar.url}
    checked(links)
    words = {(row, 0): _bar_words(bar) for row, bar in enumerate(picture.bars)}
    progress = (ChartColumn(_("Done"), "share"), ChartColumn(_("Likely over"), "day"))
    columns = (
        ChartColumn(picture.heading),
        ChartColumn(_("First day"), "day"),
        ChartColumn(_("Last day"), "day"),
        *(progress if picture.tells_progress else ()),
        ChartColumn(_("State")),
    )
    rows = tuple(
        (b.label, b.first_day, b.last_day, *((b.done_share, b.likely_day) if picture.tells_progress else ()), b.state)
        for b in picture.bars
    )
    svg = page_svg(_paint(picture), picture.title, picture.description, links, words)
    return Chart(picture.title, picture.description, svg, columns, rows, links)


def _paint(picture: Gantt) -> Canvas:
    rows = _stack(picture.bars)
    canvas = Canvas(NARROW, rows[-1].end + 6 if rows else TOP + ROW + 6)
    ends = [one for bar in picture.bars for one in (bar.last_day, bar.likely_day) if one is not None]
    first = min([picture.today, *(bar.first_day for bar in picture.bars)])
    days = (max([picture.today, *ends]) - first).days + 1
    _paint_marks(canvas, first, days)
    for number, (bar, row) in enumerate(zip(picture.bars, rows, strict=True)):
        _paint_bar(canvas, (number, row), bar, first, days)
    x = _x(picture.today, first, days)
    canvas.line([x, x], [TOP - 4, TOP], "ink", width=1.5, layer=ABOVE)
    for row in rows:
        is_free = x > EDGE + max(text_width(words) for words in row.words) + 6
        canvas.line([x, x], [row.top if is_free else row.top + row.label, row.end], "ink", width=1.5, layer=ABOVE)
    said = _("today, %(day)s", day=short_day(picture.today))
    half = text_width(said) * BOLDER / 2
    canvas.text(min(max(x, half), NARROW - half), 10, said, anchor="middle", bold=True)
    return canvas


def _stack(bars: Sequence[Bar]) -> list[Row]:
    """The rows below each other, each as high as its label needs."""
    rows: list[Row] = []
    for bar in bars:
        rows.append(Row(rows[-1].end if rows else TOP, tuple(break_words(_label(bar), NARROW - 2 * EDGE))))
    return rows


def _paint_bar(canvas: Canvas, where: tuple[int, Row], bar: Bar, first: date, days: int) -> None:
    number, row = where
    start, end = _x(bar.first_day, first, days), _x(bar.last_day + timedelta(days=1), first, days)
    canvas.text_lines(EDGE, row.top + (row.label + 2) / 2, row.words)
    middle = row.top + row.label + 2 + BAR / 2
    if bar.is_milestone:
        canvas.dot(start, middle, bar.tone, (number, 0), size=7)
        return
    width = max(3.0, end - start)
    corners = (start, middle - BAR / 2), (start + width, middle - BAR / 2), (start + width, middle + BAR / 2)
    canvas.shape((*corners, (start, middle + BAR / 2)), bar.tone, (number, 0), pale=bar.done_share is not None)
    if bar.done_share:
        canvas.rect(start, middle - BAR / 2, width * min(1.0, bar.done_share), BAR, bar.tone)
    if bar.likely_day is not None and bar.likely_day > bar.last_day:
        likely = _x(bar.likely_day + timedelta(days=1), first, days)
        canvas.line([end, likely], [middle, middle], "watch", width=3, dash=(4, 3))


def _label(bar: Bar) -> str:
    return bar.label if bar.done_share is not None or not bar.state else f"{bar.label}: {bar.state}"


def _paint_marks(canvas: Canvas, first: date, days: int) -> None:
    """A few days along the top, evenly apart."""
    step = max(1, days // MOST_MARKS)
    for number in range(MOST_MARKS):
        when = first + timedelta(days=number * step)
        x = _x(when, first, days)
        canvas.line([x, x], [TOP, canvas.height - 4], "line")
        canvas.text(x, TOP - 14, short_day(when), tone="quiet")


def _x(when: date, first: date, days: int) -> float:
    return EDGE + (NARROW - 2 * EDGE) * (when - first).days / days


def _bar_words(bar: Bar) -> str:
    done = "" if bar.done_share is None else share(bar.done_share)
    return ", ".join(filter(None, (f"{bar.label}: {day(bar.first_day)} – {day(bar.last_day)}", done, bar.state)))
