"""Values that became others one by one: what a column's words, codes or numbers are called in the target."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.looking.alignment import Pair, one_to_one
from implement.engine.mapping.plan import TEXT, ColumnMapping
from implement.engine.mapping.settings import MappingSettings

Counted = dict[Pair, int]


def with_values(mapping: ColumnMapping, pairs: Sequence[Pair], settings: MappingSettings) -> ColumnMapping:
    """Find one-to-one replacements: a value that always became the same other value, which stands for nothing else."""
    if mapping.kind != TEXT or not pairs:
        return mapping
    seen = Counter(pairs)
    firsts = Counter(one for one, _ in pairs)
    if len(firsts) > settings.map_values or len(firsts) * 2 > len(pairs):
        return mapping
    pairing = one_to_one(seen)
    kept = any(one == other for one, other in pairing)
    least = min(settings.map_rows if kept else 2, len(pairs))
    steady = _steady(pairing, _held_against(seen, pairing, settings), settings.map_share) & _steady(
        pairing, seen, settings.map_majority
    )
    found = {(one, other) for one, other in steady if one != other and pairing[one, other] >= least}
    return replace(mapping, values=tuple(sorted(found)))


def _held_against(seen: Counter[Pair], pairing: Counted, settings: MappingSettings) -> Counter[Pair]:
    """The rows by which a map is judged: where it holds for the column, values that changed places are not its fault.

    Such a row holds a value that has a counterpart of its own, and the counterpart of another value: it is a finding.
    """
    if sum(pairing.values()) < settings.map_share * seen.total():
        return seen
    ones, others = ({pair[side] for pair, times in pairing.items() if times > 1} for side in (0, 1))
    return Counter(
        {
            (one, other): times
            for (one, other), times in seen.items()
            if (one, other) in pairing or one not in ones or other not in others
        }
    )


def _steady(pairing: Counted, seen: Counter[Pair], share: float) -> set[Pair]:
    """The replacements that hold for so many of the rows with either value."""
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for (one, other), times in seen.items():
        firsts[one] += times
        seconds[other] += times
    return {pair for pair, times in pairing.items() if times >= share * max(firsts[pair[0]], seconds[pair[1]])}
