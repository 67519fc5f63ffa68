"""Tools of others that compare both sides of a trial, run as children in an environment of their own (`make bench`).

`python -m tests.bench.peers datacompy SOURCE TARGET` joins each pair of tables by the legacy id and compares the
columns that have a counterpart, told which that is, as datacompy does on Polars.
"""

import sys
from pathlib import Path

import polars as pl
from datacompy import PolarsCompare

from tests.evaluators.transfer.landing import COLUMN_NAMES, TABLE_NAMES

LEGACY_ID = "external_key"
COMPARED = ("accounts", "contacts", "deals", "activities")


def compare_with_datacompy(source: Path, target: Path) -> None:
    """Compare one table after the other; what it counts is said in a line for each."""
    for name in COMPARED:
        one = read_table(source / f"{name}.csv", ",")
        key, *others = one.columns
        found = {column: COLUMN_NAMES[column] for column in others}
        other = read_table(target / f"{TABLE_NAMES[name]}.csv", ";").select(
            pl.col(LEGACY_ID).alias(key), *(pl.col(new).alias(old) for old, new in found.items())
        )
        compared = PolarsCompare(one, other, join_columns=[key])
        alone = len(compared.df1_unq_rows), len(compared.df2_unq_rows)
        print(name, *alone, len(compared.intersect_rows) - compared.count_matching_rows())


def read_table(path: Path, separator: str) -> pl.DataFrame:
    """Read a table, every cell as text."""
    return pl.read_csv(path, separator=separator, infer_schema=False)


if __name__ == "__main__":
    asked, *folders = sys.argv[1:]
    if asked != "datacompy":
        sys.exit(f"no such peer: {asked}")
    compare_with_datacompy(*map(Path, folders))
