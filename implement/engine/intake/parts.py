"""Write rows of text to Parquet while they are read, in bounded memory."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from implement.engine.intake.tables import ROW
from implement.engine.intake.totals import LOOKED_AT, count_totals

Cells = Sequence[str | None]


class PartWriter:
    """Takes numbered rows of text and writes them to one Parquet file in batches; keeps a spread sample."""

    def __init__(self, path: Path, columns: Sequence[str], batch_cells: int) -> None:
        self.path = path
        self.columns = tuple(columns)
        self.row_count = 0
        self._schema = pa.schema([(ROW, pa.int64()), *((name, pa.string()) for name in self.columns)])
        self._writer = pq.ParquetWriter(path, self._schema, compression="lz4")
        self._rows: list[Cells] = []
        self._numbers: list[int] = []
        self._batch_rows = max(1, batch_cells // (len(self.columns) + 1))

    def write(self, number: int, cells: Cells) -> None:
        """Add one row; empty text is absent, wholly empty rows are no records."""
        kept = [cell or None for cell in cells]
        if not any(kept):
            return
        self.row_count += 1
        self._numbers.append(number)
        self._rows.append(kept)
        if len(self._rows) >= self._batch_rows + LOOKED_AT:
            self._flush(LOOKED_AT)

    def drop_totals(self) -> list[int]:
        """Leave lines of totals at the end out; answers their numbers."""
        count = count_totals(self._rows)
        dropped = self._numbers[len(self._numbers) - count :]
        self._rows, self._numbers = self._rows[: len(self._rows) - count], self._numbers[: len(self._numbers) - count]
        self.row_count -= count
        return dropped

    def close(self) -> None:
        """Write what is left and finish the file."""
        self._flush()
        self._writer.close()

    def _flush(self, kept: int = 0) -> None:
        """Write the rows but for the last, which may turn out to be totals."""
        end = len(self._rows) - kept
        if end <= 0:
            return
        columns = [pa.array(column, pa.string()) for column in zip(*self._rows[:end], strict=True)]
        numbers = pa.array(self._numbers[:end], pa.int64())
        self._writer.write_table(pa.Table.from_arrays([numbers, *columns], schema=self._schema))
        self._rows, self._numbers = self._rows[end:], self._numbers[end:]
