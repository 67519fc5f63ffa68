"""Which columns of an export say who changed a record last and when, whose it is, and whether it was deleted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.intake import ROW, Intake, SourceTable
from implement.engine.mapping.looking.profile import kind_of
from implement.engine.mapping.names import concepts_of, looks_like_id, words_of
from implement.engine.mapping.plan import DATE, Writing

SAMPLE_ROWS = 2_000
LEAST_NAMED = 0.8
MOST_PEOPLE = 50_000
_CHANGED = frozenset(
    ("zmiany", "modyfikacji", "zmodyfikowal", "zmodyfikowane", "zmodyfikowano", "zmienil", "изменения", "изменил",
     "обновлено", "modstamp")
)  # fmt: skip
_BY = frozenset(
    ("by", "von", "durch", "przez", "кем", "user", "uzytkownik", "benutzer", "пользователь", "zmienil", "изменил")
)
_DELETED = frozenset(("deleted", "geloescht", "usuniety", "usuniete", "usunieto", "удален", "удалено", "удалён"))
YES = frozenset(("1", "true", "t", "yes", "y", "ja", "wahr", "tak", "prawda", "да", "истина", "x"))
_SAID = YES | {"0", "false", "f", "no", "n", "nein", "falsch", "nie", "falsz", "нет", "ложь"}
AS_WRITTEN = Writing()


@dataclass(frozen=True)
class DriftColumns:
    """Columns of a table by what they say, empty where it has none; `layout` is how the days of `changed_on` are
    written.
    """

    owner: str = ""
    changed_by: str = ""
    changed_on: str = ""
    deleted: str = ""
    layout: Writing = AS_WRITTEN

    @property
    def about_the_change(self) -> frozenset[str]:
        """Columns that change with every change: they are read, never compared."""
        return frozenset(name for name in (self.changed_by, self.changed_on) if name)


def find_columns(table: SourceTable, ids: Iterable[str], backend: Backend) -> DriftColumns:
    """Recognise the columns by their names and by what they hold; `ids` name the record itself and say none of this."""
    cells = _sample(table, backend)
    names = [name for name in table.columns if name not in set(ids)]
    changed = [name for name in names if _speaks_of_change(name)]
    kinds = {name: kind_of(Counter(cell for cell in cells.column(name).to_pylist() if cell)) for name in changed}
    days = [name for name in changed if kinds[name][0] == DATE and not _BY & set(words_of(name))]
    people = [name for name in changed if name not in days and kinds[name][0] != DATE]
    owners = [name for name in names if "owner" in concepts_of(name) and not _tells_of_making(name)]
    flags = [name for name in names if _DELETED & set(words_of(name)) and _is_flag(cells.column(name).to_pylist())]
    on = next(iter(days), "")
    return DriftColumns(
        next(iter(owners), ""), next(iter(people), ""), on, next(iter(flags), ""), kinds[on][1] if on else AS_WRITTEN
    )


def name_values(values: Iterable[str], intake: Intake, backend: Backend) -> dict[str, str]:
    """What a table of the export calls the people that ids name; ids that no table explains are missing."""
    wanted = {value for value in values if value}
    if not wanted:
        return {}
    for table in sorted(intake.tables, key=lambda one: one.row_count):
        if table.row_count > MOST_PEOPLE:
            continue
        named = [name for name in table.columns if "name" in concepts_of(name)]
        for column in [name for name in table.columns if looks_like_id(name) and named]:
            book = _read_names(table, column, named, backend)
            if len(wanted & book.keys()) >= LEAST_NAMED * len(wanted):
                return {value: book[value] for value in wanted & book.keys()}
    return {}


def _read_names(table: SourceTable, column: str, named: list[str], backend: Backend) -> dict[str, str]:
    rows = backend.connection.to_pyarrow(table.relation.select(column, *named)).to_pylist()
    whole = [name for name in named if not {"first", "last"} & concepts_of(name)]
    parts = whole[:1] or sorted(named, key=lambda name: "last" in concepts_of(name))
    if len({row[column] for row in rows}) < len(rows):
        return {}
    said = {str(row[column]): " ".join(str(row[part]) for part in parts if row[part]) for row in rows if row[column]}
    return {key: name for key, name in said.items() if name}


def _speaks_of_change(name: str) -> bool:
    return "changed" in concepts_of(name) or bool(_CHANGED & set(words_of(name)))


def _tells_of_making(name: str) -> bool:
    return _speaks_of_change(name) or "created" in concepts_of(name)


def _is_flag(cells: Iterable[str | None]) -> bool:
    said = {cell.strip().lower() for cell in cells if cell}
    return bool(said) and said <= _SAID


def _sample(table: SourceTable, backend: Backend) -> pa.Table:
    step = max(1, table.row_count // SAMPLE_ROWS)
    return backend.connection.to_pyarrow(table.relation.filter(table.relation[ROW] % step == 0))
