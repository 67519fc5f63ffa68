"""Several ids or words in one cell, in whatever order: `A1;A7`, `A7|A1`, `["A1","A7"]`."""

import re
from collections.abc import Mapping, Sequence

import ibis.expr.types as ir

JOINED_BY = ";"
SIGNS_OF_LISTS = frozenset(";|,\n[")
_AROUND = r"""^[ \t\r\n'"\[;|,]+|[ \t\r\n'"\];|,]+$"""
_BETWEEN = r"""[ \t\r'"]*[;|,\n][;|,\s'"]*"""
"""What stands around the ids of a list and between them; ids that hold such signs themselves make no lists."""
_SIGNS = re.compile(r"""([;|,\[\]'"\n]+)""")
_ANY_AROUND, _ANY_BETWEEN = re.compile(_AROUND), re.compile(_BETWEEN, re.ASCII)
_AT_ENDS = re.compile(r"""([\s'"\[;|,]*)(.*?)([\s'"\];|,]*)""", re.DOTALL)
GLIMPSE = 400
LEAST_LISTS = 3
LISTS_SHARE = 0.02
"""In so many of the cells looked at stand several ids, where a column holds lists."""
Cells = Sequence[str | None]
NONE_REPLACED: Mapping[str, str] = {}


def read_ids(cell: str | None) -> list[str]:
    """The ids in a cell, each once and in order."""
    return sorted(set(_written_ids(cell)))


def _written_ids(cell: str | None) -> list[str]:
    bare = _ANY_BETWEEN.sub(JOINED_BY, _ANY_AROUND.sub("", cell or ""))
    return [one for one in bare.split(JOINED_BY) if one]


def cut_list(cell: str) -> list[str]:
    """The ids in a cell and what stands between them, as it is written."""
    return [piece for piece in _SIGNS.split(cell) if piece]


def is_list(cell: str) -> bool:
    """Say whether a cell holds several ids, or an array of one."""
    return (cell[:1], cell[-1:]) == ("[", "]") or len(read_ids(cell)) > 1


def hold_lists(cells: Cells) -> bool:
    """Say whether enough of some cells hold several ids, or arrays of single ones, or what looks like that."""
    some = pick_filled(cells, GLIMPSE)
    may = not SIGNS_OF_LISTS.isdisjoint("".join(some))
    return may and sum(map(is_list, some)) >= max(LEAST_LISTS, LISTS_SHARE * len(some))


def pick_filled(cells: Cells, most: int) -> list[str]:
    """The filled ones among about so many cells, spread over all."""
    return [cell for cell in cells[:: max(1, len(cells) // most)] if cell]


def order_ids(cell: str, replaced: Mapping[str, str] = NONE_REPLACED) -> str:
    """The ids in a cell in the one way in which lists of the same ids are the same text, some replaced before."""
    return JOINED_BY.join(sorted({replaced.get(one, one) for one in read_ids(cell)} - {""}))


def write_list(cell: str, replaced: Mapping[str, str], layout: str) -> str:
    """The ids in a cell, some replaced, as a list that is laid out so is written: `[9,9]`, `9, 9`."""
    found = _AT_ENDS.fullmatch(layout)
    first, core, last = found.groups() if found else ("", layout, "")
    between = _ANY_BETWEEN.search(core)
    ids: Sequence[str] = [replaced.get(one, one) for one in _written_ids(cell)]
    return first + (between[0] if between else JOINED_BY).join(dict.fromkeys(filter(None, ids))) + last


def ids_in(cells: ir.StringValue) -> ir.ArrayValue:
    """The ids in each cell, for any engine."""
    bare = cells.cast("string").re_replace(_AROUND, "").re_replace(_BETWEEN, JOINED_BY)
    return bare.split(JOINED_BY)


def replaced_ids(ids: ir.ArrayValue, replaced: Mapping[str, str]) -> ir.ArrayValue:
    """The ids with some replaced one by one; those that become blank are left out."""
    called = ids.map(lambda one: one.substitute(dict(replaced))) if replaced else ids
    return called if all(replaced.values()) else called.filter(lambda one: one != "")


def joined_ids(ids: ir.ArrayValue) -> ir.StringValue:
    """What `order_ids` makes of them, for any engine."""
    return ids.unique().sort().join(JOINED_BY)
