"""Read JSON: a record per line, a list of records, or one list inside an object."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeGuard

from implement.engine.intake.cells import cell_text
from implement.engine.intake.collecting import Collection
from implement.engine.intake.encodings import guess_encoding
from implement.engine.intake.faults import Fault, Unusable
from implement.engine.intake.headers import name_columns
from implement.engine.intake.loaded import load_parts
from implement.engine.intake.parts import PartWriter

Record = dict[str, object]
DEEPEST_NAME = 3
LONGEST_LINE = 16 * 1024 * 1024


def read_records(path: Path, file: str, stem: str, into: Collection) -> None:
    """Read a JSON file into a table; nested objects become columns named `outer.inner`, lists stay JSON text."""
    columns = _columns(path, file, into)
    if not columns:
        into.skip(file, "not_a_table")
        _list_faults(path, file, into)
        return
    names, renamed = name_columns(columns)
    for column in renamed:
        into.note(file, column.code, column.found or column.position, column.name, column=column.name)
    writer = PartWriter(into.backend.fresh_path(".parquet"), names, into.limits.batch_cells)
    for number, record in _numbered(path, file, into):
        cells = flatten(record)
        writer.write(number, [cells.get(column) for column in columns])
        if writer.row_count > into.limits.rows:
            raise Unusable(file, "too_many_rows", into.limits.rows)
    writer.close()
    into.add(load_parts(writer, into, name=stem, file=file, kind="json", encoding="utf-8"))


def _list_faults(path: Path, file: str, into: Collection) -> None:
    for _ in _numbered(path, file, into):
        pass


def flatten(record: Record, prefix: str = "", depth: int = 1) -> dict[str, str | None]:
    """The cells of one record by column name."""
    cells: dict[str, str | None] = {}
    for key, value in record.items():
        name = f"{prefix}{key}"
        if is_record(value) and depth < DEEPEST_NAME:
            cells |= flatten(value, f"{name}.", depth + 1)
        else:
            cells[name] = cell_text(value)
    return cells


def is_record(value: object) -> TypeGuard[Record]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def _columns(path: Path, file: str, into: Collection) -> list[str]:
    columns: dict[str, None] = {}
    for _, record in _numbered(path, file, None):
        columns.update(dict.fromkeys(flatten(record)))
        if len(columns) > into.limits.columns:
            raise Unusable(file, "too_many_columns", len(columns), into.limits.columns)
    return list(columns)


def _numbered(path: Path, file: str, into: Collection | None) -> Iterator[tuple[int, Record]]:
    """The records with their numbers; wrong lines are listed when there is somebody to list them."""
    encoding = guess_encoding(path)
    if encoding is None:
        raise Unusable(file, "bytes_not_text")
    if _is_by_line(path, encoding):
        yield from _by_line(path, encoding, file, into)
        return
    for number, value in enumerate(_listed(path, encoding, file), start=1):
        if is_record(value):
            yield number, value
        elif into:
            into.fault(Fault(file, number, None, "json_not_rows"))


def _is_by_line(path: Path, encoding: str) -> bool:
    """Whether the first line is a whole object and not the whole file."""
    with path.open(encoding=encoding, errors="replace") as text:
        first = text.readline(LONGEST_LINE).strip()
        second = text.readline(LONGEST_LINE).strip()
    if not first.startswith("{") or (not second and path.suffix.lower() == ".json"):
        return False
    return first.endswith("}") or path.suffix.lower() != ".json"


def _by_line(path: Path, encoding: str, file: str, into: Collection | None) -> Iterator[tuple[int, Record]]:
    number = 0
    with path.open(encoding=encoding, errors="replace") as text:
        while line := text.readline(LONGEST_LINE):
            if not line.strip():
                continue
            number += 1
            try:
                value = parse(line)
            except (ValueError, RecursionError) as error:
                value, reason = None, _reason(error)
                if into:
                    into.fault(Fault(file, number, None, *reason))
                continue
            if is_record(value):
                yield number, value
            elif into:
                into.fault(Fault(file, number, None, "json_not_rows"))


def _listed(path: Path, encoding: str, file: str) -> list[object]:
    """The records of a list, or of the one list of records an object holds."""
    try:
        value = parse(path.read_text(encoding=encoding, errors="replace").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        code, values = _reason(error)
        raise Unusable(file, code, *values) from error
    if is_record(value):
        lists = [inner for inner in value.values() if isinstance(inner, list) and inner and is_record(inner[0])]
        return lists[0] if len(lists) == 1 else []
    return value if isinstance(value, list) else []


def parse(text: str) -> object:
    """One JSON value, its decimals kept as written."""
    value: object = json.loads(text, parse_float=Decimal, parse_constant=lambda _: None)
    return value


def _reason(error: ValueError | RecursionError) -> tuple[str, tuple[str, ...]]:
    return ("json_too_deep", ()) if isinstance(error, RecursionError) else ("json_damaged", (str(error)[:200],))
