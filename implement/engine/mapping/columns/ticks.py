"""Ticks and blanks that say something: `X` or nothing on one side, `true` or `false` on the other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.looking.alignment import replaced
from implement.engine.mapping.looking.profile import Cells, ColumnProfile
from implement.engine.mapping.plan import TEXT, ColumnMapping
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.writing import is_blank, is_blank_word

MOSTLY = 0.95
"""The share of filled cells that hold the one value of a tick, or the two of a choice."""
LEAST_RENAMED = 0.5
NO_WORDS = frozenset(["0", "false", "f", "no", "n", "nein", "nie", "нет", "off", "aus", "inactive", "inaktiv"])
_BLANK = "\x02"


def is_tick(column: ColumnProfile) -> bool:
    """Say whether a column holds one value or nothing."""
    return column.filled < MOSTLY and _are_few(column, 1)


def _are_few(column: ColumnProfile, values: int) -> bool:
    return sum(times for _, times in column.counts.most_common(values)) >= MOSTLY * column.total > 0


def tick_agreement(one: ColumnProfile, other: ColumnProfile, written: Sequence[str], found: Sequence[str]) -> float:
    """How well a tick predicts a choice of two, nothing being one of them, above chance; 0 where neither is a tick."""
    sides = (one, other)
    if not any(map(is_tick, sides)) or not all(_are_few(column, 2) for column in sides):
        return 0.0
    return replaced([cell or _BLANK for cell in written], [cell or _BLANK for cell in found], 4)


def with_blanks(
    mapping: ColumnMapping,
    columns: tuple[ColumnProfile, ColumnProfile],
    rows: tuple[Cells, Cells],
    settings: MappingSettings,
) -> ColumnMapping:
    """The column with the word that stands where the other side is blank: of a tick, or of a list that was renamed."""
    is_choice = all(_are_few(column, 2) for column in columns)
    if not is_choice and not mapping.values:
        return mapping
    pairs = Counter(zip(*([_read(cell) for cell in cells] for cells in rows), strict=True))
    is_list = _is_renamed(mapping, pairs)
    added = set()
    word, no = (_beside_blank(pairs, side, settings) for side in (0, 1))
    if word and ((is_choice and is_tick(columns[0])) or (is_list and all(word != one for one, _ in pairs))):
        added.add(("", word))
    if is_choice and is_tick(columns[1]) and no.lower() in NO_WORDS:
        added.add((no, ""))
    return replace(mapping, values=tuple(sorted({*mapping.values, *added}))) if added else mapping


def _read(cell: str | None) -> str:
    return "" if cell is None or is_blank(cell) or is_blank_word(cell) else cell


def _is_renamed(mapping: ColumnMapping, pairs: Counter[tuple[str, str]]) -> bool:
    """Say whether the words of a list were replaced one by one."""
    filled = sum(times for pair, times in pairs.items() if all(pair))
    explained = sum(pairs[pair] for pair in mapping.values)
    return mapping.kind == TEXT and explained > LEAST_RENAMED * filled


def _beside_blank(pairs: Counter[tuple[str, str]], side: int, settings: MappingSettings) -> str:
    """The word that always stands on the other side where this one is blank, and nowhere else; empty if none does."""
    blank = {pair[1 - side]: times for pair, times in pairs.items() if not pair[side]}
    word = max(blank, key=lambda word: (blank[word], word), default="")
    everywhere = sum(times for pair, times in pairs.items() if pair[1 - side] == word)
    steady = blank.get(word, 0) >= settings.map_share * max(everywhere, sum(blank.values()))
    return word if steady and blank.get(word, 0) >= settings.map_rows else ""
