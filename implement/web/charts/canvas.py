"""A sheet in pixels to draw on, y downwards; the only place that knows matplotlib."""

import io
import threading
import warnings
from collections.abc import Sequence
from itertools import count

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import RcKeyType

from implement.web.charts.chart import Place
from implement.web.charts.tones import COLOURS

WIDTH = 760
TEXT_SIZE = 12.5
LETTER_WIDTH = 6.9  # pixels of an average letter at TEXT_SIZE, on the wide side
STYLE: dict[RcKeyType, str] = {"svg.fonttype": "none", "svg.hashsalt": "implement", "font.family": "DejaVu Sans"}

NUMBER_SPACES = "\u00a0\u202f"

_drawing = threading.Lock()


class Canvas:
    """Rectangles, lines, areas and words on one sheet; a mark remembers the row and column it draws."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._figure.patch.set_visible(False)
        self._layers = count(1)  # what is drawn later lies above

    def rect(self, x: float, y: float, width: float, height: float, tone: str, place: Place | None = None) -> None:
        """A filled rectangle."""
        xs, ys = [x, x + width, x + width, x], [y, y, y + height, y + height]
        self._lay(*self._axes.fill(xs, ys, color=COLOURS[tone], linewidth=0, gid=mark_id(place)))

    def area(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], tone: str) -> None:
        """A pale band between two lines."""
        around = [*xs, *reversed(xs)], [*lows, *reversed(highs)]
        self._lay(*self._axes.fill(*around, color=COLOURS[tone], alpha=0.2, linewidth=0))

    def line(
        self, xs: Sequence[float], ys: Sequence[float], tone: str, *, width: float = 1, dash: Sequence[float] = ()
    ) -> None:
        """A line through the points."""
        (drawn,) = self._axes.plot(xs, ys, color=COLOURS[tone], linewidth=width)
        self._lay(drawn)
        if dash:
            drawn.set_dashes([step / width for step in dash])  # matplotlib counts dashes in line widths

    def dot(self, x: float, y: float, tone: str, place: Place | None = None, size: float = 4) -> None:
        """A point of a line."""
        xs = [x + size * dx for dx in (0, 1, 0, -1)]
        ys = [y + size * dy for dy in (-1, 0, 1, 0)]
        self._lay(*self._axes.fill(xs, ys, color=COLOURS[tone], linewidth=0, gid=mark_id(place)))

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "left", tone: str = "ink", bold: bool = False
    ) -> None:
        """Words, vertically centred on y; anchor is left, center or right."""
        baseline = y + 0.35 * TEXT_SIZE
        drawn = self._axes.text(x, baseline, printable(words), ha=anchor, va="baseline", parse_math=False)
        weight = "bold" if bold else "normal"
        drawn.set(fontsize=TEXT_SIZE, fontweight=weight, color=COLOURS[tone])
        self._lay(drawn)

    def _lay(self, *drawn: Artist) -> None:
        """Lay what was drawn above everything before it, unclipped."""
        for artist in drawn:
            artist.set(zorder=next(self._layers), clip_on=False)

    def to_svg(self) -> str:
        """The drawing as matplotlib writes it, the same bytes for the same drawing."""
        sheet = io.StringIO()
        with _drawing, matplotlib.rc_context(STYLE), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            self._figure.savefig(sheet, format="svg", metadata={"Date": None, "Creator": None})
        return sheet.getvalue()


def mark_id(place: Place | None) -> str | None:
    """The name under which a mark is found again to give it its link and its words."""
    return None if place is None else f"mark-{place[0]}-{place[1]}"


def text_width(words: str) -> float:
    """About how wide the words are, in pixels."""
    return len(words) * LETTER_WIDTH


def shorten(words: str, width: float) -> str:
    """The words, cut with … where they are wider than the place for them; the table behind has them whole."""
    most = max(1, int(width / LETTER_WIDTH))
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def printable(words: str) -> str:
    """The words without signs that cannot be drawn or written in XML; the spaces within numbers stay."""
    return "".join(letter if letter.isprintable() or letter in NUMBER_SPACES else " " for letter in words)


def nice_steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from at most low to at least high, for an axis."""
    return [float(step) for step in MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
