"""Recognise how a single cell was damaged on its way."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from implement.engine.mapping.plan import DATE, NUMBER
from implement.engine.mapping.writings.dates import read_serial
from implement.engine.mapping.writings.numbers import CURRENCY, plain_number, read_number
from implement.engine.reconcile.cells.lost_letters import letters_lost
from implement.engine.reconcile.cells.misreading import is_decoded_wrongly

LEAST_RECASED = 3
"""Shorter texts, such as codes, are not taken for others in other capitals."""
LEAST_CUT = 2
"""Of fewer letters only a short text is what was left when it was cut off."""
FULL_DIGITS = 15
"""So many digits a spreadsheet keeps of a number; it writes zeros for those that follow."""
SURE_DIGITS = 14
"""To so many digits a number that a spreadsheet worked out is right; what follows may be noise."""
PLAIN_DIGITS = 12
"""A number with more digits may have been worked out, and was not written by hand."""
_SIGNS = bytes(letter for letter in range(256) if letter >= 128 or not (chr(letter).isalnum() or letter == ord("\n")))
_PHONE = re.compile(r"[+(]*\d[\d\s()./-]{5,}\d(\W{0,3}(?:x|ext|extension|доб|wew|dw|tlw)\W{0,3}\d{1,6})?")
_NO_DIGIT = re.compile(r"\D")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{5}")
"""No sign of a currency that is read beside a number has so many letters."""
_LIKE_DATE = re.compile(r"\d{1,2}[-./]\d{1,4}")
_OF_NUMBERS = re.compile(rf"(?:[-+\d.,'\s\u202f]++|{CURRENCY.pattern}|[eE])++")
"""What the text of a number consists of."""
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+")


def is_mojibake(written: str, found: str) -> bool:
    """Say whether a text was decoded with the wrong table, lost its letters to `?`, or kept its escapes."""
    if written.isascii() and found.isascii():
        return html.unescape(found) == written and found != written
    if html.unescape(found) == written or html.unescape(html.unescape(found)) == written:
        return True
    return _is_rubbish(written, found) or letters_lost(written, found) or is_decoded_wrongly(written, found)


def _is_rubbish(written: str, found: str) -> bool:
    """All plain letters stand where they stood, and what was beyond ASCII became signs no text uses."""
    if written.isascii() or _plain_letters(written) != _plain_letters(found):
        return False
    signs = {*found} - {*written}
    return any(not letter.isascii() and unicodedata.category(letter)[0] in "SCN" for letter in signs)


def _plain_letters(text: str) -> str:
    return keep_plain_letters([text.replace("\n", " ")])[0]


def keep_plain_letters(texts: Sequence[str]) -> list[str]:
    """The letters and digits of each text that no encoding changes; none of the texts holds a line end."""
    return "\n".join(texts).encode().translate(None, _SIGNS).decode().split("\n")


def in_capitals_of(written: str, found: str) -> str:
    """A text in capitals, or in small letters, where all that was found is."""
    if len(found) < LEAST_RECASED:
        return written
    return written.upper() if found.isupper() else written.lower() if found.islower() else written


def is_same_phone(written: str, found: str) -> bool:
    """Say whether two phone numbers, one with an extension, have the same digits: `x12`, `ext. 12`."""
    phones = [_match_phone(cell) for cell in (written, found)]
    if not all(phones) or not any(phone and phone[1] for phone in phones):
        return False
    return _NO_DIGIT.sub("", written) == _NO_DIGIT.sub("", found)


def is_phone(cell: str) -> bool:
    """Say whether a text is written as phone numbers are, with or without an extension."""
    return _match_phone(cell) is not None


def _match_phone(cell: str) -> re.Match[str] | None:
    return _PHONE.fullmatch(cell.strip().lower())


def is_date_swapped(written: str, found: str) -> bool:
    """Say whether day and month of an ISO date changed places."""
    day, other = written[:10], found[:10]
    return day != other and day[:4] == other[:4] and day[5:7] == other[8:10] and day[8:10] == other[5:7]


def is_truncated(written: str, found: str) -> bool:
    """Say whether a text was cut off."""
    kept = found.rstrip("….").rstrip() if found.endswith(("…", "...")) else found
    return 0 < len(kept) < len(written) and written.startswith(kept) and (len(kept) >= LEAST_CUT or len(written) <= 4)


def is_number_damage(written: str, found: str, kind: str) -> bool:
    """Say whether a spreadsheet or a wrong decimal sign damaged a number, an id or a date."""
    if kind == DATE:
        day = read_serial(found)
        return day is not None and "1950" <= day <= "2070" and not read_serial(written)
    one, other = _plain(written), _plain(found)
    if one is None or other is None:
        return _became_date(written, found)
    if other.lstrip("-0") == one.lstrip("-0") and one != other:
        return True
    if written.strip().lstrip("0") == found.strip() and written.startswith("0"):
        return True
    return _has_noise(one, other) or _is_rounded(one, other, found) or _sign_misread(written, found, kind)


def may_be_number(cell: str) -> bool:
    """Say at a glance whether a text may be a number: it has digits and no long word."""
    return not _WORD.search(cell) and _DIGIT.search(cell) is not None


def is_plainly_number(cell: str) -> bool:
    """Say whether a text can be read as a number, whichever its decimal sign."""
    return _plain(cell) is not None


@lru_cache(maxsize=50_000)
def _plain(cell: str) -> str | None:
    text = cell.strip().replace(" ", "").replace("\u00a0", "")
    if not _OF_NUMBERS.fullmatch(text):
        return None
    if _SCIENTIFIC.fullmatch(text):
        return plain_number(text.replace(",", "."))
    return None if _WORD.search(text) else read_number(text, text.rfind(",") > text.rfind("."))


def _has_noise(one: str, other: str) -> bool:
    """One is plainly written, the other the nearest a machine came to it: `642.55` and `642.5500000000001`.

    The number is the same as far as a spreadsheet counts, but the cell holds what nobody wrote: it is damaged.
    """
    plain, long = sorted((_count_digits(one), _count_digits(other)))
    if plain > PLAIN_DIGITS or long <= SURE_DIGITS or "." not in one + other:
        return False
    return len({f"{float(number):.{SURE_DIGITS - 1}e}" for number in (one, other)}) == 1


def _count_digits(number: str) -> int:
    return len(number.lstrip("-0.").replace(".", ""))


def _is_rounded(one: str, other: str, found: str) -> bool:
    """The first digits are kept, the rest became zeros or went away."""
    digits, kept = one.lstrip("-").replace(".", "").strip("0"), other.lstrip("-").replace(".", "").strip("0")
    if _SCIENTIFIC.fullmatch(found.strip()):
        return _near(one, other, len(kept))
    if one == other:
        return False
    if _is_cut_to_full_digits(one, other):
        return True
    if len(one.partition(".")[0]) >= 12 and other.endswith("0") and len(one.partition(".")[0]) == len(other):
        return _near(one, other, min(len(kept), len(digits) - 1))
    whole, point, _ = one.partition(".")
    return bool(point) and "." not in other and abs(float(one) - float(other)) < 1 and len(whole) >= 1


def _is_cut_to_full_digits(one: str, other: str) -> bool:
    """The digits a spreadsheet keeps are the same, and each that follows became a zero."""
    whole = one.partition(".")[0]
    return len(whole) > FULL_DIGITS and other == whole[:FULL_DIGITS].ljust(len(whole), "0")


def _near(one: str, other: str, digits: int) -> bool:
    try:
        first, second = float(one), float(other)
    except ValueError:
        return False
    return first != 0 and abs(first - second) <= abs(first) * 10.0 ** -(max(1, digits) - 1) * 0.51


def _sign_misread(written: str, found: str, kind: str) -> bool:
    """The digits are the same, only the decimal or thousands sign moved or went away."""
    first, second = re.sub(r"\D", "", written), re.sub(r"\D", "", found)
    if not first or (kind != NUMBER and not re.search(r"[.,]", written + found)):
        return False
    if written.strip().startswith("-") != found.strip().startswith("-"):
        return False
    if kind == NUMBER and 3 <= len(second) < len(first) and first.startswith(second) and re.search(r"[.,]", found):
        return len(written.split(".")[0].split(",")[0].lstrip("+-")) == len(second)
    same = first.strip("0") == second.strip("0") != ""
    return same and (re.search(r"[.,]", written + found) is not None or first == second)


def may_become_date(written: str) -> bool:
    """Say whether a text is one like `3-4` that a spreadsheet takes for a date."""
    return _LIKE_DATE.fullmatch(written.strip()) is not None


def _became_date(written: str, found: str) -> bool:
    return may_become_date(written) and bool(re.search(r"\d{4}-\d{2}-\d{2}|[A-Za-zА-Яа-я]{3}", found))
