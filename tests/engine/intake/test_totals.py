"""Lines of totals at the end of an export are no records, and a record that is only called so is one."""

from pathlib import Path

import pytest

from implement.engine.backend import Backend
from implement.engine.intake import Intake, read_tables
from tests.engine.intake.books import write_book
from tests.engine.transfers import Table, listed, run_transfer, write_table

HEAD = ["nr", "schiff", "hafen", "fracht"]
SHIPS = [[f"S{n:03}", f"Kutter {n * 37}", ["Husum", "Emden"][n % 2], f"{n * 113},50"] for n in range(40)]


def _read(backend: Backend, path: Path, rows: Table) -> Intake:
    return read_tables(write_table(path, HEAD, rows, separator=";"), backend)


def _count(found: Intake, backend: Backend) -> int:
    return int(backend.connection.to_pyarrow(found.tables[0].relation.count()).as_py())


@pytest.mark.parametrize(
    "lines",
    [
        [["Summe", "", "", "88.140,00"]],
        [["Gesamt:", "", "", "1 EUR"], ["", "", "", ""]],
        [["Razem", "40", "", ""], ["Suma", "", "", "88 140,00 zł"]],
        [["Итого", "", "", "88140"]],
        [["Total (40 rows)", "", "", "-3"]],
        [["", "Sum", "", "88140.00"]],
    ],
)
def test_a_line_of_totals_is_noted_and_no_record(backend: Backend, tmp_path: Path, lines: Table) -> None:  # M29
    found = _read(backend, tmp_path / "s.csv", SHIPS + lines)
    assert found.tables[0].row_count == len(SHIPS) == _count(found, backend)
    totals = [row for row, line in enumerate(lines, start=len(SHIPS) + 1) if any(line)]
    assert [(one.code, one.row) for one in found.notes] == [("line_of_totals", row) for row in totals]


@pytest.mark.parametrize(
    "row",
    [
        ["S900", "Total", "Husum", "7,00"],
        ["Total", "Kutter 9", "Emden", "8,00"],
        ["Total", "77", "Emden", "8,00"],
        ["Summerset", "", "", "5,00"],
        ["S901", "", "", "88.140,00"],
        ["Summe", "", "", ""],
    ],
)
def test_a_record_that_is_called_so_stays(backend: Backend, tmp_path: Path, row: list[str]) -> None:
    found = _read(backend, tmp_path / "s.csv", [*SHIPS, row])
    assert (found.tables[0].row_count, found.notes) == (len(SHIPS) + 1, ())


def test_what_stands_between_records_stays(backend: Backend, tmp_path: Path) -> None:
    rows = [*SHIPS[:20], ["Summe", "", "", "9,00"], *SHIPS[20:]]
    assert _read(backend, tmp_path / "s.csv", rows).tables[0].row_count == len(rows)


def test_a_short_line_and_a_sheet_have_them_too(backend: Backend, tmp_path: Path) -> None:  # M29
    path = write_table(tmp_path / "s.csv", HEAD, [*SHIPS, ["Summe", "88140"]], separator=";")
    write_book(tmp_path / "s.xlsx", {"Sheet1": [HEAD, *SHIPS, ["Summe", None, None, 88140]]})
    for one in (path, tmp_path / "s.xlsx"):
        found = read_tables(one, backend)
        assert found.tables[0].row_count == _count(found, backend) == len(SHIPS)
        assert ("line_of_totals", len(SHIPS) + 1) in [(note.code, note.row) for note in found.notes]


@pytest.mark.parametrize("side", ["old", "new"])
def test_totals_of_one_side_are_neither_lost_nor_new(tmp_path: Path, side: str) -> None:  # M29
    for name in ("old", "new"):
        lines = [["Summe", "", "", "88.140,00"]] if name == side else []
        write_table(tmp_path / name / "ships.csv", HEAD, SHIPS + lines, separator=";")
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == []
