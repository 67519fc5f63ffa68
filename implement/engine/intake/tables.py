"""What intake hands on: tables of text with numbered rows."""

from dataclasses import dataclass

import ibis.expr.types as ir

from implement.engine.intake.faults import Fault, Skipped

ROW = "_row"


@dataclass(frozen=True)
class SourceTable:
    """One table found in a file: every column text, absent values NULL, `_row` the number of the record from 1."""

    name: str
    file: str
    sheet: str | None
    columns: tuple[str, ...]
    row_count: int
    relation: ir.Table
    kind: str
    encoding: str | None = None
    separator: str | None = None


@dataclass(frozen=True)
class Intake:
    """Everything found at one path: the tables, what was left alone, and what could not be used."""

    tables: tuple[SourceTable, ...]
    skipped: tuple[Skipped, ...] = ()
    faults: tuple[Fault, ...] = ()
