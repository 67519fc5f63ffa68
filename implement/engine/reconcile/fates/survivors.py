"""Records that refer to a merged one are compared as if they named the record that stands for it now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from implement.engine.coded import CodedCells, Numbers, Places, code_cells
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.arrived.rows import KeptRows, Rows, Side
from implement.engine.reconcile.fates.outcome import TableOutcome

Survivors = Mapping[str, Mapping[str, str]]
"""Column that refers to a table → canonical cell that names a merged record → the one that names its survivor."""


def find_survivors(table: TableMapping, side: Side, outcomes: Mapping[str, TableOutcome]) -> Survivors:
    """Of each column that refers to a table of which records were merged, whom its cells name since then."""
    found: dict[str, Mapping[str, str]] = {}
    for reference in table.references:
        parent, reader = outcomes.get(reference.parent), side.readers.get(reference.column)
        if reader and parent and parent.merged and parent.mapping.source_id == (reference.parent_column,):
            names = reader.read_sources(list(parent.merged)), reader.read_sources(list(parent.merged.values()))
            found[reference.column] = {**found.get(reference.column, {}), **dict(zip(*names, strict=True))}
    return found


def follow(rows: Rows, survivors: Survivors) -> Rows:
    """The same rows, each merged record that they name replaced by its survivor; their keys stay as they are."""
    followed = {name: _follow(rows.read[name], survivors[name]) for name in survivors}
    return replace(rows, read={**rows.read, **followed}) if followed else rows


def _follow(cells: CodedCells, survivors: Mapping[str, str]) -> CodedCells:
    return cells.read(lambda values: [survivors.get(value, value) for value in values])


@dataclass(frozen=True)
class FollowedRows(KeptRows):
    """Kept rows in which merged records go by the name of their survivor."""

    survivors: Survivors

    @property
    def as_they_stand(self) -> KeptRows:
        """The rows with the references they were written with."""
        return KeptRows(self.side, self.cells)

    def take(self, places: Places) -> Rows:
        """Some of the rows as they are compared."""
        return follow(super().take(places), self.survivors)

    def read(self, name: str, places: Numbers) -> pa.Array | pa.ChunkedArray:
        """The cells of some of the rows in a field that needs no looking up, as they are compared."""
        cells = super().read(name, places)
        return _follow(code_cells(cells), self.survivors[name]).to_arrow() if name in self.survivors else cells
