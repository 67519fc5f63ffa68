"""The mapping: which table, column and value of the source became which of the target, and why we think so."""

from dataclasses import dataclass, field

TEXT, NUMBER, DATE, LOOSE, WORDS, LISTED = "text", "number", "date", "loose", "words", "listed"
"""How two cells are compared: as written, as numbers, as dates, by letters and digits alone, by words in any order, or
by the ids or words listed in them in any order.
"""


@dataclass(frozen=True)
class Writing:
    """How one side writes a column: `comma` for the decimal sign, `order` of day, month and year, an example layout.

    `prefixes` are what only this side puts before a value, letters and digits alone, divided by `|` (`49|0`); `mark`
    is what it writes, letter by letter, before almost every value (`LEG-`), for files that repair it. `first_year` is
    the first of the hundred years that two digits stand for (0: the usual ones). `zone` says
    that this side's times are of UTC and stand on the other as the clocks of the zone show them, or by how much they
    are moved (`+02:00`); `to_minute` that the other side keeps no seconds; `shift` by which power of ten its numbers
    are multiplied there; `entry` that its cells are arrays of entries, and what of each is read; `cut` how many of the
    first letters of its ids the other side keeps; `id_at` where in a cell, beside what a record is called, its id
    stands, which alone is read (`brackets`, `first`, `last`). `order` may also be SERIAL, SECONDS or MILLISECONDS:
    dates written as numbers.
    """

    comma: bool = False
    order: str = ""
    layout: str = ""
    prefixes: str = ""
    mark: str = ""
    zone: str = ""
    to_minute: bool = False
    shift: int = 0
    entry: str = ""
    first_year: int = 0
    cut: int = 0
    id_at: str = ""

    @property
    def is_roundabout(self) -> bool:
        """Say whether cells are to be read one by one: a table engine has no words for it."""
        is_counted = self.order in ("SERIAL", "SECONDS", "MILLISECONDS")
        return bool(self.zone or self.to_minute or self.shift or self.entry or is_counted)


@dataclass(frozen=True)
class ColumnMapping:
    """One source column and its counterpart; `target` is None when there is none."""

    source: str
    target: str | None
    kind: str = TEXT
    source_writing: Writing = Writing()
    target_writing: Writing = Writing()
    rewritten: bool = False
    """Most cells hold the same value in another writing."""
    values: tuple[tuple[str, str], ...] = ()
    """One-to-one replacements of values, source to target; a blank on one side says that its word there is one.

    Of lists they are those of the words in a cell, of which several may have become one.
    """
    sure: float = 1.0
    note: str = ""
    left_behind: str = ""
    """Why the column was not transferred on purpose; empty when nobody decided that."""

    @property
    def replaced(self) -> dict[str, str]:
        """What source values became; blank for words that the target leaves out."""
        return {one: other for one, other in self.values if one}

    @property
    def is_marked(self) -> bool:
        """Whether a side puts something of its own before the values, or behind them."""
        return any(writing.prefixes or writing.cut for writing in (self.source_writing, self.target_writing))

    @property
    def blank_there(self) -> str:
        """The word by which the target says what the source leaves blank."""
        return next((other for one, other in self.values if not one), "")


@dataclass(frozen=True)
class Reference:
    """A source column that names records of a parent table, and what the target's column names them by.

    A column that has several names in each cell a record of any one of these parents: an account or a deal.
    """

    column: str
    parent: str
    parent_column: str
    target_parent_column: str | None = None


@dataclass(frozen=True)
class Joined:
    """Columns that one side keeps apart, in their order, and the other together; one of the sides names one column.

    Of lists that became one, `values` says what their values, divided by a blank, became; of values that are together
    in an array `entry` says what is read of each of its entries.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()
    entry: str = ""


TABLE = "(table)"
"""What the column is called that says in which of several target tables a row stands."""


@dataclass(frozen=True)
class Also:
    """A further target table that holds rows of a source table; `columns` pairs what it calls otherwise than the first.

    A column that only this one has goes by its own name.
    """

    target: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LookedUp:
    """A column of the target that names rows of another table there; what those hold counts as held by the row itself.

    `key` is the column of that table that is named.
    """

    column: str
    table: str
    key: str

    def called(self, name: str) -> str:
        """What a column of the other table is called in the row that names it."""
        return f"{self.column}.{name}"

    def holds(self, name: str) -> bool:
        """Say whether a column is one of those looked up, or says where."""
        return name == self.column or name.startswith(self.called(""))


@dataclass(frozen=True)
class TableMapping:
    """One source table and its counterpart; `key` pairs the columns that join them, empty when there is no key."""

    source: str
    target: str | None
    key: tuple[tuple[str, str], ...] = ()
    source_id: tuple[str, ...] = ()
    target_id: tuple[str, ...] = ()
    columns: tuple[ColumnMapping, ...] = ()
    references: tuple[Reference, ...] = ()
    joined: tuple[Joined, ...] = ()
    only_in_target: tuple[str, ...] = ()
    sure: float = 1.0
    note: str = ""
    left_behind: str = ""
    target_rows: tuple[tuple[str, str], ...] = ()
    """Of a target table that holds several source tables the column, and its word, that mark the rows of this one.

    Where there is none, content decides.
    """
    also: tuple[Also, ...] = ()
    """Further target tables that hold some of the rows, where a source table was divided."""
    listed: tuple[Reference, ...] = ()
    """The columns whose cells name several records of a parent."""
    looked_up: tuple[LookedUp, ...] = ()
    """Where columns of the source were moved into tables of their own."""

    @property
    def compared(self) -> tuple[ColumnMapping, ...]:
        """The columns that have a counterpart."""
        return tuple(column for column in self.columns if column.target is not None)

    @property
    def relations(self) -> tuple[Reference, ...]:
        """All the columns that name records of parents, one in a cell or several."""
        return (*self.references, *self.listed)

    @property
    def referring(self) -> dict[str, tuple[Reference, ...]]:
        """The columns whose cells name one record each, and the parents of which it may be: one, or any of several."""
        names = dict.fromkeys(one.column for one in self.references)
        return {name: tuple(one for one in self.references if one.column == name) for name in names}

    @property
    def held_together(self) -> tuple[Joined, ...]:
        """The columns that are joined, but for those of which a part was given a counterpart of its own since."""
        ones = {column.source for column in self.compared}
        others = {column.target for column in self.compared}
        return tuple(one for one in self.joined if ones.isdisjoint(one.source) and others.isdisjoint(one.target))

    def column(self, source: str) -> ColumnMapping | None:
        """The mapping of one source column."""
        return next((column for column in self.columns if column.source == source), None)


@dataclass(frozen=True)
class Mapping:
    """Everything known about how the source became the target."""

    tables: tuple[TableMapping, ...]
    only_in_target: tuple[str, ...] = field(default=())

    def table(self, source: str) -> TableMapping | None:
        """The mapping of one source table."""
        return next((table for table in self.tables if table.source == source), None)

    def united_with(self, table: TableMapping) -> tuple[TableMapping, ...]:
        """All the tables that became the same target table as this one, itself too."""
        return tuple(one for one in self.tables if one.target is not None and one.target == table.target)
