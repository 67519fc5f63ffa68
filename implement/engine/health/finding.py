"""What is wrong with old tables: kinds of findings, each with its count, examples and the rows behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

DUPLICATE_KEY, DUPLICATE_RECORD, SAME_CONTACT = "duplicate_key", "duplicate_record", "same_contact"
ORPHAN, CHILDLESS, EMPTY, BLANK_WORD = "orphan", "childless", "empty", "blank_word"
MIXED_DATES, MIXED_DECIMALS, MIXED_PHONES = "mixed_dates", "mixed_decimals", "mixed_phones"
UNREADABLE, MISSPELT, BROKEN_LETTERS = "unreadable", "misspelt", "broken_letters"
LEADING_ZEROS, SPREADSHEET_NUMBER = "leading_zeros", "spreadsheet_number"
KINDS = (
    ORPHAN, DUPLICATE_KEY, DUPLICATE_RECORD, SAME_CONTACT, EMPTY, BLANK_WORD, MISSPELT, MIXED_DATES, MIXED_DECIMALS,
    MIXED_PHONES, UNREADABLE, BROKEN_LETTERS, LEADING_ZEROS, SPREADSHEET_NUMBER, CHILDLESS,
)  # fmt: skip
"""In the order in which they are told."""


@dataclass(frozen=True)
class RowsBehind:
    """The rows of a finding: their numbers in the table, the value found, and what belongs to it.

    `others` says the value that was probably meant, the writing, or the row of the twin; empty where nothing does.
    """

    rows: np.ndarray
    values: Sequence[str]
    others: Sequence[str]

    def __len__(self) -> int:
        return len(self.rows)

    def to_arrow(self, number: int) -> pa.Table:
        """The same as columns, with the number of the finding."""
        numbers = pa.array(np.full(len(self.rows), number, np.int32))
        columns = [numbers, pa.array(self.rows, pa.int64()), pa.array(self.values, pa.string())]
        return pa.table([*columns, pa.array(self.others, pa.string())], ["number", "row", "value", "other"])


@dataclass(frozen=True)
class HealthFinding:
    """`count` of `of` rows of a table share one ailment; `examples` pair values with what belongs to them, commonest
    first.

    `parent` is the table that a relation names, `parent_column` its key; `where` says in which column and under which
    values all of it stands, if it does.
    """

    table: str
    column: str
    kind: str
    of: int
    behind: RowsBehind
    examples: tuple[tuple[str, str, int], ...] = ()
    parent: str = ""
    parent_column: str = ""
    where: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def count(self) -> int:
        """How many rows are concerned."""
        return len(self.behind)

    @property
    def share(self) -> float:
        """The share of the rows looked at."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class HealthReport:
    """Everything found in the tables of one side, in the order in which it is told."""

    findings: tuple[HealthFinding, ...]
    tables: int
    rows: int

    def numbered(self) -> Iterator[tuple[int, HealthFinding]]:
        """The findings with their numbers, from 1."""
        return enumerate(self.findings, start=1)

    def rows_behind(self) -> pa.Table:
        """All rows behind all findings: number of the finding, row, value, other."""
        parts = [finding.behind.to_arrow(number) for number, finding in self.numbered()]
        return pa.concat_tables(parts) if parts else RowsBehind(np.empty(0, np.int64), [], []).to_arrow(0)
