"""A repair as files: one CSV per table and kind in the order of import, the way back, what was left out, a README."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from implement.engine.repair.plan import (
    DELETE,
    INSERT,
    KEY_ITSELF,
    KEY_NOT_UNIQUE,
    NO_COUNTERPART,
    NO_KEY,
    NOT_WRITABLE,
    PARENT_MISSING,
    UPDATE,
    WITH_PARENT,
    Repair,
    RepairTable,
)

ENGLISH_KINDS = {INSERT: "new records", UPDATE: "records to change", DELETE: "records to remove"}
ENGLISH_REASONS = {
    PARENT_MISSING: "a record that they refer to is not there yet: import it, export, compare, and repair once more",
    WITH_PARENT: "they mend themselves as soon as the record that they refer to is imported",
    KEY_NOT_UNIQUE: "the key names more than one record there, so they are to be repaired by hand",
    KEY_ITSELF: "the key itself is wrong, so no import can find the record",
    NO_KEY: "the target's record has no key",
    NO_COUNTERPART: "a whole column or table has no counterpart: choose one in the mapping",
    NOT_WRITABLE: "the value cannot be written in the way of the target",
}
LIVE = re.compile(r"^[=@\t\r]|^[+-](?![\d\s().,/%-]*$)")


@dataclass(frozen=True)
class Layout:
    """How a system writes its CSV files."""

    separator: str = ","
    encoding: str = "utf-8"


LEFT_OUT_COLUMNS = ("table", "source_id", "target_id", "class", "field", "reason", "parent")


def write_repair(repair: Repair, folder: Path, readme: Sequence[str]) -> list[Path]:
    """Write all files of a repair into a folder; the same bytes each time."""
    paths = []
    for name, content in list_files(repair, readme):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths.append(path)
    return paths


def list_files(
    repair: Repair, readme: Sequence[str], layouts: Mapping[str, Layout] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each file of a repair by its name; `layouts` by table of the target say how its own exports are written."""
    yield "README.txt", "\r\n".join([*readme, ""]).encode()
    known = layouts or {}
    for folder, tables in (("import", repair.tables), ("undo", repair.undo)):
        for name, table in name_tables(folder, tables):
            yield f"{name}.csv", write_csv(table.rows, known.get(table.target, Layout()))
    if repair.left_out:
        cells = [
            [getattr(one, name if name != "class" else "fate") for one in repair.left_out] for name in LEFT_OUT_COLUMNS
        ]
        arrays = [pa.array(column, pa.string()) for column in cells]
        yield "left-out.csv", write_csv(pa.table(dict(zip(LEFT_OUT_COLUMNS, arrays, strict=True))), Layout())


def name_tables(folder: str, tables: Sequence[RepairTable]) -> Iterator[tuple[str, RepairTable]]:
    """File names without ending, numbered in the order of import."""
    width = len(str(len(tables)))
    for place, table in enumerate(tables, start=1):
        target = re.sub(r"[^\w.-]+", "_", table.target)
        yield f"{folder}/{place:0{width}}-{table.kind}-{target}", table


def write_csv(rows: pa.Table, layout: Layout) -> bytes:
    """A table as CSV; what a spreadsheet would run as a formula gets an apostrophe before it.

    Letters that the target's encoding does not have make it UTF-8 with a mark.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.separator, lineterminator="\r\n")
    writer.writerow([guard(name) for name in rows.column_names])
    columns = [[guard(cell) for cell in column.to_pylist()] for column in rows.columns]
    writer.writerows(zip(*columns, strict=True))
    try:
        return text.getvalue().encode(layout.encoding)
    except UnicodeEncodeError:
        return text.getvalue().encode("utf-8-sig")


def guard(cell: str) -> str:
    """Disarm a cell that a spreadsheet would take for a formula; numbers and telephone numbers stay as they are."""
    return "'" + cell if LIVE.search(cell) else cell


def count_guarded(tables: Sequence[RepairTable]) -> int:
    """How many cells got an apostrophe; the spreadsheet holds them without."""
    return sum(
        1 for table in tables for column in table.rows.columns for cell in column.to_pylist() if LIVE.search(cell)
    )


def describe_repair(repair: Repair) -> list[str]:
    """What the README says, in English."""
    lines = ["Repair of the transfer", "", "Import in this order:"]
    lines += [
        f"  {name}.csv: {table.count:,} {ENGLISH_KINDS[table.kind]} of {table.target}"
        + (f", found by {', '.join(table.key)}" if table.key else "")
        for name, table in name_tables("import", repair.tables)
    ] or ["  nothing to import"]
    lines += ["", "An empty cell means: empty it. Cells that need no repair hold what the target held."]
    lines += ["The files in undo take the import back, in their order."] if repair.undo else []
    if guarded := count_guarded(repair.tables):
        lines += [f"{guarded:,} cells begin with an apostrophe, so that no spreadsheet runs them as a formula."]
    left = repair.count_left_out()
    lines += ["", "In no file (see left-out.csv):"] if left else []
    lines += [
        f"  {count:,} findings of {table}: {ENGLISH_REASONS[reason]}" + (f" ({parent})" if parent else "")
        for (reason, table, parent), count in left.items()
    ]
    return lines
