"""Let the table engine read a clean UTF-8 CSV file: parse it once into Parquet, then look at that."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from implement.engine.backend import Backend, Unreadable, quoted_name, quoted_text
from implement.engine.intake.limits import IntakeLimits
from implement.engine.intake.tables import ROW

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


def copy_rows(backend: Backend, select: str) -> Path | None:
    """Parse every cell once and keep the rows in scratch; None when the engine cannot read the file."""
    path = backend.fresh_path(".parquet", "parsed")
    try:
        backend.duck.execute(f"COPY ({select}) TO {quoted_text(str(path))} (FORMAT parquet, COMPRESSION lz4_raw)")
    except Unreadable:
        return None
    return path


def parquet_rows(path: Path) -> str:
    """The SELECT that reads kept rows."""
    return f"SELECT * FROM read_parquet({quoted_text(str(path))})"


def without_blank_rows(select: str, columns: Sequence[str]) -> str:
    """The same rows but those without any value; the others keep their numbers."""
    return f"SELECT * FROM ({select}) WHERE {_any_value(columns)} IS NOT NULL"


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


def share_for(rows: int, columns: int, limits: IntakeLimits) -> float:
    """Which share of so many rows belongs to the sample."""
    wanted = max(1, min(limits.sample_rows, limits.sample_cells // max(1, columns)))
    return min(1.0, wanted / max(1, rows))


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
