"""A heat map: rows by columns, each cell with its number, paler to darker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from implement.web.charts.canvas import WIDTH, Canvas, shorten, text_width
from implement.web.charts.chart import Chart, ChartColumn, Number, Place, Places, Value, fixed, own_links
from implement.web.charts.svg import page_svg
from implement.web.charts.tones import HEAT_STEPS, heat_tone, ink_on_heat
from implement.web.texts import day, language, shown
from implement.web.texts.formats import short_day

Said = tuple[tuple[str, ...], ...]

ROW, TOP, GAP, LEAST_CELL, WIDEST_LABEL = 26, 58, 2, 34, 270


@dataclass(frozen=True)
class Heat:
    """Everything that a heat map shows, as one comparable value."""

    title: str
    description: str
    row_heading: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str | date, ...]
    values: tuple[tuple[Number | None, ...], ...]
    kind: str
    currency: str
    scale: tuple[float, float]
    notes: Places
    links: Places


def heatmap(
    title: str,
    description: str,
    *,
    row_heading: str,
    row_labels: Sequence[str],
    column_labels: Sequence[str | date],
    values: Sequence[Sequence[Number | None]],
    kind: str = "number",
    currency: str = "EUR",
    scale: tuple[float, float] | None = None,
    notes: Mapping[Place, str] | None = None,
    links: Mapping[Place, str] | None = None,
) -> Chart:
    """Draw rows by columns; None is an empty cell whose note says why (withheld, no work that week).

    `notes` and `links` are keyed by (row, column) of the table behind: column 0 is the row's label, cells begin at 1.
    `scale` is the lowest and highest value of the colours; shares run from 0 to 1, others over what is there.
    """
    cells = tuple(tuple(row) for row in values)
    heat = Heat(
        title, description, row_heading, tuple(row_labels), tuple(column_labels), cells, kind, currency,
        scale or _natural_scale(cells, kind), fixed(notes), own_links(links),
    )  # fmt: skip
    return _draw_heat(heat, language())


@lru_cache(maxsize=256)
def _draw_heat(heat: Heat, _language: str) -> Chart:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (label, *cells) for label, cells in zip(heat.row_labels, heat.values, strict=True)
    )
    columns = [ChartColumn(heat.row_heading)]
    columns += [
        ChartColumn(day(label) if isinstance(label, date) else label, heat.kind) for label in heat.column_labels
    ]
    links, notes = dict(heat.links), dict(heat.notes)
    said = _said(heat)
    svg = page_svg(
        _paint_heat(heat, said), heat.title, heat.description, links, _cell_words(heat, said, columns, notes)
    )
    return Chart(heat.title, heat.description, svg, tuple(columns), rows, links, notes)


def _paint_heat(heat: Heat, said: Said) -> Canvas:
    left = min(WIDEST_LABEL, max([60.0, *(text_width(label) for label in heat.row_labels)])) + 12
    cell = max((WIDTH - left) / max(1, len(heat.column_labels)), _widest_cell(said))
    canvas = Canvas(left + cell * max(1, len(heat.column_labels)), TOP + ROW * max(1, len(heat.values)) + 4)
    _paint_legend(canvas, heat)
    _paint_columns(canvas, heat, left, cell)
    for index, label in enumerate(heat.row_labels):
        canvas.text(left - 10, TOP + ROW * (index + 0.5), shorten(label, WIDEST_LABEL), anchor="end")
        _paint_row(canvas, heat, said, (index, left, cell))
    return canvas


def _said(heat: Heat) -> Said:
    """Each cell in words; an empty one says nothing."""
    write = lru_cache(maxsize=None, typed=True)(lambda value: shown(value, heat.kind, heat.currency))
    return tuple(tuple("" if value is None else write(value) for value in row) for row in heat.values)


def _paint_row(canvas: Canvas, heat: Heat, said: Said, where: tuple[int, float, float]) -> None:
    index, left, cell = where
    y = TOP + ROW * index
    for number, value in enumerate(heat.values[index]):
        x = left + cell * number
        if value is None:
            canvas.rect(x, y, cell - GAP, ROW - GAP, "paper", (index, number + 1))
            canvas.text(x + cell / 2, y + ROW / 2, "·", anchor="middle", tone="quiet")
            continue
        tone = heat_tone(_position(float(value), heat.scale))
        canvas.rect(x, y, cell - GAP, ROW - GAP, tone, (index, number + 1))
        words = said[index][number]
        canvas.text(x + (cell - GAP) / 2, y + (ROW - GAP) / 2, words, anchor="middle", tone=ink_on_heat(tone))


def _paint_columns(canvas: Canvas, heat: Heat, left: float, cell: float) -> None:
    """Column labels: of days as many as have room side by side; names all, where need be by turns on two lines."""
    labels = [short_day(label) if isinstance(label, date) else label for label in heat.column_labels]
    is_tight = max([0.0, *(text_width(label) for label in labels)]) > cell - 4
    if is_tight and not any(isinstance(label, date) for label in heat.column_labels):
        for number, label in enumerate(labels):
            canvas.text(left + cell * number, TOP - 14 - 16 * (number % 2), shorten(label, 2 * cell - 8), tone="quiet")
        return
    every = 1 + int(max([0.0, *(text_width(label) for label in labels)]) // max(1.0, cell - 4))
    for number, label in enumerate(labels):
        if number % every == 0:
            canvas.text(left + cell * number, TOP - 14, label, tone="quiet")


def _paint_legend(canvas: Canvas, heat: Heat) -> None:
    low, high = (shown(_as_shown(bound, heat.kind), heat.kind, heat.currency) for bound in heat.scale)
    x = canvas.width - HEAT_STEPS * 22 - text_width(high) - 12
    canvas.text(x - 8, 14, low, anchor="end", tone="quiet")
    for step in range(HEAT_STEPS):
        canvas.rect(x + step * 22, 6, 20, 16, f"heat-{step}")
    canvas.text(x + HEAT_STEPS * 22 + 6, 14, high, tone="quiet")


def _cell_words(heat: Heat, said: Said, columns: Sequence[ChartColumn], notes: Mapping[Place, str]) -> dict[Place, str]:
    """What each cell says under the pointer: row, column, value, and the note beside it."""
    words = {}
    for row, cells in enumerate(said):
        for number, written in enumerate(cells, start=1):
            parts = [part for part in (written, notes.get((row, number))) if part]
            words[row, number] = f"{heat.row_labels[row]}, {columns[number].label}: {', '.join(parts) or '–'}"
    return words


def _widest_cell(said: Said) -> float:
    return max([float(LEAST_CELL), *(text_width(written) + 8 for row in said for written in row)])


def _natural_scale(values: Sequence[Sequence[Number | None]], kind: str) -> tuple[float, float]:
    found = [float(value) for row in values for value in row if value is not None]
    if kind == "share":
        return 0.0, max([1.0, *found])
    return (min(found), max(found)) if found else (0.0, 1.0)


def _position(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return (value - low) / (high - low) if high > low else 0.5


def _as_shown(bound: float, kind: str) -> Number:
    return int(bound) if kind in ("number", "money", "minutes") and bound == int(bound) else bound
