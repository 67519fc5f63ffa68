"""Read the tables of an SQLite file."""

import sqlite3
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
from implement.engine.intake.tables import SourceTable

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite|_%' ESCAPE '|' ORDER BY name"


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
    writer = PartWriter(into.backend.fresh_path(".parquet"), columns, into.limits.batch_cells)
    for number, row in enumerate(rows, start=1):
        if number > into.limits.rows:
            raise Unusable(file, "too_many_rows", into.limits.rows)
        writer.write(number, [cell_text(value) for value in row])
    writer.close()
    return load_parts(writer, into, name=name, file=file, kind="sqlite", sheet=name)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")
