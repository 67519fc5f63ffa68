"""What one column says about itself: blanks in disguise, several writings, slips, broken letters, lost zeros."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher

import ftfy
import ftfy.badness

from implement.engine.formats import ColumnProfile, Kind, recognise
from implement.engine.formats.numbers import NUMBER_FORMATS
from implement.engine.formats.recognise import DATE_PARSERS, NUMBER_PARSERS, is_mail, is_phone
from implement.engine.health import finding as kinds
from implement.engine.health.cells import Cells
from implement.engine.health.finding import HealthFinding
from implement.engine.health.settings import HealthSettings
from implement.engine.mapping.writings.writing import loosen, tidy

Check = Callable[[Cells, ColumnProfile, HealthSettings], list[HealthFinding]]
EXPONENT = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,2}")
BROKEN = re.compile("[\ufffd\x80-\x9f]|(?<=[^\\W\\d_])\\?(?=[^\\W\\d_])")
NUMBERS, DATES = (Kind.INTEGER, Kind.DECIMAL), (Kind.DATE, Kind.TIMESTAMP)


def check_column(cells: Cells, settings: HealthSettings) -> list[HealthFinding]:
    """Everything a column says about itself."""
    profile = recognise(cells.column, cells.counter(settings.profiled_values))
    return [found for check in CHECKS for found in check(cells, profile, settings)]


def find_empty(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Rows without a value in a column that most rows fill."""
    empty = cells.where_empty()
    count = int(empty.sum())
    if not count or cells.filled < settings.required_share * len(cells.rows):
        return []
    behind = kinds.RowsBehind(cells.rows[empty], [""] * count, [""] * count)
    return [HealthFinding(cells.table, cells.column, kinds.EMPTY, len(cells.rows), behind)]


