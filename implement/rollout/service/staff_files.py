"""A staff file on its way in: read in a limited child process, columns proposed, nothing saved unconfirmed."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyarrow import parquet

from implement.engine.intake import ROW, Fault
from implement.engine.intake.child import read_tables_in_child
from implement.engine.staff import StaffList, propose_staff_columns, read_staff

MOST_PEOPLE = 50_000


@dataclass(frozen=True)
class StaffFile:
    """A staff file as found: its columns, rows as text, the proposed or chosen columns, and what came of them."""

    header: tuple[str, ...]
    columns: Mapping[str, str]
    staff: StaffList
    unreadable: tuple[Fault, ...] = ()
    too_many: bool = False

    @property
    def may_be_taken_over(self) -> bool:
        """True when there is not a single fault."""
        return not (self.unreadable or self.too_many or self.staff.faults)


def read_staff_file(path: Path, name: str, chosen: Mapping[str, str] | None = None) -> StaffFile:
    """Read the file's largest table; without chosen columns (field → column) they are proposed from the header."""
    with tempfile.TemporaryDirectory() as folder:
        manifest = read_tables_in_child(path, Path(folder), name=name)
        if manifest.faults or not manifest.tables:
            return StaffFile((), {}, StaffList((), ()), manifest.faults or (Fault(name, None, None, "no_tables"),))
        largest = max(manifest.tables, key=lambda table: table.row_count)
        if largest.row_count > MOST_PEOPLE:
            return StaffFile(tuple(largest.columns), {}, StaffList((), ()), too_many=True)
        table = parquet.read_table(Path(folder) / largest.part)
    header = tuple(column for column in table.column_names if column != ROW)
    columns = dict(chosen) if chosen is not None else propose_staff_columns(header)
    return StaffFile(header, columns, read_staff(table.select(list(header)).to_pylist(), columns))
