"""How cells are written: blanks in disguise, layouts, and each cell so that equal values are equal text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from implement.engine.mapping.plan import Writing
from implement.engine.mapping.writings.dates import USUAL_FIRST_YEAR, read_date
from implement.engine.mapping.writings.entries import read_entry
from implement.engine.mapping.writings.id_lists import order_ids
from implement.engine.mapping.writings.markup import may_have_markup, without_markup
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.mapping.writings.remembered import CELLS_REMEMBERED
from implement.engine.mapping.writings.scales import shifted
from implement.engine.mapping.writings.words import order_words
from implement.engine.mapping.writings.zones import settle_moment

BLANK_WORDS = frozenset({"null", "none", "nan", "n/a", "#n/a", "<null>", "(null)", "nat", "\\n", "nil", "undefined"})
LONGEST_BLANK_WORD = max(map(len, BLANK_WORDS))
_NOT_ALNUM = re.compile(r"[\W_]+")
_NINES = str.maketrans("0123456789", "9999999999")


def is_blank(cell: str | None) -> bool:
    """Say whether a cell holds nothing at all."""
    return cell is None or not cell.strip()


def is_blank_word(cell: str) -> bool:
    """Say whether a cell only says that it is empty, such as `null`."""
    return cell.strip().lower() in BLANK_WORDS


def tidy(cell: str) -> str:
    """Write a text in one Unicode form with single spaces."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip(" ")
    return " ".join(unicodedata.normalize("NFC", cell).split())


@lru_cache(maxsize=CELLS_REMEMBERED)
def loosen(cell: str) -> str:
    """Keep letters and digits only, small; what is equal then differs in writing alone."""
    if may_have_markup(cell):
        cell = without_markup(cell)
    if cell.isascii():
        return cell.lower() if cell.isalnum() else _NOT_ALNUM.sub("", cell.lower())
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", cell).casefold())


def layout_of(cell: str) -> str:
    """Show how a date or number is laid out, digits as 9 and words as a."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", cell.strip()))


def usual_layout(cells: Iterable[str]) -> str:
    """The most frequent layout of a column; cells that differ in digits alone are looked at once."""
    layouts: Counter[str] = Counter()
    for cell, times in Counter(cell.translate(_NINES) for cell in cells).items():
        layouts[layout_of(cell)] += times
    return min(layouts, key=lambda layout: (-layouts[layout], layout)) if layouts else ""


def without_prefix(loose: str, writing: Writing) -> str:
    """A loosely written value without what only its side puts before it."""
    for prefix in writing.prefixes.split("|"):
        if prefix and loose.startswith(prefix) and len(loose) > len(prefix):
            return loose[len(prefix) :]
    return loose


def canonical(cell: str | None, kind: str, writing: Writing) -> str:
    """Write a cell so that equal values are equal text; blank cells become empty text."""
    if cell and writing.entry:
        cell = read_entry(cell, writing.entry)
    if is_blank(cell):
        return ""
    assert cell is not None
    if kind == "number":
        number = read_number(cell, writing.comma)
        return shifted(number, writing.shift) if number and writing.shift else number or tidy(cell)
    if kind == "date":
        moment = read_date(cell, writing.order, writing.first_year or USUAL_FIRST_YEAR)
        return settle_moment(moment, writing) if moment else tidy(cell)
    if kind == "words":
        return order_words(cell)
    if kind == "listed":
        return order_ids(cell)
    if writing.cut:
        return tidy(cell)[: writing.cut]
    return without_prefix(loosen(cell), writing) if kind == "loose" else tidy(cell)
