"""Small old tables with known slips, and what a look through them finds."""

from collections.abc import Sequence
from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.health import HealthFinding, check_health
from implement.engine.intake import read_tables
from tests.engine.transfers import Table, write_table

DEAL_HEAD = ["deal_id", "product", "stage", "opened"]


def look_through(folder: Path) -> dict[tuple[str, str], HealthFinding]:
    """The findings by kind and column."""
    with open_backend() as backend:
        report = check_health(read_tables(folder, backend), backend)
    return {(one.kind, one.column): one for one in report.findings}


def look_at_column(folder: Path, cells: Sequence[str], name: str = "cell") -> dict[str, HealthFinding]:
    """The findings by kind on a table with an id and one column."""
    write_table(folder / "rows.csv", ["row_id", name], [[f"R{n:04}", cell] for n, cell in enumerate(cells)])
    return {kind: one for (kind, column), one in look_through(folder).items() if column == name}


def write_deals(folder: Path) -> None:
    """Forty deals: ten of GTXPro, which the catalogue of three does not have; the open ones were never opened."""
    products: Table = [["GTX Pro", "4821"], ["MG Special", "55"], ["GTK 500", "26768"], ["MG Advanced", "3393"]]
    write_table(folder / "products.csv", ["product", "price"], products)
    names = ["GTXPro", "MG Special", "GTK 500", "MG Advanced"]
    rows = [
        [f"D{n:04}", names[n % 4], "Won" if n % 5 else "Talk", f"2024-03-{n % 20 + 5:02}" if n % 5 else ""]
        for n in range(40)
    ]
    write_table(folder / "deals.csv", DEAL_HEAD, rows)
