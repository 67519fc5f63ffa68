"""Columns called numbers or codes that name records together, though none of them does so alone."""

import itertools

from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import is_generic, looks_like_id


def find_unique_together(table: TableProfile) -> tuple[str, ...]:
    """Of the columns that are called numbers or codes those that together name each of the rows at hand once."""
    ids = [n for n, c in table.columns.items() if looks_like_id(n) and not is_generic(n) and c.filled == 1.0]
    for size in (2, 3):
        for names in itertools.combinations(ids, size):
            rows = list(zip(*(table.rows[name] for name in names), strict=True))
            if len(rows) > 1 and len(set(rows)) == len(rows):
                return names
    return ()
