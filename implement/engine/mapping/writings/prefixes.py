"""Values that one side writes with something before them: trunk and country codes, `https://`, a mark of its own."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from implement.engine.mapping.plan import LOOSE, ColumnMapping
from implement.engine.mapping.writings.at_once import loosen_all

LEAST_TAIL = 6
"""So many letters and digits at the end must be the same."""
LONGEST_PREFIX = 12
LEAST_SHARE = 0.03
"""A prefix that stands before fewer of the values is no habit."""
EXPLAINED_SHARE = 0.6
LEAST_MARKED = 5
"""So many different values must stand behind a mark, and so many of all (`LEAST_APART`)."""
LEAST_APART = 0.2
MARKED_SHARE = 0.9
ABROAD = "00", ""
"""What stands before a country code as it is dialled, and before one behind `+`, of which letters and digits count."""
Pairs = Sequence[tuple[str, str]]


def same_tails(written: Sequence[str], found: Sequence[str]) -> float:
    """The share of filled pairs that differ at most by what stands before a long common end."""
    pairs = [(one, other) for one, other in zip(written, found, strict=True) if one and other]
    if len(pairs) < LEAST_TAIL:
        return 0.0
    alike = [pair for pair in pairs if pair[0][-LEAST_TAIL:] == pair[1][-LEAST_TAIL:]]
    return sum(split_heads(one, other) is not None for one, other in alike) / len(pairs)


def split_heads(one: str, other: str) -> tuple[str, str] | None:
    """What stands before the common end of two values, if that is nearly all of the shorter one."""
    heads = _before_common_end(one, other)
    size = len(one) - len(heads[0])
    if size < LEAST_TAIL or min(map(len, heads)) > 2 or max(map(len, heads)) > LONGEST_PREFIX:
        return None
    return heads


def _before_common_end(one: str, other: str) -> tuple[str, str]:
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return one[: len(one) - size], other[: len(other) - size]


def same_after_mark(written: Sequence[str], found: Sequence[str]) -> float:
    """The share of filled pairs that differ by the same marks before their values alone: `5001` and `leg5001`."""
    pairs = [(one, other) for one, other in zip(written, found, strict=True) if one and other]
    return _usual_mark(pairs)[1]


def split_mark(one: str, other: str) -> tuple[str, str] | None:
    """What stands before the common end of two values, be it short, if it has a letter: `("", "leg")`."""
    heads = _before_common_end(one, other)
    if len(heads[0]) == len(one) or max(map(len, heads)) > LONGEST_PREFIX or not any(map(str.isalpha, "".join(heads))):
        return None
    return heads


def _usual_mark(pairs: Pairs) -> tuple[tuple[str, str], float]:
    """The marks before most values and the share of their pairs; none where few values are told apart behind them.

    `Herr` and `Mr` have the same end in every pair: those are words, not ids.
    """
    values: dict[tuple[str, str], list[str]] = {}
    for one, other in pairs:
        if one[-1:] == other[-1:] and (heads := split_mark(one, other)) is not None:
            values.setdefault(heads, []).append(one[len(heads[0]) :])
    mark, ends = max(values.items(), key=lambda found: (len(found[1]), found[0]), default=(("", ""), []))
    if len(set(ends)) < max(LEAST_MARKED, LEAST_APART * len(ends)):
        return ("", ""), 0.0
    return mark, len(ends) / len(pairs)


def with_prefixes(mapping: ColumnMapping, pairs: Pairs) -> ColumnMapping | None:
    """The column compared without what either side puts before its values, if that explains most of the pairs."""
    loose = list(zip(loosen_all([a for a, _ in pairs]), loosen_all([b for _, b in pairs]), strict=True))
    heads = Counter(heads for one, other in loose if (heads := split_heads(one, other)) is not None)
    usual = {pair for pair, times in heads.items() if times >= max(2, LEAST_SHARE * len(pairs))}
    explained = sum(heads[pair] for pair in usual)
    if usual <= {("", "")} or explained < EXPLAINED_SHARE * len(pairs):
        short, share = _usual_mark(loose)
        if share < EXPLAINED_SHARE:
            return None
        usual = {short}
    ours, theirs = _all_heads(usual), {other for _, other in usual}
    mark, their_mark = _marks(pairs)
    return replace(
        mapping,
        kind=LOOSE,
        rewritten=True,
        source_writing=replace(mapping.source_writing, prefixes=_joined(ours), mark=mark),
        target_writing=replace(mapping.target_writing, prefixes=_joined(theirs), mark=their_mark),
    )


def with_swapped_heads(mapping: ColumnMapping, pairs: Pairs) -> ColumnMapping:
    """A column written loosely with what some of its values begin with, if each of those begins otherwise there.

    Where most phone numbers were written with `+7`, all with the `8` that is dialled at home begin with `+7` as well.
    What was lost from before a value, such as a zero, or stands before some of the values alone, is no such habit; but
    the `00` is that is dialled before a country code, where the other side writes `+`.
    """
    ones, others = (loosen_all([pair[side] for pair in pairs]) for side in (0, 1))
    loose = {*zip(ones, others, (other.startswith("+") for _, other in pairs), strict=True)}
    split = ((split_heads(one, other), has_plus) for one, other, has_plus in loose)
    heads = Counter(heads for heads, has_plus in split if heads and (all(heads) or (heads == ABROAD and has_plus)))
    least = max(LEAST_MARKED, LEAST_SHARE * len(loose))
    often = [pair for pair, times in heads.items() if times >= least]
    values = {one for one, _, _ in loose}
    swapped = {pair for pair in often if _is_steady(pair[0], heads[pair], values, often)}
    theirs = {other for _, other in swapped}
    return replace(
        mapping,
        source_writing=replace(mapping.source_writing, prefixes=_joined(_all_heads(swapped) | theirs)),
        target_writing=replace(mapping.target_writing, prefixes=_joined(theirs)),
    )


def _all_heads(pairs: Collection[tuple[str, str]]) -> set[str]:
    """What stands before the values of a side, with what of the other side's beginning it writes out behind that.

    Where `0351` became `+49351`, what begins with `00` begins with `0049` where it begins with `+49` there.
    """
    behind = {one + head[len(other) :] for one, other in pairs if one for _, head in pairs if head.startswith(other)}
    return behind | {one for one, other in pairs if not other}


def _is_steady(head: str, times: int, values: Collection[str], heads: Collection[tuple[str, str]]) -> bool:
    """Say whether nearly all values that begin so, and not with a longer one of the heads, were counted."""
    longer = tuple(one for one, _ in heads if one != head and one.startswith(head))
    return times >= MARKED_SHARE * sum(one.startswith(head) and not one.startswith(longer) for one in values)


def _marks(pairs: Pairs) -> tuple[str, str]:
    """What each side writes, letter by letter, before almost every value, where that is one and the same."""
    heads = Counter(_before_common_end(one, other) for one, other in pairs)
    marks, times = max(heads.items(), key=lambda one: (one[1], one[0]), default=(("", ""), 0))
    return marks if times >= MARKED_SHARE * len(pairs) else ("", "")


def _joined(prefixes: set[str]) -> str:
    return "|".join(sorted(prefixes - {""}, key=lambda prefix: (-len(prefix), prefix)))
