"""Column and table names as bare words, whatever their spelling."""

import re
import unicodedata

_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae"})
_CAMEL = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_APART = re.compile(r"[^0-9a-zа-яё]+")


def header_words(header: str) -> tuple[str, ...]:
    """Split a name into lower-case words without accents: `OrgResource`, `org:resource` → org, resource."""
    spaced = _CAMEL.sub(" ", header.strip().translate(_LETTERS))
    bare = spaced if spaced.isascii() else _without_accents(spaced)
    return tuple(word for word in _APART.split(bare.casefold()) if word)


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def bare_header(header: str) -> str:
    """Write a name as its words with single spaces, for exact comparison."""
    return " ".join(header_words(header))


def name_likeness(header: str, words: tuple[str, ...]) -> float:
    """Say how well a name fits a list of words, best first: 1 the very name, 0 nothing in common.

    An exact name beats one that merely contains the words; earlier words of the list beat later ones.
    """
    bare = bare_header(header)
    if not bare:
        return 0.0
    best = 0.0
    parts = f" {bare} "
    for rank, candidate in enumerate(words):
        if bare == candidate:
            return 1.0 - 0.2 * rank / len(words)
        if f" {candidate} " in parts:
            share = len(candidate) / len(bare)
            best = max(best, (0.45 + 0.25 * share) * (1.0 - 0.2 * rank / len(words)))
    return best
