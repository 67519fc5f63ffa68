"""Texts by their letters and digits alone, for any engine: `{6D79-E5}` is `6d79e5`."""

import ibis.expr.types as ir

_SIGNS = "[^\\p{L}\\p{N}\x80-\x9f£©¬÷─-▟]"
"""What does not count where texts are written loosely, but for the signs misread letters leave: `ã` read as `Ã£`."""


def loosely(cell: ir.StringValue) -> ir.StringValue:
    """The letters, small, and digits of each cell."""
    return cell.lower().re_replace(_SIGNS, "")
