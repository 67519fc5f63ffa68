"""Texts read in another encoding than they were written in."""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from implement.engine.reconcile.cells.lost_letters import LOST

_ENCODINGS = (
    "utf-8",
    "cp1252",
    "latin-1",
    "cp1251",
    "cp1250",
    "cp866",
    "koi8-r",
    "cp437",
    "iso8859-2",
    "mac-roman",
    "iso8859-5",
    "cp850",
    "cp852",
    "cp855",
    "cp775",
    "cp1257",
)
Misreading = tuple[str, str]
"""The encoding a text was written in and the one it was read in."""
_LETTERS = {name: bytes(range(256)).decode(name, errors="replace") for name in _ENCODINGS if name != "utf-8"}
"""What each byte stands for, by encoding."""
_KNOWN = {name: frozenset(letters) - {LOST} for name, letters in _LETTERS.items()}
_USUAL = "cp1252"
"""As what UTF-8 is mostly misread, also twice."""
_ASCII = frozenset(map(chr, range(128)))
_NO_SIGNS = bytes(letter for letter in range(256) if letter >= 128 or chr(letter).isspace() or letter == ord("?"))
_ASCII_HEAD = re.compile(r"[\x00-\x7f]*")


def _plain_signs(text: str) -> bytes:
    """All that no encoding changes: what it does not know becomes `?` or nothing, and spaces may go away."""
    return text.encode().translate(None, _NO_SIGNS)


@lru_cache(maxsize=50_000)
def is_decoded_wrongly(written: str, found: str) -> bool:
    """Say whether a text was read in a wrong encoding, letters it does not know aside."""
    if _plain_signs(written) != _plain_signs(found):
        return False
    spaced = _single_spaced(found)
    if written.isascii():
        return _same_but_lost(written, found, spaced)
    odd = _first_odd(written)
    there = found[odd : odd + 1] + spaced[odd : odd + 1] + LOST
    for right in _encodings_of(written):
        read = _read_in_each_way(written, right, odd, there)
        if any(_same_but_lost(expected, found, spaced) for _, expected in read):
            return True
        if _same_but_lost(written.encode(right).decode(errors="replace"), found, spaced):
            return True
    return _same_but_lost(_misread_twice(written), found, spaced)


def _misread_twice(text: str) -> str:
    return _read_letters(_read_letters(text.encode(), _USUAL).encode(), _USUAL)


def _encodings_of(text: str) -> list[str]:
    """The encodings that have all letters of a text."""
    letters = {*text} - _ASCII
    return ["utf-8", *(name for name, known in _KNOWN.items() if letters <= known)]


def _first_odd(text: str) -> int:
    """Where a text with single spaces has its first letter that encodings read differently; else its beginning."""
    head = _ASCII_HEAD.match(text)
    return head.end() if head and text == _single_spaced(text) else 0


def _read_in_each_way(written: str, right: str, odd: int, there: str) -> Iterator[tuple[str, str]]:
    """A text as encodings of one byte a letter misread it that have one of some letters, or a space, at `odd`."""
    ways = [wrong for wrong in _ways_to_read(written[odd].encode(right)[0], there) if wrong != right]
    raw = written.encode(right) if ways else b""
    return ((wrong, _read_letters(raw, wrong)) for wrong in ways)


@lru_cache(maxsize=50_000)
def _ways_to_read(byte: int, there: str) -> list[str]:
    """The encodings that read a byte as one of some letters, or as a space."""
    return [name for name, letters in _LETTERS.items() if letters[byte] in there or letters[byte].isspace()]


def _read_letters(raw: bytes, wrong: str) -> str:
    return codecs.charmap_decode(raw, "replace", _LETTERS[wrong])[0]


def is_misread(written: str, found: str) -> bool:
    """Say whether a text is what another one, in whichever capitals, reads as in a wrong encoding.

    Told of texts that seem to be written in another way: `São` read as `SÃ£o` has the same letters beside a sign, and
    `Montréal` read as `Montrйal` may pass for being spelled in other letters. Other capitals alone are no misreading.
    """
    if written.isascii() or found.isascii() or written.casefold() == found.casefold():
        return False
    texts = {written, written.upper(), written.lower()}
    return any(find_misreading(text, found) is not None or _misread_twice(text) == found for text in texts)


def find_misreading(written: str, found: str) -> Misreading | None:
    """The encoding of what was written and the one in which it reads as what was found."""
    if written.isascii():
        return None
    odd = _first_odd(written)
    for right in _encodings_of(written):
        for wrong, expected in _read_in_each_way(written, right, odd, found[odd : odd + 1]):
            if expected == found:
                return right, wrong
    return None


def misread_all(texts: Sequence[str], how: Misreading) -> list[str]:
    """What texts of one line are if misread so; `?` stands for what could not be written so."""
    right, wrong = how
    return _read_letters("\n".join(texts).encode(right, "replace"), wrong).split("\n")


def _same_but_lost(expected: str, found: str, spaced: str) -> bool:
    """Say whether a text is what was expected, unreadable letters aside; `spaced` is the text with single spaces."""
    if expected == found:
        return True
    lost = expected.count(LOST)
    if lost and found == expected.replace(LOST, "?" if len(found) == len(expected) else ""):
        return True
    return spaced.endswith(expected.rstrip()[-1:]) and _single_spaced(expected) == spaced != ""


def _single_spaced(text: str) -> str:
    return " ".join(text.split())
