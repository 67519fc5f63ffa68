"""Say by hand which columns of an old table the CRM keeps in tables of their own, that its records name."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping import ColumnMapping, LookedUp, TableMapping, columns_there
from implement.stages.transfer.service.editing import list_only_in_target

Columns = Map[str, tuple[str, ...]]


def find_moving_faults(moved: Sequence[LookedUp], columns: Sequence[str]) -> dict[int, str]:
    """What cannot be meant, by place: `twice` where a column names records already, `called` where a name is taken."""
    faults = {}
    for place, one in enumerate(moved):
        if any(one.column == other.column for other in moved[:place]):
            faults[place] = "twice"
        elif any(name.startswith(one.called("")) for name in columns):
            faults[place] = "called"
    return faults


def choose_moved(table: TableMapping, moved: Sequence[LookedUp], targets: Columns) -> TableMapping:
    """Give a table the places where the CRM keeps columns of it; what stood in others has no counterpart any more."""
    if tuple(moved) == table.looked_up:
        return table
    changed = replace(table, looked_up=tuple(moved))
    there = set(columns_there(changed, targets))
    edited = replace(
        changed,
        columns=tuple(_stay(column, there) for column in table.columns),
        key=tuple((one, other) for one, other in table.key if other in there),
        joined=tuple(one for one in table.joined if there.issuperset(one.target)),
    )
    return replace(edited, only_in_target=list_only_in_target(edited, there))


def _stay(column: ColumnMapping, there: set[str]) -> ColumnMapping:
    is_there = column.target is None or column.target in there
    return column if is_there else replace(column, target=None, sure=0.0, note="")
