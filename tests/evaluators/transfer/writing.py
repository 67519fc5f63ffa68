"""Exports of both sides as files: CSV in any encoding and separator, XLSX, Parquet, JSON lines, SQLite."""

import csv
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.evaluators.transfer.modes import Trial
from tests.evaluators.transfer.sheets import AMOUNT, COUNT, Cells

FORMATS = ("csv", "xlsx", "parquet", "jsonl", "sqlite")


@dataclass(frozen=True)
class Export:
    """One table ready to be written."""

    name: str
    columns: dict[str, Cells]
    kinds: dict[str, str]


def source_exports(trial: Trial) -> list[Export]:
    """The legacy tables, in their own order."""
    return [Export(sheet.name, sheet.columns, sheet.kinds) for sheet in trial.firm.values()]


def target_exports(trial: Trial) -> list[Export]:
    """The target tables in the target's order."""
    return [Export(landed.name, landed.written(), landed.kinds) for landed in trial.landed.values()]


def write_exports(
    exports: list[Export], folder: Path, layout: str = "csv", encoding: str = "utf-8", separator: str = ","
) -> None:
    """Write tables into an empty folder in one of the layouts."""
    folder.mkdir(parents=True, exist_ok=True)
    if layout == "xlsx":
        _write_workbook(exports, folder / "export.xlsx")
    elif layout == "sqlite":
        _write_database(exports, folder / "export.sqlite")
    else:
        for export in exports:
            _write_file(export, folder, layout, encoding, separator)


def _write_file(export: Export, folder: Path, layout: str, encoding: str, separator: str) -> None:
    if layout == "csv":
        _write_csv(export, folder / f"{export.name}.csv", encoding, separator)
    elif layout == "jsonl":
        _write_json_lines(export, folder / f"{export.name}.jsonl")
    elif layout == "parquet":
        _write_parquet(export, folder / f"{export.name}.parquet")
    else:
        raise ValueError(f"no such layout: {layout}")


def _write_csv(export: Export, path: Path, encoding: str, separator: str) -> None:
    with path.open("w", encoding=encoding, newline="", errors="strict") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(export.columns)
        writer.writerows(zip(*export.columns.values(), strict=True))


def _typed(value: str, kind: str) -> str | int | float | None:
    if value == "":
        return None
    if kind == COUNT and value.isdigit():
        return int(value)
    if kind == AMOUNT and value.count(".") == 1 and value.replace(".", "").isdigit():
        return float(value)
    return value


def _typed_rows(export: Export) -> list[tuple[str | int | float | None, ...]]:
    typed = [[_typed(value, export.kinds.get(name, "")) for value in column] for name, column in export.columns.items()]
    return list(zip(*typed, strict=True))


def _write_workbook(exports: list[Export], path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        for export in exports:
            sheet = book.add_worksheet(export.name)
            sheet.write_row(0, 0, list(export.columns))
            for place, row in enumerate(_typed_rows(export), 1):
                sheet.write_row(place, 0, row)


def _write_database(exports: list[Export], path: Path) -> None:
    with sqlite3.connect(path) as connection:
        for export in exports:
            titles = ", ".join(f'"{name}"' for name in export.columns)
            connection.execute(f'CREATE TABLE "{export.name}" ({titles})')
            marks = ", ".join("?" for _ in export.columns)
            connection.executemany(f'INSERT INTO "{export.name}" VALUES ({marks})', _typed_rows(export))
    connection.close()


def _write_json_lines(export: Export, path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for row in _typed_rows(export):
            json.dump(dict(zip(export.columns, row, strict=True)), stream, ensure_ascii=False)
            stream.write("\n")


def _write_parquet(export: Export, path: Path) -> None:
    columns = {
        name: pa.array([value or None for value in column], pa.string()) for name, column in export.columns.items()
    }
    pq.write_table(pa.table(columns), path)
