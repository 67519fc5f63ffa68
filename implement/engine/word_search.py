"""Search by words over four languages: small letters, no accents, endings cut, the same on every database."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+")
PLAIN = str.maketrans({"ł": "l", "ß": "ss", "ё": "е", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d"})
MOST_WORDS, MOST_LETTERS = 8, 40


@dataclass(frozen=True)
class SearchSettings:
    """How endings are cut: nothing below `least_letters`, else `cut_letters`, but never below what stays."""

    least_letters: int = 5
    cut_letters: int = 2
    title_weight: int = 3


def fold(text: str) -> str:
    """A text as it is searched: small letters without accents, words with single blanks between."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign) or sign == "\N{COMBINING BREVE}")
    joined = unicodedata.normalize("NFC", bare).translate(PLAIN)
    return " ".join(WORD.findall(joined))


def find_stems(asked: str, settings: SearchSettings | None = None) -> tuple[str, ...]:
    """The beginnings of words that a text must hold: клиента finds клиенту, Kunden finds Kunde."""
    settings = settings or SearchSettings()
    words = [word[:MOST_LETTERS] for word in fold(asked).split()[:MOST_WORDS]]
    kept = [word[: max(settings.least_letters - 1, len(word) - settings.cut_letters)] for word in words]
    stems = [word if len(word) < settings.least_letters else stem for word, stem in zip(words, kept, strict=True)]
    return tuple(dict.fromkeys(stems))


def rank(stems: Sequence[str], title: str, text: str, settings: SearchSettings | None = None) -> int:
    """How well a folded title and text fit: words of the title count more, and only beginnings of words count."""
    settings = settings or SearchSettings()
    in_title = sum(word.startswith(stem) for stem in stems for word in title.split())
    in_text = sum(word.startswith(stem) for stem in stems for word in text.split())
    return settings.title_weight * in_title + in_text


def holds_all(stems: Sequence[str], folded: str) -> bool:
    """True when each stem begins a word of the folded text."""
    padded = f" {folded}"
    return all(f" {stem}" in padded for stem in stems)
