"""Which rows of a table that holds several parts belong to which part, by the values that only one of them has."""

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from implement.engine.backend import Backend
from implement.engine.coded import Numbers
from implement.engine.intake import ROW, keep_some
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile, fetch_cells, profile_table
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.tables.shared import best_column, find_feeds

LEAST_PURE = 0.9
"""So many rows of a part must hold its word in a column that tells the parts apart."""
MOST_STRAY = 0.1
"""No more rows of another part may hold it."""
MOST_WORDS = 12
Members = npt.NDArray[np.bool_]


def divide(
    parts: Sequence[TableProfile], there: TableProfile, backend: Backend, settings: MappingSettings
) -> tuple[list[TableProfile], list[tuple[tuple[str, str], ...]]]:
    """For each part the table with its own rows only, and the column and word that mark them where there is one."""
    names = sorted({f.there for a, b in itertools.permutations(parts, 2) for f in find_feeds(a, b, there)})
    cells = fetch_cells(there.table.relation, [ROW, *there.table.columns], backend)
    score = np.zeros((len(parts), len(cells[ROW])), dtype=np.int16)
    for name in names:
        score += _only_of_some(parts, there.columns[name], cells[name], backend)
    own = score == score.max(axis=0)
    numbers: Numbers = np.array(cells[ROW], dtype=np.int64)
    views = [profile_table(keep_some(there.table, numbers[mine], backend), backend, settings) for mine in own]
    return views, _find_marks(there, cells, own & (own.sum(axis=0) == 1))


def _only_of_some(
    parts: Sequence[TableProfile], column: ColumnProfile, cells: Sequence[str | None], backend: Backend
) -> Members:
    """For each part and row whether the cell is of the part; false for all where it is of all."""
    read = _normal(cells, column)
    members = []
    for part in parts:
        one = best_column(column, part)
        values = set(_normal(fetch_cells(part.table.relation, [one.name], backend)[one.name], one)) if one else set()
        values.discard("")
        members.append([cell in values for cell in read])
    found = np.array(members, dtype=bool)
    return found & ~found.all(axis=0)


def _normal(cells: Sequence[str | None], column: ColumnProfile) -> list[str]:
    return column.read([cell or "" for cell in cells])


def _find_marks(
    there: TableProfile, cells: dict[str, list[str | None]], own: Members
) -> list[tuple[tuple[str, str], ...]]:
    """For each part the column and the word that its rows hold and hardly any other's."""
    for name in there.table.columns:
        if len(there.columns[name].counts) > MOST_WORDS:
            continue
        words = [_word(np.array([cell or "" for cell in cells[name]], dtype=object), mine, own) for mine in own]
        if all(words) and len(set(words)) == len(words):
            return [((name, word),) for word in words]
    return [()] * len(own)


def _word(cells: npt.NDArray[np.object_], mine: Members, own: Members) -> str:
    values, counts = np.unique(cells[mine].astype(str), return_counts=True)
    if not len(values):
        return ""
    word = str(values[counts.argmax()])
    others = own.any(axis=0) & ~mine
    stray = (cells[others] == word).sum() / max(1, others.sum())
    return word if counts.max() >= LEAST_PURE * mine.sum() and stray <= MOST_STRAY else ""
