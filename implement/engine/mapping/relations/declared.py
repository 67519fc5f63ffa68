"""Relations that a database declares between its tables: neither names nor values need to prove them."""

from collections.abc import Iterable, Iterator, Sequence

from implement.engine.mapping.composite import SIGN, name_composite, parts_of
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference


def find_declared(child: TableProfile, parents: Sequence[TableProfile]) -> dict[str, Reference]:
    """The columns of a table that its database declares to name records of one of the parents; blank ones name none."""
    found: dict[str, Reference] = {}
    for reference in (one for parent in parents for one in _declared(child, parent)):
        if reference.column in child.columns and child.columns[reference.column].counts:
            found.setdefault(reference.column, reference)
    return found


def find_declared_together(child: TableProfile, parents: Iterable[TableProfile]) -> list[Reference]:
    """What several columns of a table are declared to name together."""
    return [
        one
        for parent in parents
        for one in _declared(child, parent)
        if parts_of(one.column, child.table.columns) and parts_of(one.parent_column, parent.table.columns)
    ]


def is_declared(column: ColumnProfile, child: TableProfile, key: ColumnProfile, parent: TableProfile) -> bool:
    """Say whether a database declares that a column names a parent's records by this key."""
    return bool(column.counts) and Reference(column.name, parent.table.name, key.name) in _declared(child, parent)


def _declared(child: TableProfile, parent: TableProfile) -> Iterator[Reference]:
    """What is declared between two tables of one file, where capitals in names are like small letters."""
    table, other = child.table, parent.table
    if not table.foreign_keys or table.file != other.file or other.sheet is None:
        return
    names = {name.lower(): name for name in other.columns}
    for column, named, own in table.foreign_keys:
        own_names = [names.get(part, "") for part in own.lower().split(SIGN)]
        if named.lower() == other.sheet.lower() and all(own_names):
            yield Reference(column, other.name, name_composite(own_names))
