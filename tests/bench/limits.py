"""The limits of reconciling and scoring, run as children: a bare engine that merely reads what we must read.

`python -m tests.bench.limits parse FOLDER…` parses every column of every CSV file; `… join SOURCE TARGET` joins both
sides of a trial by the legacy id and compares every cell as it stands; `… decode FILE COLUMN…` decodes columns of a
Parquet file.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

from tests.evaluators.transfer.landing import COLUMN_NAMES, TABLE_NAMES


def parse_folders(folders: Sequence[Path]) -> None:
    """Parse all columns of all files as text, and keep nothing."""
    engine = open_engine()
    for path in sorted(file for folder in folders for file in folder.glob("*.csv")):
        engine.execute("SELECT count(COLUMNS(*)) FROM read_csv(?, all_varchar = true)", [str(path)]).fetchall()


def join_sides(source: Path, target: Path) -> None:
    """What a raw outer join by the legacy id reports: rows without a partner, and cells that are not the same text."""
    engine = open_engine(memory_mb=6_000)
    for name in ("accounts", "contacts", "deals", "activities"):
        one, other = source / f"{name}.csv", target / f"{TABLE_NAMES[name]}.csv"
        sides = [f"read_csv('{path}', all_varchar = true)" for path in (one, other)]
        columns = [row[0] for row in engine.execute(f"DESCRIBE SELECT * FROM {sides[0]}").fetchall()]
        unlike = " OR ".join(f'o."{c}" IS DISTINCT FROM t."{COLUMN_NAMES[c]}"' for c in columns[1:])
        engine.execute(
            f"SELECT count(*), count(o.{columns[0]}), count(t.external_key), count(COLUMNS(*)) FROM {sides[0]} o "
            f"FULL OUTER JOIN {sides[1]} t ON o.{columns[0]} = t.external_key WHERE {unlike}"
        ).fetchall()


def decode_columns(path: Path, columns: Sequence[str]) -> None:
    """Decode the columns of a Parquet file, and keep nothing."""
    counted = ", ".join(f'count("{name}")' for name in columns)
    open_engine().execute(f"SELECT {counted} FROM read_parquet(?)", [str(path)]).fetchall()


def open_engine(memory_mb: int = 1024) -> duckdb.DuckDBPyConnection:
    """An engine with the threads and, if nothing else is said, the memory that our commands take by default."""
    engine = duckdb.connect()
    for setting in ("threads = 1", f"memory_limit = '{memory_mb}MB'", "enable_progress_bar = false"):
        engine.execute(f"SET {setting}")
    return engine


if __name__ == "__main__":
    asked, first, *rest = sys.argv[1:]
    if asked == "parse":
        parse_folders([Path(first), *map(Path, rest)])
    elif asked == "join":
        join_sides(Path(first), Path(rest[0]))
    else:
        decode_columns(Path(first), rest)
