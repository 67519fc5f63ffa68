"""Cells that name a record by its id and by what it is called: `Otto Lund (U7)`, `U7 - Otto Lund`."""

import re

import ibis
import ibis.expr.types as ir

BRACKETS, FIRST, LAST = "brackets", "first", "last"
"""Where the id stands: in brackets at the end, before the first sign that divides it from the name, behind the last."""
_DIVIDED = r"(?:\s+[-–|/]\s+|:\s+)"
PATTERNS = {
    BRACKETS: r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]\s*$",
    FIRST: rf"^(\S+?){_DIVIDED}(.*\S)\s*$",
    LAST: rf"^(.*\S){_DIVIDED}(\S+)\s*$",
}
_ID = {BRACKETS: 2, FIRST: 1, LAST: 2}


def split_look_up(cell: str, id_at: str) -> tuple[str, str] | None:
    """The id in a cell and the name beside it."""
    found = re.match(PATTERNS[id_at], cell)
    return (found[_ID[id_at]].strip(), found[3 - _ID[id_at]].strip()) if found else None


def ids_of_look_ups(cells: ir.StringValue, id_at: str) -> ir.StringValue:
    """The ids in the cells, for any engine; another cell as it stands."""
    pattern = PATTERNS[id_at]
    return ibis.ifelse(cells.re_search(pattern), cells.re_extract(pattern, _ID[id_at]).strip(), cells)
