"""The rows that findings are about, column by column as numbers, so that values are counted without being touched."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from implement.engine.causes.settings import CauseSettings
from implement.engine.coded import CodedCells, Numbers, code_cells
from implement.engine.intake import ROW


@dataclass(frozen=True)
class CodedRows:
    """Rows by number, each column as codes."""

    numbers: Numbers
    columns: Mapping[str, CodedCells]

    def places(self, numbers: Numbers) -> Numbers:
        """Where the rows with these numbers stand."""
        return np.searchsorted(self.numbers, numbers)

    def cells(self, column: str, places: Numbers) -> CodedCells:
        """The cells of a column on some rows."""
        return self.columns[column].take(places)

    def may_tell(self, column: str, cells: CodedCells, settings: CauseSettings) -> bool:
        """Say whether values of a column may be a condition, by what these rows alone say of how often they occur."""
        codes, times = cells.frequent_codes(settings.values_counted)
        known = np.bincount(self.columns[column].codes)[codes]
        needed = settings.share_inside * len(cells)
        heavy = times[times >= settings.rate * known].sum()
        return bool(times[times > 1].sum() >= needed and max(heavy, times.max(initial=0)) >= needed)


def code_rows(rows: pa.Table) -> CodedRows:
    """Number the cells of each column."""
    rows = rows.sort_by(ROW)
    columns = {name: code_cells(rows.column(name)) for name in rows.column_names if name != ROW}
    return CodedRows(rows.column(ROW).to_numpy(), columns)
