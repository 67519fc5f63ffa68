"""What happened to transferred records since the cutover: one row per record, change and field, in one order."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

import pyarrow as pa

from implement.engine.repair.files import guard

DELETED = "deleted"
EMPTIED = "emptied"
MERGED = "merged"
DUPLICATED = "duplicated"
TORN = "torn"
REASSIGNED = "reassigned"
CHANGED = "changed"
FILLED = "filled"
CHANGES = (DELETED, EMPTIED, MERGED, TORN, DUPLICATED, REASSIGNED, CHANGED, FILLED)
LOSSES = frozenset({DELETED, EMPTIED, MERGED, TORN})
"""Changes after which something is no longer there."""
WRITTEN = ("table", "record", "record_now", "change", "field", "before", "after", "owner", "changed_by", "changed_on")


@dataclass(frozen=True)
class DriftFinding:
    """What happened to one transferred record, or to one field of it; rows are 0 where the record is not there.

    `owner` is whose it was at the cutover, `changed_by` who changed the record last; both as the export writes them,
    `…_name` as a table of the export calls them. `changed_on` is None where the export does not say.
    """

    table: str
    record: str
    record_now: str
    change: str
    field: str
    before: str
    after: str
    owner: str
    owner_name: str
    changed_by: str
    changed_by_name: str
    changed_on: date | None
    row_then: int
    row_now: int


_KINDS = {"changed_on": pa.date32(), "row_then": pa.int64(), "row_now": pa.int64()}
SCHEMA = pa.schema([(one.name, _KINDS.get(one.name, pa.string())) for one in fields(DriftFinding)])


def drift_table(findings: Iterable[DriftFinding]) -> pa.Table:
    """The findings as a table in their final order, numbered from 1 in `place`."""
    rows = sorted((astuple(one) for one in findings), key=lambda row: tuple(str(cell) for cell in row))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    table = pa.table([pa.array(cells, kind.type) for cells, kind in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)
    return table.append_column("place", pa.array(range(1, len(rows) + 1), pa.int64()))


def write_drift_csv(findings: pa.Table, path: Path) -> None:
    """Write what happened as CSV; people by name where the export names them, no cell a live formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(WRITTEN)
        for row in findings.to_pylist():
            row["owner"] = row["owner_name"] or row["owner"]
            row["changed_by"] = row["changed_by_name"] or row["changed_by"]
            writer.writerow([guard(str(row[name] or "")) for name in WRITTEN])
