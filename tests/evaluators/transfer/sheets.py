"""Tables of text as a CRM exports them: columns of cells, a key, references to other tables."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Cells: TypeAlias = NDArray[np.object_]
Rows: TypeAlias = NDArray[np.int64]
Marks: TypeAlias = NDArray[np.bool_]
Random: TypeAlias = np.random.Generator

DATE, TIMESTAMP, AMOUNT, COUNT, PHONE, MAIL, POSTCODE, NAME, CHOICE, TEXT = (
    "date",
    "timestamp",
    "amount",
    "count",
    "phone",
    "mail",
    "postcode",
    "name",
    "choice",
    "text",
)


@dataclass
class Sheet:
    """One table: its key column, its references (column → table) and what kind of value each column holds."""

    name: str
    key: str
    columns: dict[str, Cells]
    references: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    natural_key: bool = False  # the key is a name that both systems share

    @property
    def row_count(self) -> int:
        return len(self.columns[self.key])

    @property
    def keys(self) -> Cells:
        return self.columns[self.key]


Firm: TypeAlias = dict[str, Sheet]


def cells(values: Iterable[str]) -> Cells:
    """A column of text cells."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def change_each(column: Cells, change: Callable[[str], str]) -> Cells:
    """A column with every distinct value rewritten once."""
    rewritten: dict[str, str] = {}
    for value in column:
        if value not in rewritten:
            rewritten[value] = change(value)
    return cells(rewritten[value] for value in column)


def drawn(random: Random, pool: tuple[str, ...], count: int) -> Cells:
    """So many values drawn from a pool."""
    return cells(pool)[random.integers(0, len(pool), count)]


def blanked(random: Random, column: Cells, share: float) -> Cells:
    """The column with a share of its cells emptied."""
    emptied = column.copy()
    emptied[random.random(len(column)) < share] = ""
    return emptied


def days_between(random: Random, first: str, last: str, count: int) -> Cells:
    """ISO days drawn between two days."""
    start = np.datetime64(first, "D")
    span = int((np.datetime64(last, "D") - start).astype(int))
    return cells((start + random.integers(0, span, count)).astype(str).tolist())


def minutes_between(random: Random, first: str, last: str, count: int) -> Cells:
    """ISO instants to the minute, within office hours, drawn between two days."""
    hours = random.integers(7, 18, count)
    minutes = random.integers(0, 60, count)
    days = days_between(random, first, last, count)
    return cells(f"{day} {hour:02}:{minute:02}:00" for day, hour, minute in zip(days, hours, minutes, strict=True))


def euros(random: Random, median: float, count: int) -> Cells:
    """Amounts with two decimals, spread as prices are; cents are never zero at the end twice."""
    cents = np.maximum(1_001, (median * 100 * np.exp(random.normal(0, 0.9, count))).astype(np.int64))
    cents += cents % 10 == 0
    return cells(f"{amount // 100}.{amount % 100:02}" for amount in cents.tolist())


def digits(random: Random, pattern: str) -> str:
    """The pattern with each # replaced by a digit, never a zero at the end."""
    filled = "".join(str(random.integers(0, 10)) if mark == "#" else mark for mark in pattern[:-1])
    return filled + str(random.integers(1, 10))
