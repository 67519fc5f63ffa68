"""The rows that findings are about, column by column as numbers, so that values are counted without being touched."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from implement.engine.intake import ROW

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CodedCells:
    """The cells of one column on some rows: `codes` are places among `values`; a blank cell is empty text."""

    codes: Numbers
    values: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def frequent(self, most: int) -> dict[str, int]:
        """The most frequent values with their counts; of equally frequent ones those that are met first."""
        codes, first, counts = np.unique(self.codes, return_index=True, return_counts=True)
        order = np.lexsort((first, -counts))[:most]
        return {
            self.values[code]: count for code, count in zip(codes[order].tolist(), counts[order].tolist(), strict=True)
        }

    def distinct(self) -> int:
        """How many different values there are."""
        return len(np.unique(self.codes))

    def places_of(self, wanted: Collection[str]) -> tuple[int, ...]:
        """The places at which one of the wanted values stands."""
        known = np.fromiter((value in wanted for value in self.values), dtype=bool, count=len(self.values))
        return tuple(np.flatnonzero(known[self.codes]).tolist())


@dataclass(frozen=True)
class CodedRows:
    """Rows by number, each column as codes."""

    numbers: Numbers
    columns: Mapping[str, CodedCells]

    def places(self, numbers: Sequence[int]) -> Numbers:
        """Where the rows with these numbers stand."""
        return np.searchsorted(self.numbers, np.asarray(numbers, dtype=np.int64))

    def cells(self, column: str, places: Numbers) -> CodedCells:
        """The cells of a column on some rows."""
        whole = self.columns[column]
        return CodedCells(whole.codes[places], whole.values)


def code_rows(rows: pa.Table) -> CodedRows:
    """Number the cells of each column."""
    rows = rows.sort_by(ROW)
    columns = {name: code_cells(rows.column(name)) for name in rows.column_names if name != ROW}
    return CodedRows(rows.column(ROW).to_numpy(), columns)


def code_cells(cells: pa.ChunkedArray) -> CodedCells:
    """Number the cells of one column."""
    coded = cells.fill_null("").combine_chunks().dictionary_encode()
    return CodedCells(coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist())
