"""A sheet in pixels to draw on, y downwards; the only place that knows matplotlib.

Shapes are drawn by matplotlib, all filled ones in one go; words are kept as words for the picture to write as text.
"""

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import RcKeyType

from implement.web.charts.chart import Place
from implement.web.charts.tones import COLOURS

WIDTH = 760
TEXT_SIZE = 12.5
LETTER_WIDTH = 7.2  # pixels of an average letter at TEXT_SIZE, on the wide side
LINE = 14.5
NUMBER_SPACES = "\u00a0\u202f"
MARKS = "marks"
STYLE: dict[RcKeyType, str] = {"svg.fonttype": "none", "svg.hashsalt": "implement"}
UNDER, BETWEEN, ABOVE = 1, 2, 3
PALE = 0.55

_drawing = threading.Lock()


@dataclass(frozen=True)
class Mark:
    """A filled shape and the row and column it draws, if it draws one."""

    corners: tuple[tuple[float, float], ...]
    tone: str
    place: Place | None
    pale: bool = False


@dataclass(frozen=True)
class Words:
    """Words at a place, vertically centred on y; anchor is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str
    tone: str
    bold: bool


class Canvas:
    """Rectangles, dots, lines, areas and words on one sheet."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.marks: list[Mark] = []
        self.words: list[Words] = []
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._figure.patch.set_visible(False)

    def rect(self, x: float, y: float, width: float, height: float, tone: str, place: Place | None = None) -> None:
        """A filled rectangle."""
        corners = (x, y), (x + width, y), (x + width, y + height), (x, y + height)
        self.marks.append(Mark(corners, tone, place))

    def shape(
        self, corners: Sequence[tuple[float, float]], tone: str, place: Place | None = None, *, pale: bool = False
    ) -> None:
        """A filled shape; a pale one lets through what lies behind it."""
        self.marks.append(Mark(tuple(corners), tone, place, pale))

    def dot(self, x: float, y: float, tone: str, place: Place | None = None, size: float = 4) -> None:
        """A point of a line."""
        corners = (x, y - size), (x + size, y), (x, y + size), (x - size, y)
        self.marks.append(Mark(corners, tone, place))

    def area(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], tone: str) -> None:
        """A pale band between two lines."""
        around = [*xs, *reversed(xs)], [*lows, *reversed(highs)]
        self._axes.fill(*around, color=COLOURS[tone], alpha=0.2, linewidth=0, clip_on=False, zorder=UNDER)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        tone: str,
        *,
        width: float = 1,
        dash: Sequence[float] = (),
        layer: int = UNDER,
    ) -> None:
        """A line through the points, under or above the marks."""
        (drawn,) = self._axes.plot(xs, ys, color=COLOURS[tone], linewidth=width, clip_on=False, zorder=layer)
        if dash:
            drawn.set_dashes([step / width for step in dash])  # matplotlib counts dashes in line widths

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", tone: str = "ink", bold: bool = False
    ) -> None:
        """Words, always on top."""
        self.words.append(Words(x, y + 0.35 * TEXT_SIZE, printable(words), anchor, tone, bold))

    def text_lines(self, x: float, y: float, lines: Sequence[str], *, anchor: str = "start", tone: str = "ink") -> None:
        """Lines of words one below the other, together vertically centred on y."""
        for number, words in enumerate(lines):
            self.text(x, y + LINE * (number - (len(lines) - 1) / 2), words, anchor=anchor, tone=tone)

    def to_svg(self) -> str:
        """The shapes as matplotlib writes them, the same bytes for the same drawing."""
        filled = PolyCollection(
            [mark.corners for mark in self.marks],
            facecolors=[to_rgba(COLOURS[mark.tone], PALE if mark.pale else 1.0) for mark in self.marks],
            linewidths=0,
            zorder=BETWEEN,
            clip_on=False,
            gid=MARKS,
        )
        self._axes.add_collection(filled, autolim=False)
        sheet = io.StringIO()
        with _drawing, matplotlib.rc_context(STYLE):
            self._figure.savefig(sheet, format="svg", metadata={"Date": None, "Creator": None})
        return sheet.getvalue()


def text_width(words: str) -> float:
    """How wide the words are, in pixels, in the widest of the fonts that a page is set in."""
    return sum(_letter_width(letter) for letter in words)


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> float:
    with _drawing:
        font = _widest_font()
        if not font.get_char_index(ord(letter)):
            return TEXT_SIZE
        return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536


@cache
def _widest_font() -> FT2Font:
    """DejaVu Sans, which matplotlib carries: wider than what Windows, macOS and Android set pages in."""
    font = FT2Font(findfont("DejaVu Sans"))
    font.set_size(TEXT_SIZE, 72)
    return font


def break_words(words: str, width: float, most: int = 2) -> list[str]:
    """The words in as few lines as hold them, broken between words; only what no line holds is cut with …."""
    lines = [""]
    for word in words.split():
        tried = f"{lines[-1]} {word}".strip()
        if text_width(tried) <= width or not lines[-1] or len(lines) == most:
            lines[-1] = tried
        else:
            lines.append(word)
    return [shorten(line, width) for line in lines]


def shorten(words: str, width: float) -> str:
    """The words, cut with … where they are wider than the place for them; the table behind has them whole."""
    if text_width(words) <= width:
        return words
    most = max(1, int(width * len(words) / text_width(words)))
    return words[: most - 1].rstrip() + "…"


def printable(words: str) -> str:
    """The words without signs that cannot be drawn or written in XML; the spaces within numbers stay."""
    return "".join(letter if letter.isprintable() or letter in NUMBER_SPACES else " " for letter in words)


def nice_steps(low: float, high: float, most: int = 5, *, only_whole: bool = False) -> list[float]:
    """Round numbers from at most low to at least high, for an axis."""
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=only_whole)
    return [float(step) for step in locator.tick_values(low, high)]
