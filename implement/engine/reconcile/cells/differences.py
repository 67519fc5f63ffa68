"""The cells of one field that differ on linked rows, all at once."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from implement.engine.coded import CodedCells, Numbers, Places
from implement.engine.reconcile.cells.one_cell import EQUAL, CellReader
from implement.engine.reconcile.cells.pairs import CODES, FATES
from implement.engine.reconcile.classes import REKEYED
from implement.engine.reconcile.findings import findings_at_once


@dataclass
class Differences:
    """The cells of one field that differ on linked rows, as written and found, column by column."""

    field: str
    source_rows: Numbers
    target_rows: Numbers
    source_ids: pa.Array
    target_ids: pa.Array
    written: CodedCells
    found: CodedCells
    parents: CodedCells | None
    """Where the field is looked up, what was found as the source calls it."""
    fates: Numbers
    """Places among FATES."""

    def __len__(self) -> int:
        return len(self.fates)

    def keep(self, places: Places) -> "Differences":
        """Some of the cells."""
        rows = pa.array(places, pa.int64())
        return Differences(
            self.field,
            self.source_rows[places],
            self.target_rows[places],
            self.source_ids.take(rows),
            self.target_ids.take(rows),
            self.written.take(places),
            self.found.take(places),
            None if self.parents is None else self.parents.take(places),
            self.fates[places],
        )

    def read_found(self, reader: CellReader) -> CodedCells:
        """What was found, in canonical form."""
        return self.found.used_alone().read(reader.read_targets) if self.parents is None else self.parents

    def findings(self, table: str) -> pa.Table:
        """What is to be told of the field."""
        told = self.keep(np.flatnonzero(self.fates != CODES[EQUAL]))
        return findings_at_once(
            table,
            pa.array(FATES).take(pa.array(told.fates)),
            (told.source_ids, told.source_rows),
            (told.target_ids, told.target_rows),
            field=np.where(told.fates == CODES[REKEYED], "", self.field),
            source_value=told.written.to_arrow(),
            target_value=told.found.to_arrow(),
        )
