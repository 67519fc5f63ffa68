"""Rows of both sides that belong together by a key, and what they say about columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import eq

from implement.engine.backend import Backend
from implement.engine.mapping.looking.profile import Cells, ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile, find_rows
from implement.engine.mapping.settings import MappingSettings

Pair = tuple[str, str]
LONGEST_COMPARED = 20
GLIMPSE = 250
"""Columns that agree in none of so many matched rows are not looked at further."""


@dataclass(frozen=True)
class Alignment:
    """Matched sample rows: position i of every source column belongs to position i of every target column."""

    source: dict[str, Cells]
    target: dict[str, Cells]
    size: int


def align(
    source: TableProfile, target: TableProfile, key: Sequence[Pair], backend: Backend, settings: MappingSettings
) -> Alignment:
    """Match rows whose key occurs once on either side."""
    source_rows = _rows_with_shared_keys(source, target, key[0][0], key[0][1], backend, settings)
    target_rows = _rows_with_shared_keys(target, source, key[0][1], key[0][0], backend, settings)
    source_index = _index_once([source_rows[column] for column, _ in key], [source.columns[c] for c, _ in key])
    target_index = _index_once([target_rows[column] for _, column in key], [target.columns[c] for _, c in key])
    shared = sorted(source_index.keys() & target_index.keys())
    step = max(1, len(shared) // settings.aligned_rows)
    picked = shared[::step]
    return Alignment(
        pick_rows_of(source_rows, [source_index[k] for k in picked]),
        pick_rows_of(target_rows, [target_index[k] for k in picked]),
        len(picked),
    )


def pick_rows_of(rows: Mapping[str, Cells], positions: Sequence[int]) -> dict[str, Cells]:
    """Some rows of a table by their positions."""
    return {name: [cells[position] for position in positions] for name, cells in rows.items()}


def _rows_with_shared_keys(
    profile: TableProfile,
    other: TableProfile,
    column: str,
    other_column: str,
    backend: Backend,
    settings: MappingSettings,
) -> dict[str, Cells]:
    if profile.complete:
        return dict(profile.rows)
    mine, theirs = profile.columns[column].sketch, other.columns[other_column].sketch
    shared = sorted(mine & theirs)[: settings.aligned_rows] or sorted(mine)[: settings.aligned_rows]
    return find_rows(profile, column, shared, backend)


def _index_once(cells: Sequence[Cells], columns: Sequence[ColumnProfile]) -> dict[str, int]:
    """Where each key that occurs exactly once stands."""
    keys = ["|".join(parts) if all(parts) else "" for parts in zip(*map(normal_cells, cells, columns), strict=True)]
    counts = Counter(keys)
    return {key: position for position, key in enumerate(keys) if key and counts[key] == 1}


def agreement(
    alignment: Alignment, source: ColumnProfile, target: ColumnProfile, written: Sequence[str], found: Sequence[str]
) -> float:
    """How much more often two columns agree on matched rows than by chance (Cohen 1960, kappa), 0 to 1."""
    step = len(written) // GLIMPSE
    few, others = written[:: max(1, step)], found[:: max(1, step)]
    if not any(compress(few, map(eq, few, others))):
        return 0.0
    pairs = [(one, other) for one, other in zip(written, found, strict=True) if one and other]
    if len(pairs) < 2:
        return 0.0
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(count * second[value] for value, count in first.items()) / len(pairs) ** 2
    both_filled = len(pairs) / max(1, sum(1 for one in written if one), sum(1 for other in found if other))
    if chance > 0.999:
        return both_filled * 0.5
    return max(0.0, (agreed - chance) / (1 - chance)) * (0.5 + 0.5 * both_filled)


def replaced(written: Sequence[str], found: Sequence[str], values: int) -> float:
    """How well one column predicts the other by a one-to-one replacement of values, above chance."""
    pairs = Counter(zip(written, found, strict=True))
    for blank in [pair for pair in pairs if not all(pair)]:
        del pairs[blank]
    total = pairs.total()
    if total < 5:
        return 0.0
    firsts, seconds = {one for one, _ in pairs}, {other for _, other in pairs}
    if not 1 < len(firsts) <= values or not 1 < len(seconds) <= values or len(firsts) * 3 > total:
        return 0.0
    explained = sum(count for _, count in one_to_one(pairs).items())
    others: Counter[str] = Counter()
    for (_, other), times in pairs.items():
        others[other] += times
    most = max(others.values()) / total
    return max(0.0, (explained / total - most) / (1 - most)) if most < 1 else 0.0


def one_to_one(pairs: Counter[Pair]) -> dict[Pair, int]:
    """The largest consistent replacement: each value once on either side, most frequent pairs first."""
    firsts: set[str] = set()
    seconds: set[str] = set()
    kept: dict[Pair, int] = {}
    for (one, other), count in sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0])):
        if one not in firsts and other not in seconds:
            firsts.add(one)
            seconds.add(other)
            kept[one, other] = count
    return kept


def normalised(cells: Cells, column: ColumnProfile) -> list[str]:
    """A column's cells in the loose form; of long texts the beginning, so that cut ones are still recognised."""
    return [cell[:LONGEST_COMPARED] for cell in normal_cells(cells, column)]


def normal_cells(cells: Cells, column: ColumnProfile) -> list[str]:
    """A column's cells in the loose form."""
    different = [cell for cell in dict.fromkeys(cells) if cell]
    known = dict(zip(different, column.read(different), strict=True))
    return [known[cell] if cell else "" for cell in cells]
