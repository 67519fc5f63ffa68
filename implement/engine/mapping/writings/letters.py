"""Long texts turned letter by letter, as by a table: no look at each word, none at each letter."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint16]
TurnLetter = Callable[[str], str]
"""Turns a text so that what becomes of a letter does not depend on the letters beside it."""
_FAMILIAR = range(0x530), range(0x2000, 0x226E), range(0x2270, 0x2600), range(0xFFFD, 0xFFFE)
"""Latin, Greek and Cyrillic letters, and signs; but for those that are `<` or `>` without their stroke."""
_LETTERS, _LAST_PLAIN = 0x10000, 0x7F
_LEFT_OUT, _ODD = 0, 1
"""What stands in a table for letters that leave nothing, and for those that become several or are not familiar."""


def codes_of(text: str) -> Codes:
    """A text as numbers; rare letters are two numbers each."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


def turn_letters(text: str, turn: TurnLetter) -> str | None:
    """Lines turned letter by letter; None where letters may join those beside them, or turn further."""
    table, codes = _table(turn), codes_of(text)
    turned = table.take(codes)
    if (turned == _ODD).any():
        for letter in map(chr, np.unique(codes[turned == _ODD]).tolist()):
            several = turn(letter)
            if not _is_steady(letter) or turn(several) != several:
                return None
            text = text.replace(letter, several)
        turned = table.take(codes_of(text))
    kept: bytes = turned[turned != _LEFT_OUT].tobytes()
    return kept.decode("utf-16-le")


def are_plain(codes: Codes) -> bool:
    """Say whether the letters of lines are familiar, written in one way alone, and no spaces but the plain one."""
    signs = np.count_nonzero(codes < ord(" ")) - np.count_nonzero(codes == ord("\n"))
    return not signs and not _odd_letters()[codes[codes > _LAST_PLAIN]].any()


@lru_cache
def _odd_letters() -> npt.NDArray[np.bool_]:
    odd = np.ones(_LETTERS, dtype=np.bool_)
    for letter in filter(_is_steady, map(chr, chain(*_FAMILIAR))):
        odd[ord(letter)] = letter.isspace() or unicodedata.normalize("NFC", letter) != letter
    return odd


@lru_cache
def _table(turn: TurnLetter) -> Codes:
    """What becomes of each letter that becomes one or none."""
    table = np.full(_LETTERS, _ODD, dtype="<u2")
    for letter in filter(_is_steady, map(chr, chain(*_FAMILIAR))):
        turned = letter if letter == "\n" else turn(letter)
        if len(turned) <= 1:
            table[ord(letter)] = ord(turned) if turned else _LEFT_OUT
    return table


def _is_steady(letter: str) -> bool:
    """Say whether a letter is familiar and joins no other one, as accents do that are written by themselves."""
    is_familiar = any(ord(letter) in letters for letters in _FAMILIAR)
    return is_familiar and not any(map(unicodedata.combining, unicodedata.normalize("NFKD", letter)[:1]))
