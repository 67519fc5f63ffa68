"""Texts spelled in plain Latin letters: Cyrillic ones, those with marks, and both of many cells at once."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.mapping.writings.letters import turn_letters
from implement.engine.mapping.writings.markup import may_have_markup
from implement.engine.mapping.writings.writing import loosen

_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_BY_ONE = str.maketrans("абвгдеёзийклмнопрстуфхыэіїєґłøđå", "abvgdeeziiklmnoprstufhyeiiegloda", "ъь")
_BY_TWO = {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
_BY_TWO |= {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "þ": "th", "œ": "oe"}
_SPELT = _BY_ONE | str.maketrans(_BY_TWO)
_SCHOOLS = (
    ("shch", "s"),
    ("sch", "s"),
    ("kh", "h"),
    ("ch", "c"),
    ("zh", "z"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("x", "ks"),
    ("j", ""),
    ("y", ""),
    ("w", "v"),
)
_NO_VOWEL = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=50_000)
def is_transliteration(written: str, found: str) -> bool:
    """Say whether the same text is spelled in plain Latin letters (or the other way round)."""
    if written.isascii() == found.isascii() and has_cyrillic(written) == has_cyrillic(found):
        return False
    one, other = spell_plain(written), spell_plain(found)
    if one and (one == other or loosen(_without_marks(written)) == loosen(_without_marks(found))):
        return True
    return has_cyrillic(written) != has_cyrillic(found) and _skeleton(one) == _skeleton(other) != ""


def has_cyrillic(text: str) -> bool:
    """Say whether a text has Cyrillic letters."""
    return not text.isascii() and _CYRILLIC_LETTER.search(text) is not None


@lru_cache(maxsize=50_000)
def spell_plain(text: str) -> str:
    """Spell a text in small plain Latin letters and digits."""
    return loosen(_in_latin(text))


def spell_all(cells: Sequence[str]) -> list[str]:
    """What `spell_plain` makes of each cell."""
    text = "\n".join(cells)
    spelled = None if may_have_markup(text) else turn_letters(text, spell_plain)
    lines = spelled.split("\n") if spelled is not None else []
    return lines if len(lines) == len(cells) else loosen_all(_at_once(cells, _in_latin))


def unmark_all(cells: Sequence[str]) -> list[str]:
    """The cells in small letters without marks; what is equal then differs in writing alone."""
    return loosen_all(_at_once(cells, _without_marks))


def skeletons(cells: Sequence[str]) -> list[str]:
    """The consonants of cells that are spelled plainly."""
    return _at_once(cells, _skeleton)


def _at_once(cells: Sequence[str], rewrite: Callable[[str], str]) -> list[str]:
    rewritten = rewrite("\n".join(cells)).split("\n")
    return rewritten if len(rewritten) == len(cells) else list(map(rewrite, cells))


def _in_latin(text: str) -> str:
    return _without_marks(unicodedata.normalize("NFC", text).casefold().translate(_SPELT))


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    if plain.isascii():
        return plain
    for letter in set(plain):
        if unicodedata.combining(letter):
            plain = plain.replace(letter, "")
    return plain.replace("ł", "l").replace("ß", "ss")


def _skeleton(text: str) -> str:
    """Consonants only, the many schools of transliteration brought to one."""
    for several, one in _SCHOOLS:
        text = text.replace(several, one)
    return text.translate(_NO_VOWEL)
