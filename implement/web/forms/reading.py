"""Read numbers and days as people of the four languages type them; what is ambiguous is refused, never guessed."""

import re
from datetime import date
from decimal import Decimal

SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007'’", " "))
DECIMAL_POINT = {"en": ".", "de": ",", "pl": ",", "ru": ","}
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DOTTED_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})(?:\s*г\.?)?")


class NotReadable(ValueError):
    """What was typed is no number or no day."""


def read_number(text: str, language: str) -> Decimal:
    """Read 1.234,56 or 1,234.56 or 1 234,56.

    The language's own point wins; the other one is taken only where its own makes no sense (12.50 typed in German).
    """
    plain = text.translate(SPACES).replace("\u2212", "-").strip()
    own = DECIMAL_POINT.get(language, ".")
    for point in (own, "." if own == "," else ","):
        if _number_pattern(point).fullmatch(plain):
            return Decimal(_without_groups(plain, point))
    raise NotReadable(text)


def read_day(text: str) -> date:
    """Read 2024-03-31, as browsers send it, or 31.03.2024; slashes are refused, because nobody can know their order."""
    plain = text.translate(SPACES).strip()
    iso, dotted = ISO_DAY.fullmatch(plain), DOTTED_DAY.fullmatch(plain)
    if iso is None and dotted is None:
        raise NotReadable(text)
    year, month, day_of_month = iso.groups() if iso else reversed(dotted.groups())  # type: ignore[union-attr]
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError as fault:
        raise NotReadable(text) from fault


def _number_pattern(point: str) -> re.Pattern[str]:
    """Either no groups, or groups of exactly three figures parted by the other sign or a space."""
    group = r"[, ]" if point == "." else r"[. ]"
    return re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:({group})\d{{3}})(?:\1\d{{3}})*)(?:{re.escape(point)}\d+)?", re.ASCII)


def _without_groups(plain: str, point: str) -> str:
    whole, _, rest = plain.partition(point)
    return re.sub(r"[., ]", "", whole) + ("." + rest if rest else "")
