"""The after-state in the making: target rows that remember where they come from and what was done to them."""

from dataclasses import dataclass, field

import numpy as np

from tests.evaluators.transfer.sheets import Cells, Firm, Marks, Rows, Sheet

NOWHERE, DANGLING, BORN_HERE = -1, -2, -1


@dataclass(frozen=True)
class Spoiled:
    """One fault planted in one row; several fields only where fields were swapped."""

    row: int
    fault: str
    fields: tuple[str, ...]
    pattern: str = ""


@dataclass
class Arrival:
    """One table after the transfer; references are rows of the parent's arrival."""

    sheet: Sheet
    columns: dict[str, Cells]
    points: dict[str, Rows]
    origin: Rows
    alive: Marks
    legacy: Cells
    busy: Marks
    twins: list[tuple[int, int]] = field(default_factory=list)  # first entry, second entry
    spoiled: list[Spoiled] = field(default_factory=list)
    spoiled_fields: set[tuple[int, str]] = field(default_factory=set)
    absorbed_by: dict[int, int] = field(default_factory=dict)
    copy_of: dict[int, int] = field(default_factory=dict)
    copied_as: dict[int, int] = field(default_factory=dict)
    pattern_of: dict[tuple[int, str], str] = field(default_factory=dict)  # of moved references, by row and column

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def row_count(self) -> int:
        return len(self.origin)

    def spoil(self, row: int, fault: str, fields: tuple[str, ...] = (), pattern: str = "") -> None:
        """Note a fault of a row."""
        self.spoiled.append(Spoiled(row, fault, fields, pattern))
        self.spoiled_fields.update((row, name) for name in fields)
        self.busy[row] = True

    def drop(self, row: int, pattern: str = "") -> None:
        """Let a row never arrive."""
        self.alive[row] = False
        self.busy[row] = True
        self.spoil(row, "dropped", (), pattern)

    def append_copies(self, rows: Rows) -> Rows:
        """Add copies of rows at the end and say where they are."""
        start = self.row_count
        for name, column in self.columns.items():
            self.columns[name] = np.concatenate([column, column[rows]])
        for name, targets in self.points.items():
            self.points[name] = np.concatenate([targets, targets[rows]])
        self.origin = np.concatenate([self.origin, self.origin[rows]])
        self.alive = np.concatenate([self.alive, np.ones(len(rows), dtype=bool)])
        self.legacy = np.concatenate([self.legacy, self.legacy[rows]])
        self.busy = np.concatenate([self.busy, np.ones(len(rows), dtype=bool)])
        return np.arange(start, start + len(rows))


Arrivals = dict[str, Arrival]


def arrive_whole(firm: Firm) -> Arrivals:
    """Every record of the firm arrived, unharmed, in the source's own order."""
    return {name: _arrive(sheet, firm) for name, sheet in firm.items()}


def _arrive(sheet: Sheet, firm: Firm) -> Arrival:
    count = sheet.row_count
    return Arrival(
        sheet=sheet,
        columns={name: column.copy() for name, column in sheet.columns.items()},
        points={name: rows_referred(sheet.columns[name], firm[parent]) for name, parent in sheet.references.items()},
        origin=np.arange(count),
        alive=np.ones(count, dtype=bool),
        legacy=sheet.keys.copy(),
        busy=np.zeros(count, dtype=bool),
    )


def rows_referred(column: Cells, parent: Sheet) -> Rows:
    """The parent's row for each reference, NOWHERE where it is empty."""
    place = {key: row for row, key in enumerate(parent.keys)}
    return np.array([place.get(key, NOWHERE) for key in column], dtype=np.int64)


def true_parent(arrivals: Arrivals, arrival: Arrival, column: str) -> Rows:
    """For each row, the parent's row to which its reference should lead: the source's, or the twin that took it in."""
    parent = arrivals[arrival.sheet.references[column]]
    standing_for = np.arange(parent.sheet.row_count + 1)
    standing_for[NOWHERE] = NOWHERE
    for gone, taker in parent.absorbed_by.items():
        standing_for[gone] = taker
    source = standing_for[rows_referred(arrival.sheet.columns[column], parent.sheet)]
    expected = np.full(arrival.row_count, NOWHERE, dtype=np.int64)
    from_source = arrival.origin >= 0
    expected[from_source] = source[arrival.origin[from_source]]
    return expected
