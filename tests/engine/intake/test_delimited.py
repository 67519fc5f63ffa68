"""Delimited text: separators, headers, order and disorder."""

from pathlib import Path

import pytest

from implement.engine.backend import Backend
from implement.engine.intake import ROW, IntakeLimits, read_tables
from tests.engine.intake.cells import cells_of, codes, note_codes, only_table, rows_of
from tests.engine.intake.conftest import Read

SIMPLE = [("1", "Acme", "2,5"), ("2", "Beta", None)]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_found(read: Read, separator: str) -> None:
    lines = ["id;name;amount", "1;Acme;2,5", "2;Beta;"]
    table = only_table(read("\n".join(lines).replace(";", separator)))
    assert (table.separator, rows_of(table)) == (separator, SIMPLE)


def test_commas_inside_quotes_do_not_separate(read: Read) -> None:
    assert cells_of(read('id,name,amount\n1,Acme,"2,5"\n2,Beta,\n')) == SIMPLE


def test_a_decimal_comma_is_not_the_separator(read: Read) -> None:
    assert only_table(read("id;share\n1;0,5\n2;0,7\n3;1,0\n")).columns == ("id", "share")


def test_excel_may_name_the_separator_itself(read: Read) -> None:
    assert cells_of(read("sep=;\na;b\n1,5;2\n")) == [("1,5", "2")]


def test_rows_are_numbered_as_they_stand(read: Read) -> None:
    table = only_table(read("id\n" + "".join(f"{number}\n" for number in range(1, 5001))))
    numbered = table.relation.select(ROW, "id").to_pyarrow().to_pylist()
    assert [row["id"] for row in numbered] == [str(row[ROW]) for row in numbered] == [str(n) for n in range(1, 5001)]


def test_quoted_line_breaks_and_doubled_quotes_stay_in_the_cell(read: Read) -> None:
    assert cells_of(read('id,note\r\n1,"two\r\nlines"\r\n2,"say ""hi"""\r\n')) == [
        ("1", "two\r\nlines"),
        ("2", 'say "hi"'),
    ]


def test_lines_above_the_header_are_passed_over_and_noted(read: Read) -> None:
    intake = read("Export of 2024;;\n\nid;name;amount\n1;Acme;2,5\n2;Beta;\n")
    assert cells_of(intake) == SIMPLE
    assert note_codes(intake) == [(None, "lines_above_header")]


def test_repeated_and_blank_headers_get_names_of_their_own(read: Read) -> None:
    intake = read("id,ID,,_row\n1,2,3,4\n")
    assert only_table(intake).columns == ("id", "ID_2", "column_3", "_row_2")
    assert [code for _, code in note_codes(intake)] == ["header_repeated", "header_blank", "header_repeated"]


def test_a_row_with_too_many_cells_is_a_fault_with_its_number(read: Read) -> None:
    intake = read("id,name\n1,Acme\n2,Beta,Gamma\n3,Delta\n")
    assert codes(intake) == [(2, "row_too_long")]
    assert intake.faults[0].text == "The row has 3 cells, the header names 2 columns."
    assert rows_of(intake.tables[0]) == [("1", "Acme"), ("3", "Delta")]


def test_a_short_row_is_filled_and_noted(read: Read) -> None:
    intake = read("id,name,amount\n1,Acme\n2,Beta,5\n")
    assert cells_of(intake) == [("1", "Acme", None), ("2", "Beta", "5")]
    assert note_codes(intake) == [(1, "row_too_short")]


def test_stray_quotes_are_faults_and_the_rows_around_them_are_read(read: Read) -> None:
    intake = read('id,name\n1,"Fa. "Acme" GmbH"\n2,Beta\n3,"open\n4,Delta\n')
    assert codes(intake) == [(1, "quote_misplaced"), (3, "quote_unbalanced")]
    assert rows_of(intake.tables[0]) == [("2", "Beta")]


def test_every_kind_of_line_end_in_one_file_is_read(read: Read) -> None:
    assert cells_of(read(b"id,name\r\n1,Acme\n2,Beta\r3,Gamma\r\n")) == [("1", "Acme"), ("2", "Beta"), ("3", "Gamma")]


def test_rows_without_any_value_are_no_records_but_keep_their_number(read: Read) -> None:
    table = only_table(read("id,name\n1,Acme\n,\n3,Gamma\n"))
    assert table.row_count == 2
    assert table.relation.order_by(ROW)[ROW].to_pyarrow().to_pylist() == [1, 3]


def test_nul_characters_are_removed_and_counted(read: Read) -> None:
    intake = read(b"id,name\n1,Ac\0me\n")
    assert cells_of(intake) == [("1", "Acme")]
    assert [(note.code, note.values) for note in intake.notes] == [("nul_removed", ("1",))]


def test_listed_faults_are_bounded_and_the_rest_is_counted(read: Read) -> None:
    intake = read("id,name\n" + "1,2,3\n" * 130, limits=IntakeLimits(faults_listed=100))
    assert len(intake.faults) == 101
    assert (intake.faults[-1].code, intake.faults[-1].values) == ("faults_more", ("30",))


def test_empty_cells_are_counted_by_column(read: Read) -> None:
    table = only_table(read("id,name\n1,\n2,\n3,Acme\n"))
    assert table.nulls == (0, 2)


def test_a_header_without_rows_is_an_empty_table(read: Read) -> None:
    assert only_table(read("id,name\n")).row_count == 0


def test_ten_thousand_columns_are_read(read: Read) -> None:
    header = ",".join(f"c{number}" for number in range(10_000))
    table = only_table(read(header + "\n" + ",".join(["x"] * 10_000) + "\n"))
    assert (len(table.columns), table.row_count) == (10_000, 1)


def test_a_cell_beyond_the_limit_is_a_fault(read: Read) -> None:
    intake = read("id,name\n1," + "x" * 3_000_000 + "\n2,Beta\n")
    assert codes(intake) == [(1, "cell_too_long")]


def test_a_huge_last_line_is_not_lost_unseen(read: Read) -> None:
    assert codes(read("id,name\n1,Acme\n2," + "x" * (34 << 20))) == [(2, "cell_too_long")]


def test_a_folder_gives_one_table_a_file_and_names_what_it_leaves_alone(backend: Backend, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name in ("deals.csv", "teams.tsv", "README.md", ".hidden.csv", "~$deals.xlsx", "notes.txt", "logo.png"):
        (folder / name).write_text("id\tname\n1\tAcme\n" if "." in name[-4:] else "", encoding="utf-8")
    (folder / "notes.txt").write_text("Only prose, nothing else.\nA second line\n", encoding="utf-8")
    intake = read_tables(folder, backend)
    assert [table.name for table in intake.tables] == ["deals", "teams"]
    skipped = {skip.file: skip.code for skip in intake.skipped}
    assert skipped == {
        ".hidden.csv": "hidden", "README.md": "documentation", "logo.png": "not_a_table", "notes.txt": "not_a_table",
        "~$deals.xlsx": "hidden",
    }  # fmt: skip


def test_a_missing_path_and_an_empty_folder_are_faults(backend: Backend, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(read_tables(tmp_path / "nowhere.csv", backend)) == [(None, "file_missing")]
    assert codes(read_tables(tmp_path / "empty", backend)) == [(None, "no_tables")]
