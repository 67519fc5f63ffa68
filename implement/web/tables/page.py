"""One page of a listing as it was asked for, and the links that lead to its neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from implement.web.tables.columns import Column, Filter


@dataclass(frozen=True)
class Asked:
    """What the reader asked of a listing, every part already checked against what it offers."""

    sort: str
    descending: bool
    number: int
    filters: Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """The rows of one page; `number` counts from 1, `total` is all rows that pass the filters."""

    rows: Sequence[object]
    total: int
    size: int
    asked: Asked
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    prefix: str = ""
    other_fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The page shown: the asked one, or the last where there are fewer."""
        return min(self.asked.number, self.count_pages)

    @property
    def count_pages(self) -> int:
        """How many pages there are; an empty listing has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The number of the first row shown, 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        """The number of the last row shown."""
        return min(self.number * self.size, self.total)

    def field(self, key: str) -> str:
        """The name of a query field of this listing; two listings on one page differ by their prefix."""
        return f"{self.prefix}{key}"

    def direction(self, column: Column) -> str:
        """How the listing is sorted by this column, as assistive technology is told; empty when it is not."""
        if column.key != self.asked.sort:
            return ""
        return "descending" if self.asked.descending else "ascending"

    def sort_link(self, column: Column) -> str:
        """Sort by this column; once more turns the order round. Figures begin with the largest."""
        turned = not self.asked.descending if column.key == self.asked.sort else column.is_numeric
        return self._link(sort=("-" if turned else "") + column.key)

    def page_link(self, number: int) -> str:
        """Another page in the same order with the same filters."""
        return self._link(sort=self._sort(), page=str(number))

    def clear_link(self) -> str:
        """The same order without filters."""
        return "?" + urlencode({**self.other_fields, self.field("sort"): self._sort()})

    def kept_fields(self) -> list[tuple[str, str]]:
        """What the filter form carries on: the order, and the fields of other listings."""
        return [*self.other_fields.items(), (self.field("sort"), self._sort())]

    def _sort(self) -> str:
        return ("-" if self.asked.descending else "") + self.asked.sort

    def _link(self, **changes: str) -> str:
        own = {self.field(key): value for key, value in {**self.asked.filters, **changes}.items()}
        return "?" + urlencode({**self.other_fields, **own})
