"""Several ids in one cell, in whatever order: `A1;A7`, `A7|A1`, `["A1","A7"]`."""

import re

import ibis.expr.types as ir

JOINED_BY = ";"
SIGNS_OF_LISTS = frozenset(";|,\n[")
_AROUND = r"""^[ \t\r\n'"\[;|,]+|[ \t\r\n'"\];|,]+$"""
_BETWEEN = r"""[ \t\r'"]*[;|,\n][;|,\s'"]*"""
"""What stands around the ids of a list and between them; ids that hold such signs themselves make no lists."""
_SIGNS = re.compile(r"""([;|,\[\]'"\n]+)""")
_ANY_AROUND, _ANY_BETWEEN = re.compile(_AROUND), re.compile(_BETWEEN, re.ASCII)


def read_ids(cell: str | None) -> list[str]:
    """The ids in a cell, each once and in order."""
    bare = _ANY_BETWEEN.sub(JOINED_BY, _ANY_AROUND.sub("", cell or ""))
    return sorted(set(bare.split(JOINED_BY)) - {""})


def cut_list(cell: str) -> list[str]:
    """The ids in a cell and what stands between them, as it is written."""
    return [piece for piece in _SIGNS.split(cell) if piece]


def is_list(cell: str) -> bool:
    """Say whether a cell holds several ids, or an array of one."""
    return (cell[:1], cell[-1:]) == ("[", "]") or len(read_ids(cell)) > 1


def order_ids(cell: str) -> str:
    """The ids in a cell in the one way in which lists of the same ids are the same text."""
    return JOINED_BY.join(read_ids(cell))


def ids_in(cells: ir.StringValue) -> ir.ArrayValue:
    """The ids in each cell, for any engine."""
    bare = cells.cast("string").re_replace(_AROUND, "").re_replace(_BETWEEN, JOINED_BY)
    return bare.split(JOINED_BY)


def joined_ids(ids: ir.ArrayValue) -> ir.StringValue:
    """What `order_ids` makes of them, for any engine."""
    return ids.unique().sort().join(JOINED_BY)
