"""The columns and filters that a listing offers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, SQLColumnExpression, or_

Sql = SQLColumnExpression[object]
NUMERIC = frozenset({"number", "share", "money", "minutes", "bytes"})


@dataclass(frozen=True)
class Column:
    """One column; `by` is what SQL sorts by, rows of lists are sorted by their attribute `key`.

    `kind` says how cells are written: text, number, share, money, day, instant, minutes, bytes.
    """

    key: str
    label: object
    kind: str = "text"
    by: Sql | None = None
    sortable: bool = True

    @property
    def is_numeric(self) -> bool:
        """True for figures, which stand at the right and sort with the largest first."""
        return self.kind in NUMERIC

    @property
    def css_class(self) -> str:
        """How its cells stand: figures right, days unbroken."""
        return "num" if self.is_numeric else "when" if self.kind in ("day", "instant") else ""

    def value(self, row: object) -> object:
        """The cell of this column in a row: a mapping, a named row or an object."""
        return row.get(self.key) if isinstance(row, Mapping) else getattr(row, self.key)


@dataclass(frozen=True)
class Filter:
    """One filter: with `choices` (value, label) it compares, without it searches the text in one or more columns.

    In SQL a search also finds by `labels`, what readers see of the values of the column `labelled`.
    """

    key: str
    label: object
    choices: tuple[tuple[str, object], ...] = ()
    by: Sql | tuple[Sql, ...] = ()
    search: tuple[str, ...] = ()
    labelled: Sql | None = None
    labels: Mapping[str, object] = field(default_factory=dict)

    def takes(self, wish: str) -> bool:
        """True when the wish is one of the choices, or any text where there are none."""
        return bool(wish) and (not self.choices or wish in {value for value, _ in self.choices})

    def condition(self, wish: str) -> ColumnElement[bool]:
        """The wish as a condition of SQL; wildcards typed by people are plain signs."""
        columns = self.by if isinstance(self.by, tuple) else (self.by,)
        if self.choices:
            return or_(*(column == wish for column in columns))
        found = [column.icontains(wish, autoescape=True) for column in columns]
        if self.labelled is not None:
            meant = [value for value, label in self.labels.items() if wish.casefold() in str(label).casefold()]
            found.append(self.labelled.in_(meant))
        return or_(*found)

    def passes(self, row: object, wish: str) -> bool:
        """The same for a row of a list, over the attributes in `search` (else `key`)."""
        texts = [str(Column(name, "").value(row)) for name in self.search or (self.key,)]
        if self.choices:
            return wish in texts
        return any(wish.casefold() in text.casefold() for text in texts)
