"""Findings: one row per record, class and field, in one order, as CSV or Parquet."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = ("table", "source_id", "target_id", "class", "field", "source_value", "target_value", "cause")
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS] + [("source_row", pa.int64()), ("target_row", pa.int64())])


class Finding(NamedTuple):
    """What happened to one record, or to one field of it; rows are 0 where a side has none."""

    table: str
    source_id: str
    target_id: str
    fate: str
    field: str = ""
    source_value: str = ""
    target_value: str = ""
    cause: str = ""
    source_row: int = 0
    target_row: int = 0

    @property
    def is_of_column(self) -> bool:
        """Say whether the finding holds for a whole column or table."""
        return not self.source_id and not self.target_id


def findings_table(findings: Iterable[Finding]) -> pa.Table:
    """The findings as a table in their final order."""
    rows = list(findings)
    columns = zip(*rows, strict=True) if rows else ([] for _ in SCHEMA)
    table = pa.table([pa.array(c, t.type) for c, t in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in SCHEMA.names])
    return table.take(order)


def write_findings_csv(findings: pa.Table, path: Path) -> None:
    """Write FINDINGS.csv as the contract of the command says."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write_findings(findings, file)


def write_findings(findings: pa.Table, file: io.TextIOBase | io.TextIOWrapper) -> None:
    """Write the findings as CSV text."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for batch in findings.select(list(COLUMNS)).to_batches(max_chunksize=10_000):
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def write_findings_parquet(findings: pa.Table, path: Path) -> None:
    """Write the findings with the row numbers of both sides, in order."""
    pq.write_table(findings, path)
