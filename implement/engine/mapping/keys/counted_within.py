"""Records that are counted within something else: the lines of an order, the months of a contract."""

import ibis

from implement.engine.backend import Backend
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import is_generic, looks_like_id
from implement.engine.mapping.plan import DATE, NUMBER

LEAST_GROUPS = 5
MOST_GROUPS = 0.8
"""Where there are more groups for the rows, hardly anything is counted within them."""
MOST_POSITIONS = 0.5
LEAST_FILLED = 0.98
LEAST_COUNTED = 0.98
"""So many rows must be told apart by their position."""
LEAST_BEGUN = 0.9
"""So many groups must begin with the first position."""
NEAR_MOST = 0.9


def find_counted(table: TableProfile, backend: Backend) -> tuple[str, ...]:
    """The column that names a whole and the one that counts its records, by which each row is known; or none."""
    positions = [column for column in table.columns.values() if _may_count(column)]
    wholes = [column for column in table.columns.values() if positions and _may_be_whole(column, table)]
    ranked = sorted(wholes, key=lambda column: not looks_like_id(column.name) or is_generic(column.name))
    for position in positions:
        for whole in ranked:
            if whole is not position and _is_counted(table, whole.name, position, backend):
                return whole.name, position.name
    return ()


def _may_count(column: ColumnProfile) -> bool:
    """Say whether a column holds few whole numbers, the smallest of them about as often as any."""
    if column.kind != NUMBER or column.writing.layout != "9" or column.filled < LEAST_FILLED:
        return False
    if len(column.counts) < 2 or column.unique > MOST_POSITIONS:
        return False
    return column.counts[_smallest(column)] >= NEAR_MOST * max(column.counts.values())


def _smallest(column: ColumnProfile) -> str:
    return min(column.counts, key=lambda value: (len(value), value))


def _may_be_whole(column: ColumnProfile, table: TableProfile) -> bool:
    if column.kind == DATE or column.filled < LEAST_FILLED or len(column.counts) < LEAST_GROUPS:
        return False
    return not table.complete or column.unique <= MOST_GROUPS


def _is_counted(table: TableProfile, whole: str, position: ColumnProfile, backend: Backend) -> bool:
    """Say whether the rows of almost every whole have positions of their own, the first of all among them."""
    relation = table.table.relation
    place = relation[position.name].try_cast("int64")
    wholes = relation.filter(relation[whole].notnull()).group_by(whole)
    counted = wholes.aggregate(rows=ibis._.count(), first=place.min(), places=place.nunique())
    begun = counted["first"] == int(_smallest(position))
    told = counted.aggregate(
        groups=counted.count(),
        apart=counted["rows"].sum(where=counted["rows"] == counted["places"]).fill_null(0),
        begun=begun.sum().fill_null(0),
    )
    found = backend.connection.to_pyarrow(told).to_pylist()[0]
    if found["groups"] > MOST_GROUPS * table.row_count or found["begun"] < LEAST_BEGUN * found["groups"]:
        return False
    return bool(found["apart"] >= LEAST_COUNTED * table.row_count)
