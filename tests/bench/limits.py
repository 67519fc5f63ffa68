"""The limits of reconciling and scoring, run as children: a bare engine that merely reads what we must read.

`python -m tests.bench.limits parse FOLDER…` parses every column of every CSV file; `… decode FILE COLUMN…` decodes
columns of a Parquet file.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

SETTINGS = ("SET threads = 2", "SET memory_limit = '1024MB'", "SET enable_progress_bar = false")


def parse_folders(folders: Sequence[Path]) -> None:
    """Parse all columns of all files as text, and keep nothing."""
    engine = open_engine()
    for path in sorted(file for folder in folders for file in folder.glob("*.csv")):
        engine.execute("SELECT count(COLUMNS(*)) FROM read_csv(?, all_varchar = true)", [str(path)]).fetchall()


def decode_columns(path: Path, columns: Sequence[str]) -> None:
    """Decode the columns of a Parquet file, and keep nothing."""
    counted = ", ".join(f'count("{name}")' for name in columns)
    open_engine().execute(f"SELECT {counted} FROM read_parquet(?)", [str(path)]).fetchall()


def open_engine() -> duckdb.DuckDBPyConnection:
    """An engine with the threads and memory that our commands take by default."""
    engine = duckdb.connect()
    for setting in SETTINGS:
        engine.execute(setting)
    return engine


if __name__ == "__main__":
    asked, first, *rest = sys.argv[1:]
    if asked == "parse":
        parse_folders([Path(first), *map(Path, rest)])
    else:
        decode_columns(Path(first), rest)
