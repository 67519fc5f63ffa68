"""Two lists of choices that became one: label and state of a deal, told by a single stage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from implement.engine.mapping.looking.alignment import Alignment
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.plan import TEXT, Joined

LEAST_ROWS = 40
MOST_CHOICES = 20
MOST_LISTS = 8
"""Of more lists on a side no pairs are tried."""
TOLD = 0.95
"""Both values together tell so many of the third; one value alone leaves so many wrong as `ALONE` says."""
ALONE = 0.05
LEAST_EACH = 5
Cells = Sequence[str | None]


def find_united_lists(
    matched: Alignment | None, source: Mapping[str, ColumnProfile], target: Mapping[str, ColumnProfile]
) -> tuple[Joined, ...]:
    """Which two lists of the source, paired with none, together say what a list of the target says."""
    if matched is None or matched.size < LEAST_ROWS:
        return ()
    ones, others = _lists(source), _lists(target)
    if len(ones) > MOST_LISTS or len(others) > MOST_LISTS:
        return ()
    found: list[Joined] = []
    for whole in others:
        taken = {name for one in found for name in one.source}
        tried = [(one, other) for one, other in combinations(ones, 2) if not {one, other} & taken]
        told = [(_share(matched, both, whole), both) for both in tried]
        best = max((one for one in told if _are_needed(matched, one[1], whole, one[0])), default=None)
        if best is not None:
            found.append(Joined(best[1], (whole,), _values(matched, best[1], whole)))
    return tuple(found)


def _lists(columns: Mapping[str, ColumnProfile]) -> list[str]:
    return sorted(n for n, c in columns.items() if c.kind == TEXT and 1 < len(c.counts) <= MOST_CHOICES)


def _share(matched: Alignment, names: Sequence[str], whole: str) -> float:
    """In how many matched rows the usual value beside these is the one that stands there."""
    pairs = _count(matched, names, whole)
    return sum(max(found.values()) for found in pairs.values()) / matched.size


def _are_needed(matched: Alignment, names: tuple[str, str], whole: str, share: float) -> bool:
    alone = max(_share(matched, (name,), whole) for name in names)
    usual = [found.most_common(1)[0] for found in _count(matched, names, whole).values()]
    often = sum(times for _, times in usual if times >= LEAST_EACH)
    return share >= TOLD and alone <= share - ALONE and often >= TOLD * share * matched.size


def _count(matched: Alignment, names: Sequence[str], whole: str) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {}
    cells = zip(*(matched.source[name] for name in names), strict=True)
    for parts, found in zip(cells, matched.target[whole], strict=True):
        together = " ".join(part or "" for part in parts).strip()
        counted.setdefault(together, Counter())[found or ""] += 1
    return counted


def _values(matched: Alignment, names: Sequence[str], whole: str) -> tuple[tuple[str, str], ...]:
    counted = _count(matched, names, whole)
    usual = {together: found.most_common(1)[0][0] for together, found in counted.items() if together}
    return tuple(sorted((one, other) for one, other in usual.items() if other))
