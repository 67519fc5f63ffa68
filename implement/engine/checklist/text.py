"""One wording in the four languages of the product; there is no fallback from one language to another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

LANGUAGES = ("en", "de", "pl", "ru")
SMALLEST_GROUPED = 10_000

_BLANK = re.compile(r"\{([a-z0-9_]+)\}")
_SEPARATORS = {"en": (",", "."), "de": (".", ","), "pl": ("\u00a0", ","), "ru": ("\u00a0", ",")}


class UnknownLanguage(ValueError):
    """A wording was asked for in a language that the product does not speak."""


@dataclass(frozen=True)
class Text:
    """One wording in English, German, Polish and Russian, possibly with `{blanks}` to be filled."""

    en: str
    de: str
    pl: str
    ru: str

    def in_language(self, language: str) -> str:
        """The wording in one of the four languages; raises UnknownLanguage instead of falling back."""
        wordings = {"en": self.en, "de": self.de, "pl": self.pl, "ru": self.ru}
        if language not in wordings:
            raise UnknownLanguage(language)
        return wordings[language]

    def filled(self, language: str, values: Mapping[str, str]) -> str:
        """The wording with each `{blank}` replaced by its value; an unfilled blank raises KeyError."""
        return _BLANK.sub(lambda blank: values[blank[1]], self.in_language(language))

    def blanks(self, language: str) -> frozenset[str]:
        """The names of the blanks that this wording leaves open in one language."""
        return frozenset(_BLANK.findall(self.in_language(language)))


def show_number(number: Decimal | Fraction | int, language: str, decimals: int = 2) -> str:
    """A number as people of the language write it: half up, no trailing zeros, thousands grouped from 10,000 on."""
    if language not in _SEPARATORS:
        raise UnknownLanguage(language)
    group, point = _SEPARATORS[language]
    exact = Fraction(number)
    rounded = floor(abs(exact) * 10**decimals + Fraction(1, 2))
    whole, part = divmod(rounded, 10**decimals)
    grouped = f"{whole:,}".replace(",", group) if whole >= SMALLEST_GROUPED else str(whole)
    shown_part = f"{part:0{decimals}d}".rstrip("0")
    sign = "−" if exact < 0 and rounded else ""
    return sign + grouped + (point + shown_part if shown_part else "")
