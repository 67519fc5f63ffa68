"""Several choices in one cell, which the target may call otherwise, set in another order and divide by other signs.

What each of them became is proved by matched rows: where the one stands, the other stands, and where it does not, not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from operator import eq

from implement.engine.mapping.looking.alignment import Pair
from implement.engine.mapping.looking.profile import Cells
from implement.engine.mapping.plan import LISTED, LOOSE, TEXT, WORDS, ColumnMapping, Writing
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.at_once import canonical_all, loosen_all
from implement.engine.mapping.writings.id_lists import SIGNS_OF_LISTS, hold_lists, is_list, order_ids, read_ids
from implement.engine.mapping.writings.writing import usual_layout

GLIMPSE = 80
MOST_CHOICES = 60
LEAST_EACH = 5
"""Among so few choices is chosen, each as often on average: the parts of sentences are many more."""
LEAST_GAINED = 3
"""In so many rows lists must be the same that are not when they are read as other texts are."""
LEAST_ROWS = 5
STANDS_THERE = 0.5
"""In more than so many of the rows with a choice stands what it became."""
ROUNDS = 5


@dataclass(frozen=True)
class _Row:
    """What was chosen in some rows of which the cells are the same, and what stands there."""

    ours: Sequence[str]
    theirs: frozenset[str]
    times: int


def hold_choices(cells: Cells) -> bool:
    """Say whether cells hold several of a few choices; most columns are seen not to by their first cells."""
    few = list(islice(filter(None, cells), GLIMPSE))
    if SIGNS_OF_LISTS.isdisjoint("".join(few)) or not _are_few("\n".join(few)) or not hold_lists(cells):
        return False
    times: Counter[str] = Counter()
    for cell, n in Counter(filter(None, cells)).items():
        times.update(dict.fromkeys(read_ids(cell), n))
        if len(times) > MOST_CHOICES:
            return False
    return len(times) * LEAST_EACH <= times.total()


def _are_few(cells: str) -> bool:
    return len(read_ids(cells)) <= MOST_CHOICES


def with_choices(mapping: ColumnMapping, pairs: Sequence[Pair], settings: MappingSettings) -> ColumnMapping:
    """The column as one of several choices, where that makes more of the rows equal than any other reading of it does.

    Where it makes as many equal, the shorter map is the likelier one.
    """
    if not pairs or mapping.kind not in (TEXT, LOOSE, WORDS):
        return mapping
    if not hold_choices([one for one, _ in pairs]) or not hold_choices([other for _, other in pairs]):
        return mapping
    plainly = _count_equal(mapping, pairs)
    if plainly == len(pairs) and mapping.kind != WORDS and not mapping.values:
        return mapping
    became = match_choices(pairs)
    blanks = [pair for pair in mapping.values if not all(pair)]
    values = sorted({*blanks, *((one, other) for one, other in became.items() if one != other)})
    found = replace(_laid_out(mapping, pairs), values=tuple(values))
    known = _count_equal(found, pairs)
    if known < settings.map_share * len(pairs):
        return mapping
    is_shorter = mapping.kind == WORDS or len(values) < len(mapping.values)
    return found if known >= plainly + LEAST_GAINED or (known >= plainly and is_shorter) else mapping


def _laid_out(mapping: ColumnMapping, pairs: Sequence[Pair]) -> ColumnMapping:
    """The column of lists, and how each side usually writes several in a cell."""
    one, other = (Writing(layout=usual_layout(filter(is_list, side))) for side in zip(*pairs, strict=True))
    return replace(mapping, kind=LISTED, rewritten=True, source_writing=one, target_writing=other)


def _count_equal(mapping: ColumnMapping, pairs: Sequence[Pair]) -> int:
    """How many cells are the same, or seem to be the same in another writing."""
    replaced = mapping.replaced
    if mapping.kind == LISTED:
        return sum(order_ids(one, replaced) == order_ids(other) for one, other in pairs)
    called, found = [replaced.get(one, one) for one, _ in pairs], [other for _, other in pairs]
    same = map(eq, canonical_all(called, mapping.kind, mapping.source_writing),
               canonical_all(found, mapping.kind, mapping.target_writing))  # fmt: skip
    alike = map(eq, loosen_all(called), loosen_all(found))
    return sum(map(max, same, alike))


def choices_agreement(pairs: Sequence[Pair]) -> float:
    """How well the choices of one column tell those of another, above the chance of the most usual ones."""
    if len(pairs) < LEAST_ROWS:
        return 0.0
    became = match_choices(pairs)
    equal = sum(order_ids(one, became) == order_ids(other) for one, other in pairs) / len(pairs)
    most = max(Counter(order_ids(other) for _, other in pairs).values()) / len(pairs)
    return max(0.0, (equal - most) / (1 - most)) if most < 1 else 0.0


def match_choices(pairs: Sequence[Pair]) -> dict[str, str]:
    """What each choice became: what stands there wherever it was chosen, beside what the others became."""
    rows = [_Row(read_ids(one), frozenset(read_ids(other)), n) for (one, other), n in Counter(pairs).items()]
    became = _guess(rows)
    for _ in range(ROUNDS):
        known = {**became}
        for choice, chosen in _by_choice(rows).items():
            votes = _vote(choice, chosen, became)
            best = max(votes, key=lambda one: (votes[one], one == became.get(choice), one), default="")
            became.pop(choice, None)
            if votes[best] > STANDS_THERE * sum(row.times for row in chosen):
                became[choice] = best
        if became == known:
            break
    return _without_single(became, rows)


def _guess(rows: Sequence[_Row]) -> dict[str, str]:
    """For each choice the one that most surely stands where it stands, each taken once while any is left."""
    beside, times, times_there = Counter[Pair](), Counter[str](), Counter[str]()
    for row in rows:
        beside.update(dict.fromkeys(product(row.ours, row.theirs), row.times))
        times.update(dict.fromkeys(row.ours, row.times))
        times_there.update(dict.fromkeys(row.theirs, row.times))
    often = {pair: n for pair, n in beside.items() if n > STANDS_THERE * times[pair[0]]}
    ranked = sorted(often, key=lambda pair: (-(often[pair] ** 2) / times[pair[0]] / times_there[pair[1]], pair))
    became: dict[str, str] = {}
    for one, other in ranked:
        if one not in became and other not in became.values():
            became[one] = other
    return became


def _by_choice(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    """The rows in which each was chosen."""
    found: dict[str, list[_Row]] = {}
    for row in rows:
        for choice in row.ours:
            found.setdefault(choice, []).append(row)
    return found


def _vote(choice: str, rows: Sequence[_Row], became: dict[str, str]) -> Counter[str]:
    """In how many rows something stands alone beside what the other choices became, or nothing but that."""
    votes: Counter[str] = Counter()
    for row in rows:
        others = {became[one] for one in row.ours if one != choice and one in became}
        alone = row.theirs - others
        if len(alone) < 2:
            votes.update(dict.fromkeys(alone or row.theirs, row.times))
    return votes


def _without_single(became: dict[str, str], rows: Sequence[_Row]) -> dict[str, str]:
    """The map without what was seen once, where others kept their words or it is what another became."""
    kept = any(one == other for one, other in became.items())
    times, taken = Counter[str](), Counter(became.values())
    for row in rows:
        times.update(dict.fromkeys(row.ours, row.times))
    return {one: other for one, other in became.items() if times[one] > 1 or (not kept and taken[other] == 1)}
