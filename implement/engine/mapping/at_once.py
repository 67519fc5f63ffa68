"""Many cells read at once: what most columns hold needs no look at each cell by itself."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from implement.engine.mapping.markup import may_have_markup
from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, WORDS, Writing
from implement.engine.mapping.writing import canonical, loosen, without_prefix

CHUNK = 500
"""Cells looked at together: where one of them is odd, so many are read by themselves."""
_SMALL = bytes(range(128)).lower() + bytes(128)
_SIGNS = bytes(letter for letter in range(128) if not chr(letter).isalnum() and chr(letter) != "\n")
_ODD_SPACES = "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_UNTIDY = ("  ", "\n ", " \n", *_ODD_SPACES, *map(chr, range(0x2000, 0x200B)))
_WHOLE = re.compile(r"(?:[1-9][0-9]{0,27})?+(?:\n(?:[1-9][0-9]{0,27})?+)*+")
_DAY = r"(?:[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))?+"
_DAYS = re.compile(rf"{_DAY}(?:\n{_DAY})*+")


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
        loose = _without_signs(_normal(text).casefold()).split("\n")
    return loose if len(loose) == len(cells) else list(map(loosen, cells))


def _normal(text: str) -> str:
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _without_signs(text: str) -> str:
    for letter in set(text):
        if not letter.isalnum() and letter != "\n":
            text = text.replace(letter, "")
    return text


def canonical_all(cells: Sequence[str], kind: str, writing: Writing) -> Sequence[str]:
    """What `canonical` makes of each cell; the cells themselves where that is no other."""
    if kind == LOOSE:
        loose = loosen_all(cells)
        return [without_prefix(cell, writing) for cell in loose] if writing.prefixes else loose
    is_canonical = _IS_CANONICAL.get(kind, _are_tidy)
    if kind == WORDS or writing.is_roundabout:
        return [canonical(cell, kind, writing) for cell in cells]
    if all(map(is_canonical, _chunks(cells))):
        return cells
    return [
        read
        for chunk in _chunks(cells)
        for read in (chunk if is_canonical(chunk) else [canonical(cell, kind, writing) for cell in chunk])
    ]


def _are_tidy(cells: Sequence[str]) -> bool:
    text = "\n".join(cells)
    one_line_each = text.count("\n") == len(cells) - 1
    spaced = text.startswith(" ") or text.endswith(" ") or any(untidy in text for untidy in _UNTIDY)
    return one_line_each and not spaced and unicodedata.is_normalized("NFC", text)


def _are_lines_of(pattern: re.Pattern[str]) -> Callable[[Sequence[str]], bool]:
    def are_lines(cells: Sequence[str]) -> bool:
        text = "\n".join(cells)
        return text.count("\n") == len(cells) - 1 and pattern.fullmatch(text) is not None

    return are_lines


_IS_CANONICAL = {NUMBER: _are_lines_of(_WHOLE), DATE: _are_lines_of(_DAYS)}


def _chunks(cells: Sequence[str]) -> Iterator[Sequence[str]]:
    return (cells[start : start + CHUNK] for start in range(0, len(cells), CHUNK))
