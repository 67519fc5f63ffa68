"""What intake hands on: tables of text with numbered rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ibis.expr.types as ir
import pyarrow as pa

from implement.engine.intake.faults import Fault, Skipped

ROW = "_row"


class ForeignKey(NamedTuple):
    """A column that a database declares to name records of a table of its own, and by which column it does."""

    column: str
    parent: str
    parent_column: str


@dataclass(frozen=True)
class SourceTable:
    """One table found in a file: every column text, absent values NULL, `_row` the number of the record from 1.

    `relation` is read anew at each use, from Parquet in scratch where it is `staged`; `sample` holds rows spread over
    the whole table, all of them when it is small, and `nulls` counts the empty cells of each column over all rows where
    that is known. `foreign_keys` are what its database says, which calls its tables as their `sheet`.
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
    foreign_keys: tuple[ForeignKey, ...] = ()


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
