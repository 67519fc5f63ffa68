"""Many cells read at once: what most columns hold needs no look at each cell by itself."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from implement.engine.mapping.plan import DATE, LISTED, LOOSE, NUMBER, WORDS, Writing
from implement.engine.mapping.writings.days import read_days
from implement.engine.mapping.writings.entries import read_entries
from implement.engine.mapping.writings.letters import Codes, are_plain, codes_of, turn_letters
from implement.engine.mapping.writings.markup import may_have_markup
from implement.engine.mapping.writings.writing import canonical, loosen, without_prefix

CHUNK = 500
"""Cells looked at together: where one of them is odd, so many are read by themselves."""
CHUNK_OF_DATES = 2_000
"""Of dates odd ones are read by themselves alone."""
_SMALL = bytes(range(128)).lower() + bytes(128)
_ASCII = bytes(range(128))
_SIGNS = bytes(letter for letter in _ASCII if not chr(letter).isalnum() and chr(letter) != "\n")
_ODD_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_ODD_SPACES += "".join(map(chr, range(0x2000, 0x200B)))
_NUMBER = r"(?:-(?!0(?:\.0*)?$))?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?(?![0-9])|[1-9][0-9]{0,27}"
_DAY = r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?"
_SIGNS_CHANGED = str.maketrans(",.", ".,")
_NEEDLESS_ZEROS = re.compile(r"(\.[0-9]*[1-9])0+$|\.0+$", re.MULTILINE)
_DAY_OR_MONTH_FIRST = re.compile(r"^([0-9]{2})([-./ ])([0-9]{2})\2([0-9]{4})(?![0-9])", re.MULTILINE)
_YEAR_FIRST = {"YMD": r"\4-\3-\1", "DMY": r"\4-\3-\1", "MDY": r"\4-\1-\3"}
"""For each order how a date is written with the year first."""
Turn = Callable[[str], str]
ReadChunk = Callable[[Sequence[str], Turn], Sequence[str]]
"""Reads cells at once, odd ones as told; the cells themselves are handed back where that is no other."""


def loosen_all(cells: Sequence[str]) -> list[str]:
    """What `loosen` makes of each cell."""
    return [loose for chunk in _chunks(cells) for loose in _loosen_chunk(chunk)]


def _loosen_chunk(cells: Sequence[str]) -> list[str]:
    text = "\n".join(cells)
    if may_have_markup(text):
        return list(map(loosen, cells))
    if text.isascii():
        loose = text.encode().translate(_SMALL, _SIGNS).decode().split("\n")
    else:
        loose = _without_signs(text).split("\n")
    return loose if len(loose) == len(cells) else list(map(loosen, cells))


def _without_signs(text: str) -> str:
    """Letters and digits only, small, of lines that have other than plain letters."""
    turned = turn_letters(text, loosen)
    if turned is not None:
        return turned
    kept = unicodedata.normalize("NFKC", text).casefold().encode().translate(None, _SIGNS).decode()
    for letter in set(kept):
        if not letter.isalnum() and letter != "\n":
            kept = kept.replace(letter, "")
    return kept


def canonical_all(cells: Sequence[str], kind: str, writing: Writing) -> Sequence[str]:
    """What `canonical` makes of each cell; the cells themselves where that is no other."""
    cells = read_entries(cells, writing.entry)
    if kind == LOOSE:
        loose = loosen_all(cells)
        return [without_prefix(cell, writing) for cell in loose] if writing.prefixes else loose
    if kind in (WORDS, LISTED) or writing.is_roundabout or writing.cut:
        return [canonical(cell, kind, writing) for cell in cells]
    at_once = numbers(comma=writing.comma) if kind == NUMBER else dates(writing.order) if kind == DATE else _tidy
    size = CHUNK_OF_DATES if kind == DATE else CHUNK
    return read_all(cells, at_once, lambda cell: canonical(cell, kind, writing), size)


def read_all(cells: Sequence[str], at_once: ReadChunk, read: Turn, size: int = CHUNK) -> Sequence[str]:
    """The cells as `read` reads each, most of them at once; the cells themselves where that is no other."""
    chunks = [(chunk, at_once(chunk, read)) for chunk in _chunks(cells, size)]
    return cells if all(found is chunk for chunk, found in chunks) else [cell for _, found in chunks for cell in found]


def _tidy(cells: Sequence[str], read: Turn) -> Sequence[str]:
    text = "\n".join(cells)
    codes = codes_of(text)
    if np.count_nonzero(codes == ord("\n")) != len(cells) - 1:
        return list(map(read, cells))
    if are_plain(codes) and not _is_spaced(text, codes):
        return cells
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    if _is_spaced(composed, codes_of(composed)) or any(space in composed for space in _ODD_SPACES):
        return _single_spaced(composed).split("\n")
    return cells if composed is text else composed.split("\n")


def _single_spaced(text: str) -> str:
    """Lines without spaces at either end, and with single plain ones between words."""
    for space in _ODD_SPACES:
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _is_spaced(text: str, codes: Codes) -> bool:
    """Say whether lines have several plain spaces in a row, or one at either end."""
    spaces, signs = codes == ord(" "), codes <= ord(" ")
    beside = (spaces[1:] & signs[:-1]) | (signs[1:] & spaces[:-1])
    return text.startswith(" ") or text.endswith(" ") or bool(beside.any())


def numbers(*, comma: bool) -> ReadChunk:
    """Reads numbers; `comma` says that the comma is the decimal sign."""

    def turn(text: str) -> str:
        return text.translate(_SIGNS_CHANGED) if comma else text

    return _lines(_NUMBER, turn, lambda text: _NEEDLESS_ZEROS.sub(r"\1", text) if "." in text else text)


def dates(order: str) -> ReadChunk:
    """Reads dates, with or without a time."""
    if order not in _YEAR_FIRST:
        return _lines(_DAY, str, str)

    def turn(text: str) -> str:
        return _DAY_OR_MONTH_FIRST.sub(_YEAR_FIRST[order], text).replace(" ", "T")

    by_lines = _lines(_DAY + _TIME, turn, lambda text: text.replace("T00:00:00", ""))

    def read_chunk(cells: Sequence[str], read: Turn) -> Sequence[str]:
        days = read_days(cells, order)
        if days is None or 2 * days.count(None) > len(days):
            return by_lines(cells, read)
        read_all_days = [read(cell) if day is None else day for day, cell in zip(days, cells, strict=True)]
        return cells if read_all_days == cells else read_all_days

    return read_chunk


def _lines(wanted: str, turn: Turn, settle: Turn) -> ReadChunk:
    """Reads at once the cells that can be turned into what is wanted, which is then settled."""
    odd = _odd_lines(wanted)

    def read_chunk(cells: Sequence[str], read: Turn) -> Sequence[str]:
        text = "\n".join(cells)
        if text.count("\n") != len(cells) - 1:
            return list(map(read, cells))
        settled = settle(odd.sub("", turn(text)))
        if settled == text:
            return cells
        return [line or read(cell) for line, cell in zip(settled.split("\n"), cells, strict=True)]

    return read_chunk


@lru_cache
def _odd_lines(wanted: str) -> re.Pattern[str]:
    return re.compile(rf"^(?!(?:{wanted})?$).*", re.MULTILINE)


def _chunks(cells: Sequence[str], size: int = CHUNK) -> Iterator[Sequence[str]]:
    return (cells[start : start + size] for start in range(0, len(cells), size))
