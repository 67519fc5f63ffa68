"""Read the tables of an SQLite file."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from implement.engine.backend import quoted_name
from implement.engine.intake.cells import cell_text
from implement.engine.intake.collecting import Collection
from implement.engine.intake.faults import Unusable
from implement.engine.intake.headers import name_columns
from implement.engine.intake.loaded import load_parts
from implement.engine.intake.parts import PartWriter
from implement.engine.intake.tables import ForeignKey, SourceTable

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite|_%' ESCAPE '|' ORDER BY name"
DECLARED = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'


def read_database(path: Path, file: str, into: Collection) -> None:
    """Read every table of an SQLite file, opened read-only; empty tables are named and left alone."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            database.text_factory = _text
            for (name,) in database.execute(TABLES).fetchall():
                into.add(_read_table(database, name, file, into))
    except sqlite3.Error as error:
        raise Unusable(file, "database_damaged", str(error)[:200]) from error


def _read_table(database: sqlite3.Connection, name: str, file: str, into: Collection) -> SourceTable:
    rows = database.execute(f"SELECT * FROM {quoted_name(name)}")
    columns, renamed = name_columns([column[0] for column in rows.description])
    for column in renamed:
        into.note(file, column.code, column.found or column.position, column.name, column=column.name)
    names = dict(zip([str(column[0]).lower() for column in rows.description], columns, strict=True))
    writer = PartWriter(into.backend.fresh_path(".parquet"), columns, into.limits.batch_cells)
    for number, row in enumerate(rows, start=1):
        if number > into.limits.rows:
            raise Unusable(file, "too_many_rows", into.limits.rows)
        writer.write(number, [cell_text(value) for value in row])
    writer.close()
    declared = _foreign_keys(database, name, names)
    return load_parts(writer, into, name=name, file=file, kind="sqlite", sheet=name, foreign_keys=declared)


def _foreign_keys(database: sqlite3.Connection, table: str, names: Mapping[str, str]) -> tuple[ForeignKey, ...]:
    """The columns declared to name records of tables; where it is not said by what, by their primary keys.

    The names of columns that do so together are joined by `|`.
    """
    found: dict[int, list[tuple[str, str, str | None]]] = {}
    for number, parent, column, own in database.execute(DECLARED, (table,)).fetchall():
        found.setdefault(number, []).append((parent, column, own))
    keys = []
    for _, parts in sorted(found.items()):
        columns = [names.get(column.lower(), "") for _, column, _ in parts]
        own_names = [own for _, _, own in parts if own] or _own_key(database, parts[0][0])
        if all(columns) and len(own_names) == len(columns):
            keys.append(ForeignKey("|".join(columns), parts[0][0], "|".join(own_names)))
    return tuple(keys)


def _own_key(database: sqlite3.Connection, table: str) -> list[str]:
    keys = database.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,)).fetchall()
    return [name for (name,) in keys]


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")
