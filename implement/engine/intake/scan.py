"""Let the table engine read a clean UTF-8 CSV file, and look at its rows on their way into scratch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend, Unreadable, quoted_name, quoted_text
from implement.engine.intake.limits import IntakeLimits
from implement.engine.intake.tables import ROW, text_schema

WHEEL = 1 << 32
GOLDEN = 2_654_435_769


@dataclass(frozen=True)
class Scan:
    """What one pass over a table saw: rows, empty cells by column, wholly empty rows, and a spread sample."""

    row_count: int
    nulls: tuple[int, ...]
    blank_rows: int
    sample: pa.Table


def csv_rows(path: Path, columns: Sequence[str], separator: str) -> str:
    """The SELECT that numbers the records of a CSV file in their order and reads every cell as text."""
    types = ", ".join(f"{quoted_text(name)}: 'VARCHAR'" for name in columns)
    return (
        f"SELECT CAST(row_number() OVER () AS BIGINT) AS {ROW}, * FROM read_csv({quoted_text(str(path))}, "
        f"auto_detect=false, header=true, delim={quoted_text(separator)}, quote='\"', escape='\"', nullstr='', "
        f"columns={{{types}}})"
    )


def parquet_rows(path: Path) -> str:
    """The SELECT that reads kept rows."""
    return f"SELECT * FROM read_parquet({quoted_text(str(path))})"


def scan_rows(backend: Backend, select: str, columns: Sequence[str], share: float) -> Scan | None:
    """Read every cell once: count, and keep a share of the rows; None when the engine cannot read the file."""
    counts = ", ".join(f"count({quoted_name(name)})" for name in columns)
    fields = ", ".join(f"{quoted_text(name)}: {quoted_name(name)}" for name in (ROW, *columns))
    query = (
        f"SELECT count(*), count(*) FILTER (WHERE {_any_value(columns)} IS NULL), {counts}, "
        f"list({{{fields}}}) FILTER (WHERE {_spread(share)} AND {_any_value(columns)} IS NOT NULL) FROM ({select})"
    )
    try:
        found = backend.duck.execute(query).to_arrow_table()
    except Unreadable:
        return None
    rows, blank, *filled = (column[0].as_py() for column in found.columns[:-1])
    return Scan(rows - blank, tuple(rows - blank - cells for cells in filled), blank, _sample(found, columns))


class Passing:
    """Looks at every row of a table as it passes: counts, drops wholly empty rows, keeps a spread sample.

    How large a share belongs to the sample is known at the end only: until then more is kept, in bounds, and no more
    than if half of the rows came that the first ones and the size of the file let expect.
    """

    def __init__(self, columns: Sequence[str], limits: IntakeLimits, file_bytes: int = 0) -> None:
        self.columns, self.limits, self.file_bytes = tuple(columns), limits, file_bytes
        self.rows_seen = self.row_count = 0
        self._expected_rows = 0.0
        self.nulls = [0] * len(self.columns)
        self._kept: list[pa.RecordBatch] = []
        self._kept_rows = 0

    def take(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Look at some rows; answers those that are records."""
        if not self.rows_seen:
            self._expected_rows = batch.num_rows * self.file_bytes / max(1, batch.nbytes) / 2
        self.rows_seen += batch.num_rows
        batch = self._without_blank_rows(batch)
        self.row_count += batch.num_rows
        cells = batch.columns[1:]
        self.nulls = [known + column.null_count for known, column in zip(self.nulls, cells, strict=True)]
        self._keep(self._spread(batch))
        if self._kept_rows > 2 * wanted_rows(len(self.columns), self.limits):
            kept, self._kept, self._kept_rows = pa.concat_batches(self._kept), [], 0
            self._keep(self._spread(kept))
        return batch

    def sample(self) -> pa.Table:
        """The rows spread over all that have passed."""
        self._expected_rows = 0.0
        kept = [self._spread(batch) for batch in self._kept]
        return pa.Table.from_batches(kept, text_schema(self.columns)).combine_chunks()

    def _keep(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self._kept.append(batch)
            self._kept_rows += batch.num_rows

    def _spread(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = max(self.rows_seen, int(self._expected_rows))
        limit = int(WHEEL * share_for(rows, len(self.columns), self.limits))
        turns = batch.column(0).to_numpy() * GOLDEN & (WHEEL - 1)
        return pc.take(batch, pa.array(np.flatnonzero(turns < limit)), boundscheck=False)

    @staticmethod
    def _without_blank_rows(batch: pa.RecordBatch) -> pa.RecordBatch:
        """Every column of a batch with blank rows has empty cells, so most batches are not looked at."""
        if not all(column.null_count for column in batch.columns[1:]):
            return batch
        filled = pc.is_valid(pc.coalesce(*batch.columns[1:]))
        return batch if pc.all(filled).as_py() else batch.filter(filled)


def wanted_rows(columns: int, limits: IntakeLimits) -> int:
    """How many rows belong to the sample of so many columns."""
    return max(1, min(limits.sample_rows, limits.sample_cells // max(1, columns)))


def share_for(rows: int, columns: int, limits: IntakeLimits) -> float:
    """Which share of so many rows belongs to the sample."""
    return min(1.0, wanted_rows(columns, limits) / max(1, rows))


def _spread(share: float) -> str:
    """Choose rows evenly, whatever period their values have (by multiples of the golden ratio)."""
    return f"({ROW} * {GOLDEN}) % {WHEEL} < {int(WHEEL * share)}"


def _any_value(columns: Sequence[str]) -> str:
    names = ", ".join(map(quoted_name, columns))
    return f"coalesce({names})" if len(columns) > 1 else names


def _sample(found: pa.Table, columns: Sequence[str]) -> pa.Table:
    rows = found.columns[-1].combine_chunks().flatten()
    arrays = rows.flatten() if len(rows) else [pa.array([], pa.int64()), *(pa.array([], pa.string()) for _ in columns)]
    return pa.Table.from_arrays(arrays, names=[ROW, *columns])
