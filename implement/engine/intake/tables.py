"""What intake hands on: tables of text with numbered rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import pyarrow as pa

from implement.engine.intake.faults import Fault, Skipped

ROW = "_row"


@dataclass(frozen=True)
class SourceTable:
    """One table found in a file: every column text, absent values NULL, `_row` the number of the record from 1.

    `relation` is read anew at each use, from Parquet in scratch where it is `staged`; `sample` holds rows spread over
    the whole table, all of them when it is small, and `nulls` counts the empty cells of each column over all rows where
    that is known.
    """

    name: str
    file: str
    sheet: str | None
    columns: tuple[str, ...]
    row_count: int
    relation: ir.Table
    kind: str
    encoding: str | None = None
    separator: str | None = None
    sample: pa.Table | None = None
    nulls: tuple[int, ...] | None = None
    staged: bool = False


@dataclass(frozen=True)
class Intake:
    """Everything found at one path: the tables, what was left alone, what could not be used, what was set right."""

    tables: tuple[SourceTable, ...]
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def text_schema(columns: Sequence[str]) -> pa.Schema:
    """How the rows of a table with these columns look in Arrow."""
    return pa.schema([(ROW, pa.int64()), *((name, pa.string()) for name in columns)])
