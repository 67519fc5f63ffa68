"""Rows as lines of JSON that SQLite and PostgreSQL read alike: instants in UTC, exact decimals, bytes in base 64."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice

from sqlalchemy import JSON, Column, Connection, Date, DateTime, LargeBinary, MetaData, Numeric, Table, select

ROWS_AT_ONCE = 2_000
VERSION_TABLE = "alembic_version"

Cell = str | int | float | bool | bytes | None | date | datetime | Decimal | list["Cell"] | dict[str, "Cell"]
Encoded = str | int | float | bool | None | list["Encoded"] | dict[str, "Encoded"]


class ForeignColumns(ValueError):
    """The lines have other columns than the table."""


def reflect_tables(connection: Connection) -> list[Table]:
    """The tables as the database has them, by name; the code may describe later ones."""
    found = MetaData()
    found.reflect(connection)
    return [table for name, table in sorted(found.tables.items()) if name != VERSION_TABLE]


def dump_table(connection: Connection, table: Table) -> Iterator[bytes]:
    """The names of the columns, then each row, ordered by key."""
    yield _line([column.name for column in table.columns])
    rows = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table).order_by(*table.primary_key))
    for row in rows:
        yield _line([_encode(cell) for cell in row])


def load_table(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Insert the lines of a dumped table."""
    numbered = iter(lines)
    names = json.loads(next(numbered))
    if set(names) != {column.name for column in table.columns}:
        raise ForeignColumns(f"the columns of {table.name} are not those of its revision")
    columns = [table.columns[name] for name in names]
    _keep_json_null(columns)
    readers = [_reader(column, is_naive=connection.dialect.name == "sqlite") for column in columns]
    while batch := list(islice(numbered, ROWS_AT_ONCE)):
        rows = [dict(zip(names, _decode(line, readers), strict=True)) for line in batch]
        connection.execute(table.insert(), rows)


def _line(cells: list[Encoded]) -> bytes:
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _encode(cell: Cell) -> Encoded:
    match cell:
        case datetime():
            return (cell if cell.tzinfo else cell.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
        case date():
            return cell.isoformat()
        case Decimal():
            return str(cell)
        case bytes():
            return base64.b64encode(cell).decode("ascii")
        case list():
            return [_encode(part) for part in cell]
        case dict():
            return {name: _encode(part) for name, part in cell.items()}
        case None | str() | int() | float():
            return cell
    raise TypeError(f"no archived form for {type(cell).__name__}")


def _decode(line: bytes, readers: list[Callable[[Encoded], Cell]]) -> list[Cell]:
    return [cell if cell is None else read(cell) for cell, read in zip(json.loads(line), readers, strict=True)]


def _reader(column: Column[Cell], *, is_naive: bool) -> Callable[[Encoded], Cell]:
    """How a cell of the column is read back; SQLite keeps instants in UTC without saying so."""
    if isinstance(column.type, DateTime):
        return lambda cell: datetime.fromisoformat(str(cell)).replace(tzinfo=None if is_naive else UTC)
    if isinstance(column.type, Date):
        return lambda cell: date.fromisoformat(str(cell))
    if isinstance(column.type, LargeBinary):
        return lambda cell: base64.b64decode(str(cell))
    if isinstance(column.type, Numeric) and column.type.asdecimal:
        return lambda cell: Decimal(str(cell))
    return lambda cell: cell  # type: ignore[return-value]


def _keep_json_null(columns: list[Column[Cell]]) -> None:
    """Write nothing as SQL's NULL where the column takes it, else as JSON's null."""
    for column in columns:
        if isinstance(column.type, JSON):
            column.type.none_as_null = bool(column.nullable)
