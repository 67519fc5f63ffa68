"""What a repair consists of: tables to import, tables that take the import back, and what could not be put in."""

from collections import Counter
from dataclasses import dataclass

import pyarrow as pa

INSERT, UPDATE, DELETE = "insert", "update", "delete"
KINDS = (INSERT, UPDATE, DELETE)

NO_COUNTERPART = "no_counterpart"
NO_KEY = "no_key"
KEY_NOT_UNIQUE = "key_not_unique"
KEY_ITSELF = "key_itself"
PARENT_MISSING = "parent_missing"
NOT_WRITABLE = "not_writable"
WITH_PARENT = "with_parent"
REASONS = (PARENT_MISSING, WITH_PARENT, KEY_NOT_UNIQUE, KEY_ITSELF, NO_KEY, NO_COUNTERPART, NOT_WRITABLE)
"""Why a finding is in no file; `with_parent` mends itself once the parent's file is imported."""


@dataclass(frozen=True)
class RepairTable:
    """Rows for one table of the target, under its own column names and in its own writing; all columns are text.

    `key` names the columns that say which record is meant: empty for inserts.
    """

    kind: str
    target: str
    key: tuple[str, ...]
    rows: pa.Table

    @property
    def count(self) -> int:
        """How many records it holds."""
        return int(self.rows.num_rows)


@dataclass(frozen=True)
class LeftOut:
    """A finding that is in no file, and why; `parent` is the table to be imported first."""

    table: str
    source_id: str
    target_id: str
    fate: str
    field: str
    reason: str
    parent: str = ""


@dataclass(frozen=True)
class Repair:
    """`tables` in the order of import, `undo` in the order that takes them back; everything in one fixed order."""

    tables: tuple[RepairTable, ...]
    undo: tuple[RepairTable, ...]
    left_out: tuple[LeftOut, ...]

    def count(self, kind: str) -> int:
        """How many records are inserted, updated or deleted."""
        return sum(table.count for table in self.tables if table.kind == kind)

    def count_left_out(self) -> dict[tuple[str, str, str], int]:
        """How many findings were left out, by reason, table and parent."""
        counted = Counter((one.reason, one.table, one.parent) for one in self.left_out)
        return {key: counted[key] for key in sorted(counted, key=lambda key: (REASONS.index(key[0]), key))}
