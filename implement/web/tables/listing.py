"""A listing: which orders and filters it allows, and how one page of it is fetched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from sqlalchemy import Select, UnaryExpression, func, select
from sqlalchemy.orm import Session

from implement.web.tables.columns import Column, Filter, Sql
from implement.web.tables.page import Asked, Page


class Comparable(Protocol):
    """A cell that knows its order."""

    def __lt__(self, other: object, /) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A listing; `first_sort` is a column's key, with `-` for the largest first.

    `row_key` is unique and makes the order of SQL complete; `prefix` tells two listings on one page apart.
    """

    columns: tuple[Column, ...]
    first_sort: str
    filters: tuple[Filter, ...] = ()
    row_key: Sql | None = None
    size: int = 50
    prefix: str = ""

    def asked(self, query: Mapping[str, str]) -> Asked:
        """Read what the reader asked; what the listing does not offer falls back to its first order and page."""
        wish = query.get(f"{self.prefix}sort", self.first_sort)
        if wish.lstrip("-") not in self._sortable():
            wish = self.first_sort
        number = query.get(f"{self.prefix}page", "1")
        filters = {one.key: query.get(f"{self.prefix}{one.key}", "") for one in self.filters}
        return Asked(
            sort=wish.lstrip("-"),
            descending=wish.startswith("-"),
            number=max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else 1,
            filters={one.key: filters[one.key] for one in self.filters if one.takes(filters[one.key])},
        )

    def select_page(self, session: Session, statement: Select[*tuple[object, ...]], query: Mapping[str, str]) -> Page:
        """Fetch one page of a select of columns: one query counts, one fetches."""
        asked = self.asked(query)
        narrowed = statement.where(*(one.condition(asked.filters[one.key]) for one in self._in_use(asked)))
        total = session.scalar(select(func.count()).select_from(narrowed.order_by(None).subquery())) or 0
        page = self._page((), total, asked, query)
        ordered = narrowed.order_by(*self._order(asked)).limit(self.size).offset((page.number - 1) * self.size)
        return self._page(session.execute(ordered).all(), total, asked, query)

    def slice_page(self, rows: Sequence[object], query: Mapping[str, str]) -> Page:
        """One page of rows that are already at hand; rows without a value stand last in either direction."""
        asked = self.asked(query)
        kept = [row for row in rows if all(one.passes(row, asked.filters[one.key]) for one in self._in_use(asked))]
        ordered = _sorted_by(self._sortable()[asked.sort], kept, asked.descending)
        start = (self._page((), len(kept), asked, query).number - 1) * self.size
        return self._page(ordered[start : start + self.size], len(kept), asked, query)

    def _sortable(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns if column.sortable}

    def _in_use(self, asked: Asked) -> list[Filter]:
        return [one for one in self.filters if one.key in asked.filters]

    def _order(self, asked: Asked) -> list[UnaryExpression[object]]:
        by = self._sortable()[asked.sort].by
        order = [] if by is None else [(by.desc() if asked.descending else by.asc()).nulls_last()]
        return order + ([] if self.row_key is None else [self.row_key.asc()])

    def _page(self, rows: Sequence[object], total: int, asked: Asked, query: Mapping[str, str]) -> Page:
        own = {f"{self.prefix}{key}" for key in ("sort", "page", *(one.key for one in self.filters))}
        others = {key: value for key, value in query.items() if key not in own}
        return Page(rows, total, self.size, asked, self.columns, self.filters, self.prefix, others)


def _sorted_by(column: Column, rows: Sequence[object], descending: bool) -> list[object]:
    """Rows by the column, texts without regard to capitals; rows without a value last."""
    there = [row for row in rows if column.value(row) is not None]
    empty = [row for row in rows if column.value(row) is None]
    return sorted(there, key=lambda row: _comparable(column.value(row)), reverse=descending) + empty


def _comparable(value: object) -> Comparable:
    return cast(Comparable, value.casefold() if isinstance(value, str) else value)