def find_blank_words(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Cells that only say that they are empty."""
    chosen = {
        place: ""
        for place, value in enumerate(cells.values)
        if value.casefold() in settings.blank_words
        and (len(cells.values) > 1 and cells.counts[place] < settings.blank_word_share * len(cells.rows))
        and profile.kind is not Kind.BOOLEAN
    }
    return cells.tell(kinds.BLANK_WORD, chosen, settings.examples)


def find_mixed_writings(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Dates in several orders, decimals with both signs, and cells that are none of what the column holds."""
    if profile.kind in DATES:
        return _tell_minority(cells, kinds.MIXED_DATES, _write(cells, profile, DATE_PARSERS), settings)
    if profile.kind in NUMBERS:
        signs = {
            place: NUMBER_FORMATS[name].decimal if name in NUMBER_FORMATS else name
            for place, name in _write(cells, profile, NUMBER_PARSERS).items()
        }
        named = {place: f"1{sign}5" if sign in (",", ".") else sign for place, sign in signs.items() if sign != "1"}
        return _tell_minority(cells, kinds.MIXED_DECIMALS, named, settings)
    return []


def find_other_contacts(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Phones in several writings; cells of a mail or phone column that are none."""
    known = {Kind.MAIL: is_mail, Kind.PHONE: is_phone}.get(profile.kind)
    if known is None:
        return []
    odd = {place: "" for place, value in enumerate(cells.values) if not known(tidy(value))}
    odd = {place: "" for place in odd if cells.values[place].casefold() not in settings.blank_words}
    found = cells.tell(kinds.UNREADABLE, odd, settings.examples)
    if profile.kind is Kind.PHONE:
        classes = {place: _phone_class(value) for place, value in enumerate(cells.values) if place not in odd}
        found += _tell_minority(cells, kinds.MIXED_PHONES, classes, settings)
    return found


def find_misspelt(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Rare categories that are written much like a frequent one."""
    few = 1 < len(cells.values) <= settings.categories and cells.filled >= settings.category_rows
    if not few or profile.kind is not Kind.TEXT or cells.unique > 0.5:
        return []
    rare = max(1, settings.misspelt_share * cells.filled)
    chosen = {}
    for place in range(len(cells.values)):
        meant = _find_meant(cells, place, settings) if cells.counts[place] <= rare else ""
        if meant := meant or _find_same_letters(cells, place):
            chosen[place] = meant
    return cells.tell(kinds.MISSPELT, chosen, settings.examples)


def find_broken_letters(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Texts that were read in the wrong encoding somewhere before."""
    chosen = {}
    for place, value in enumerate(cells.values):
        if not value.isascii() and ftfy.badness.is_bad(value):
            repaired = ftfy.fix_encoding(value)
            chosen[place] = repaired if repaired != value else ""
        elif BROKEN.search(value) and "://" not in value:
            chosen[place] = ""
    return cells.tell(kinds.BROKEN_LETTERS, chosen, settings.examples)


def find_lost_zeros(cells: Cells, profile: ColumnProfile, settings: HealthSettings) -> list[HealthFinding]:
    """Codes of figures that lost their leading zeros, and long figures that a spreadsheet turned into 1.2E+10."""
    powers = {place: "" for place, value in enumerate(cells.values) if EXPONENT.fullmatch(value)}
    found = cells.tell(kinds.SPREADSHEET_NUMBER, powers, settings.examples)
    figures = {place: len(value) for place, value in enumerate(cells.values) if value.isdecimal()}
    lengths: Counter[int] = Counter()
    for place, length in figures.items():
        lengths[length] += int(cells.counts[place])
    usual = lengths.most_common(1)[0][0] if lengths else 0
    zeros = any(cells.values[place][0] == "0" and len(cells.values[place]) > 1 for place in figures)
    is_code = lengths.total() >= settings.figures_share * cells.filled
    if zeros and is_code and lengths[usual] >= settings.code_share * cells.filled and usual >= settings.least_letters:
        short = {p: cells.values[p].zfill(usual) for p, size in figures.items() if usual - 2 <= size < usual}
        found += cells.tell(kinds.LEADING_ZEROS, short, settings.examples)
    return found


def find_alike(value: str, among: Mapping[str, int], settings: HealthSettings) -> str:
    """The value among others that was probably meant; empty when none is alike enough."""
    loose = loosen(value)
    if len(loose) < settings.least_letters:
        return next((other for other in among if loosen(other) == loose), "")
    best, best_share = "", settings.alike
    matcher = SequenceMatcher(b=loose, autojunk=False)
    for other in among:
        matcher.set_seq1(loosen(other))
        if loosen(other)[:1] != loose[0]:
            continue
        if matcher.real_quick_ratio() >= best_share and matcher.quick_ratio() >= best_share:
            share = matcher.ratio()
            if share >= best_share:
                best, best_share = other, share
    return best


def _write(cells: Cells, profile: ColumnProfile, parsers: Mapping[str, Callable[[str], bool]]) -> dict[int, str]:
    """For each value the first writing that reads it, the column's own first; empty when none does."""
    names = dict.fromkeys([*profile.formats, *parsers])
    written = {}
    for place, value in enumerate(cells.values):
        text = tidy(value)
        written[place] = next((name for name in names if name in parsers and parsers[name](text)), "")
        if not written[place] and profile.formats and profile.formats[0] not in parsers:
            written[place] = profile.formats[0]
    return written


def _tell_minority(cells: Cells, kind: str, named: Mapping[int, str], settings: HealthSettings) -> list[HealthFinding]:
    """Findings on values written otherwise than most, and on values that cannot be read at all."""
    weights: Counter[str] = Counter()
    for place, name in named.items():
        if name:
            weights[name] += int(cells.counts[place])
    if not weights:
        return []
    usual = weights.most_common(1)[0][0]
    others = {place: name for place, name in named.items() if name not in ("", usual)}
    blank = settings.blank_words
    unread = {p: "" for p, name in named.items() if not name and cells.values[p].casefold() not in blank}
    told = cells.tell(kind, others, settings.examples)
    return told + cells.tell(kinds.UNREADABLE, unread, settings.examples)


def _phone_class(value: str) -> str:
    text = value.strip()
    if text.startswith("+"):
        return "+"
    if text.startswith("00"):
        return "00"
    digits = re.sub(r"\D", "", text)
    return "0…" if digits.startswith("0") else "…"


def _find_meant(cells: Cells, place: int, settings: HealthSettings) -> str:
    least = settings.misspelt_times * int(cells.counts[place])
    often = {
        value: int(count)
        for value, count in zip(cells.values, cells.counts, strict=True)
        if count >= least and value != cells.values[place]
    }
    value = cells.values[place]
    if any(sign.isdigit() for sign in value):
        return next((other for other in often if loosen(other) == loosen(value)), "")
    return find_alike(value, often, settings)


def _find_same_letters(cells: Cells, place: int) -> str:
    """A commoner value that differs in capitals, spaces or signs alone."""
    loose = loosen(cells.values[place])
    same = [
        (int(count), value)
        for value, count in zip(cells.values, cells.counts, strict=True)
        if loose and loosen(value) == loose and value != cells.values[place] and count > cells.counts[place]
    ]
    return max(same)[1] if same else ""


CHECKS: tuple[Check, ...] = (
    find_empty, find_blank_words, find_mixed_writings, find_other_contacts, find_misspelt, find_broken_letters,
    find_lost_zeros,
)  # fmt: skip
