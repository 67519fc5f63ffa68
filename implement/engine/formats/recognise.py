"""Recognise what the distinct values of one column are."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice

from implement.engine.formats.dates import DATE_FORMATS, HOUR, OFFSET
from implement.engine.formats.numbers import NUMBER_FORMATS
from implement.engine.formats.profile import DEFAULT_FORMATS, ColumnProfile, FormatSettings, Kind
from implement.engine.formats.words import (
    FALSE_WORDS,
    FEWEST_PHONE_DIGITS,
    MAIL,
    MOST_PHONE_DIGITS,
    PHONE,
    TRUE_WORDS,
)

Counts = Mapping[str, int]
Parses = Callable[[str], bool]

DATE_NAMES = re.compile(
    r"date|datum|\bdata\b|_data|data_|дата|день|time|zeit|czas|время|_at$|_on$|birth|geburt|urodz|dob$|stamp|"
    r"created|modified|changed|updated|seen|login|erstellt|geändert|seit|bis$|termin",
    re.IGNORECASE,
)
SERIAL_RANGES = {
    "excel": (10_000, 80_000),
    "epoch_s": (631_152_000, 2_524_608_000),
    "epoch_ms": (631_152_000_000, 2_524_608_000_000),
}


def recognise(
    name: str, values: Counts, *, nulls: int = 0, settings: FormatSettings = DEFAULT_FORMATS
) -> ColumnProfile:
    """Say what a column holds from its distinct values and how often each occurs."""
    counts = _tidy_counts(values)
    nulls += sum(values.values()) - counts.total()
    kind, formats, share, ambiguous = _decide(name, counts, settings)
    longest = max(map(len, values), default=0)
    return ColumnProfile(
        name=name,
        kind=kind,
        formats=formats,
        share_parsed=share,
        rows=counts.total() + nulls,
        nulls=nulls,
        distinct=len(counts),
        ambiguous=ambiguous,
        is_plain=values.keys() == counts.keys() and all(is_plain(value, kind) for value in counts),
        is_zoned=kind is Kind.TIMESTAMP and any(map(_compiled(OFFSET).search, counts)),
        longest=longest,
        at_longest=sum(1 for value in values if len(value) == longest),
        examples=tuple(value for value, _ in counts.most_common(settings.examples)),
    )


Decision = tuple[Kind, tuple[str, ...], float, tuple[str, ...]]


def _decide(name: str, counts: Counter[str], settings: FormatSettings) -> Decision:
    if not counts:
        return Kind.BLANK, (), 1.0, ()
    least = settings.least_share_parsed
    if is_boolean(counts):
        return Kind.BOOLEAN, (), 1.0, ()
    numbers = _cover(counts, NUMBER_PARSERS, settings)
    dates = _cover(counts, DATE_PARSERS, settings)
    if dates.share >= least and dates.share >= numbers.share and _spread(counts):
        return _date_kind(dates, counts), dates.formats, dates.share, dates.ambiguous
    if numbers.share >= least and not _has_leading_zeros(counts):
        return _number_decision(name, numbers, counts)
    for kind, parses in ((Kind.MAIL, is_mail), (Kind.PHONE, is_phone)):
        share = _share(counts, parses)
        if share >= least:
            return kind, (), share, ()
    return Kind.TEXT, (), 1.0, ()


class Cover:
    """The writings that together parse a column, commonest first, and what they leave."""

    def __init__(self, formats: tuple[str, ...], share: float, ambiguous: tuple[str, ...]) -> None:
        self.formats, self.share, self.ambiguous = formats, share, ambiguous


def _cover(counts: Counter[str], parsers: Mapping[str, Parses], settings: FormatSettings) -> Cover:
    first_values = list(islice(counts, settings.first_look))
    if sum(any(parses(value) for parses in parsers.values()) for value in first_values) * 2 < len(first_values):
        return Cover((), 0.0, ())
    parsed = {name: {value for value in counts if parses(value)} for name, parses in parsers.items()}
    total, left = counts.total(), set(counts)
    formats: list[str] = []
    least = max(1.0, settings.least_share_of_format * total)
    while left:
        best = max(parsed, key=lambda name: _weight(parsed[name] & left, counts))
        if _weight(parsed[best] & left, counts) < least:
            break
        formats.append(best)
        left -= parsed[best]
    if not formats:
        return Cover((), 0.0, ())
    first = parsed[formats[0]]
    others = (name for name in parsed if name not in formats and parsed[name] == first)
    rivals = tuple(name for name in others if _differs(name, formats[0]))
    return Cover(tuple(formats), 1 - _weight(left, counts) / total, rivals)


def _differs(rival: str, chosen: str) -> bool:
    number = NUMBER_FORMATS.get(chosen)
    if number is None:
        return True
    return NUMBER_FORMATS[rival].decimal != number.decimal and number.name != "1234"


def _weight(values: set[str], counts: Counter[str]) -> int:
    return sum(counts[value] for value in values)


def _date_kind(dates: Cover, counts: Counter[str]) -> Kind:
    patterns = [_compiled(DATE_FORMATS[name].pattern) for name in dates.formats]
    for value in counts:
        matches = (pattern.match(value) for pattern in patterns)
        found = next((match for match in matches if match), None)
        if found and found.group(HOUR) is not None:
            return Kind.TIMESTAMP
    return Kind.DATE


def _number_decision(name: str, numbers: Cover, counts: Counter[str]) -> Decision:
    serials = _fitting_serials(counts) if numbers.formats[0] in ("1234", "1234.56") else ()
    if serials and DATE_NAMES.search(name):
        return Kind.TIMESTAMP if serials[0] != "excel" else Kind.DATE, serials[:1], numbers.share, (numbers.formats[0],)
    whole = all(_is_whole(value) for value in counts)
    kind = Kind.INTEGER if whole and numbers.formats == ("1234",) else Kind.DECIMAL
    return kind, numbers.formats, numbers.share, numbers.ambiguous + serials


def _fitting_serials(counts: Counter[str]) -> tuple[str, ...]:
    plain = re.compile(r"^\d{5,13}(?:\.\d+)?$")
    amounts = [float(value) for value in counts if plain.match(value)]
    if len(amounts) < len(counts):
        return ()
    low, high = min(amounts), max(amounts)
    return tuple(name for name, (least, most) in SERIAL_RANGES.items() if least <= low and high <= most)


def _is_whole(value: str) -> bool:
    return value.lstrip("+-").isdigit()


def _has_leading_zeros(counts: Counter[str]) -> bool:
    return any(len(value) > 1 and value[0] == "0" and value.isdigit() for value in counts)


def _spread(counts: Counter[str]) -> bool:
    return not all(value.isdigit() for value in counts) or len(counts) > 1


def is_boolean(counts: Counter[str]) -> bool:
    """Whether the values are yes and no in one of the known languages."""
    words = {value.casefold() for value in counts}
    return words <= {*TRUE_WORDS, *FALSE_WORDS} and bool(words & set(TRUE_WORDS) or len(words) == 1) and words != {"x"}


def is_mail(value: str) -> bool:
    """Whether a value is one mail address."""
    return _compiled(MAIL).match(value) is not None


def is_phone(value: str) -> bool:
    """Whether a value is one phone number."""
    digits = sum(sign.isdigit() for sign in value)
    return FEWEST_PHONE_DIGITS <= digits <= MOST_PHONE_DIGITS and _compiled(PHONE).match(value) is not None


def is_plain(value: str, kind: Kind) -> bool:
    """Whether a tidy value already is its own canonical text."""
    if kind in (Kind.INTEGER, Kind.DECIMAL):
        return re.fullmatch(r"0|-?(?:0\.|[1-9]\d*\.)\d*[1-9]|-?[1-9]\d*", value) is not None
    if kind in (Kind.DATE, Kind.TIMESTAMP):
        iso = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?", value)
        return iso is not None and not value.endswith("T00:00:00")
    if kind is Kind.BOOLEAN:
        return value in ("true", "false")
    return kind is Kind.TEXT or (kind is Kind.MAIL and value == value.lower() and not value.startswith("mailto:"))


def tidy(value: str) -> str:
    """Trim a text, collapse its white space and compose its letters (NFC)."""
    joined = " ".join(value.split())
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def _tidy_counts(values: Counts) -> Counter[str]:
    counts: Counter[str] = Counter()
    for value, times in values.items():
        if kept := tidy(value):
            counts[kept] += times
    return counts


def _share(counts: Counter[str], parses: Parses) -> float:
    return sum(times for value, times in counts.items() if parses(value)) / counts.total()


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _parser(pattern: str) -> Parses:
    return lambda value: _compiled(pattern).match(value) is not None


DATE_PARSERS = {name: _parser(written.pattern) for name, written in DATE_FORMATS.items()}
NUMBER_PARSERS = {name: _parser(written.pattern) for name, written in NUMBER_FORMATS.items()}
