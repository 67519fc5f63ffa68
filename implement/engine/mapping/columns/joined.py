"""Columns that one side keeps apart and the other together: first and last name, street, number and town."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from implement.engine.mapping.columns.choices import find_united_lists
from implement.engine.mapping.columns.evidence import Evidence
from implement.engine.mapping.looking.alignment import Alignment
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Joined
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.mapping.writings.entries import NEARLY_ALL, read_entries

LEAST_ROWS = 5
LEAST_LENGTH = 4
"""Columns of shorter texts hold nothing that others could be put together to."""
FOUND_SHARE = 0.8
WHOLE_SHARE = 0.6
"""In so many of the rows the parts in one order are the whole."""
MOST_PARTS = 6
LEAST_FIRM = 0.85
"""Columns that agree so well on matched rows are no part of another column."""
FIRM_LIST = 0.95
"""The same of lists: two that became one may leave most rows to one of them."""
Columns = dict[str, ColumnProfile]
Cells = Sequence[str]


@dataclass(frozen=True)
class Free:
    """The columns of one side that may be a whole or a part, and what stands in them on matched rows."""

    columns: Mapping[str, ColumnProfile]
    loose: Mapping[str, Cells]

    @property
    def wholes(self) -> list[str]:
        """Columns with texts long enough to be put together of others."""
        return sorted(name for name, column in self.columns.items() if column.mean_length >= LEAST_LENGTH)


def join_columns(
    source: TableProfile,
    target: TableProfile,
    matched: Alignment | None,
    chosen: Mapping[str, str],
    evidence: Mapping[tuple[str, str], Evidence],
    fixed: Collection[str],
) -> tuple[tuple[Joined, ...], dict[str, str]]:
    """What is kept apart on one side only, and the columns that keep a counterpart of their own."""
    pairs = {one: other for one, other in chosen.items() if one not in fixed}
    kept = dict(chosen.items() - pairs.items())
    agreed = {one: evidence[one, other].rows or 0.0 for one, other in pairs.items()}
    several = {one for one, other in pairs.items() if _has_one_arrays(source.columns[one], target.columns[other])}
    firm = kept | {one: other for one, other in pairs.items() if agreed[one] >= LEAST_FIRM and one not in several}
    joined = find_joined(matched, *_but(source, target, firm))
    held = {name: name for one in joined for name in (*one.source, *one.target)}
    firm = kept | {one: other for one, other in pairs.items() if agreed[one] >= FIRM_LIST} | held
    joined += find_united_lists(matched, *_but(source, target, firm))
    ones = {name for one in joined for name in one.source}
    others = {name for one in joined for name in one.target}
    return joined, {one: other for one, other in chosen.items() if one not in ones and other not in others}


def _has_one_arrays(one: ColumnProfile, other: ColumnProfile) -> bool:
    """Say whether only one of two columns holds arrays, of which the other may be one of several parts."""
    return one.has_entries != other.has_entries


def _but(source: TableProfile, target: TableProfile, firm: Mapping[str, str]) -> tuple[Columns, Columns]:
    """The columns of both sides without those that are paired for good."""
    theirs = set(firm.values())
    return (
        {name: column for name, column in source.columns.items() if name not in firm},
        {name: column for name, column in target.columns.items() if name not in theirs},
    )


def find_joined(
    matched: Alignment | None, source: Mapping[str, ColumnProfile], target: Mapping[str, ColumnProfile]
) -> tuple[Joined, ...]:
    """Which of these columns, that found no counterpart of their own, are the parts of one column of the other side."""
    if matched is None or matched.size < LEAST_ROWS:
        return ()
    ones, others = _free(source, matched.source), _free(target, matched.target)
    found: list[Joined] = []
    taken: set[str] = set()
    for whole in others.wholes:
        if parts := _parts_of(whole, others, ones, taken):
            found.append(Joined(parts, (whole,), entry=target[whole].writing.entry))
            taken |= set(parts)
    left = _without(others, {name for one in found for name in one.target})
    used: set[str] = set()
    for whole in (name for name in ones.wholes if name not in taken):
        if parts := _parts_of(whole, ones, left, used):
            found.append(Joined((whole,), parts, entry=source[whole].writing.entry))
            used |= set(parts)
    return tuple(found)


def _free(columns: Mapping[str, ColumnProfile], rows: Mapping[str, Sequence[str | None]]) -> Free:
    filled = {name: column for name, column in columns.items() if column.counts}
    read = {name: read_entries([cell or "" for cell in rows[name]], one.writing.entry) for name, one in filled.items()}
    return Free(filled, {name: loosen_all(cells) for name, cells in read.items()})


def _without(free: Free, names: set[str]) -> Free:
    return Free({name: column for name, column in free.columns.items() if name not in names}, free.loose)


def _parts_of(name_of_whole: str, own: Free, others: Free, taken: set[str]) -> tuple[str, ...]:
    """The columns that, put together in one order, are the whole; empty where they are not."""
    whole, least = own.loose[name_of_whole], NEARLY_ALL if own.columns[name_of_whole].has_entries else WHOLE_SHARE
    rows = [row for row, cell in enumerate(whole) if cell]
    if len(rows) < LEAST_ROWS:
        return ()
    left = {row: whole[row] for row in rows}
    places: dict[str, float] = {}
    longest = sorted(others.columns, key=lambda name: (-others.columns[name].mean_length, name))
    for name in longest:
        if name in taken or len(places) == MOST_PARTS:
            continue
        cells = others.loose[name]
        filled = [row for row in rows if cells[row]]
        inside = [row for row in filled if cells[row] in left[row]]
        if len(filled) >= LEAST_ROWS and len(inside) >= FOUND_SHARE * len(filled):
            places[name] = sum(whole[row].find(cells[row]) / len(whole[row]) for row in inside) / len(inside)
            left.update((row, left[row].replace(cells[row], "", 1)) for row in inside)
    parts = tuple(sorted(places, key=lambda name: (places[name], name)))
    together = sum("".join(others.loose[name][row] for name in parts) == whole[row] for row in rows)
    return parts if len(parts) > 1 and together >= least * len(rows) else ()
