"""What can be wrong with a file, said in one sentence each."""

from dataclasses import dataclass

LINE_OF_TOTALS = "line_of_totals"
FAULT_TEXTS = {
    "file_missing": "There is no such file or folder.",
    "file_empty": "The file is empty.",
    "file_unreadable": "The file cannot be read: {0}.",
    "file_changed": "The file changed while it was read; read it again when nobody writes to it.",
    "file_too_large": "The file has {0} bytes; at most {1} are read.",
    "no_tables": "No table was found here.",
    "kind_unknown": "This is no CSV, spreadsheet, Parquet, JSON or SQLite file.",
    "header_missing": "There is no header row.",
    "no_rows": "The table has a header but no rows.",
    "too_many_columns": "The table has {0} columns; at most {1} are read.",
    "too_many_rows": "The table has more than {0} rows.",
    "cell_too_long": "The cell has {0} characters; at most {1} are read.",
    "row_too_long": "The row has {0} cells, the header names {1} columns.",
    "row_too_short": "The row has {0} cells, the header names {1} columns; the missing cells are taken as empty.",
    "quote_unbalanced": "A quotation mark that opens here is never closed.",
    "quote_misplaced": "A quotation mark stands inside the cell without being doubled.",
    "header_repeated": "The column name {0} occurs more than once; this one is called {1}.",
    "header_blank": "Column {0} has no name; it is called {1}.",
    "lines_above_header": "{0} lines above the header were passed over.",
    "nul_removed": "{0} NUL characters were removed.",
    "encoding_unknown": "The encoding of the text is not known.",
    "encoding_mixed": "The row is not written in {0} like the others; it was read as {1}.",
    "bytes_not_text": "The file holds bytes that are no text.",
    "archive_too_large": "Unpacked, the file has more than {0} bytes.",
    "archive_too_many_members": "The archive holds {0} files; at most {1} are read.",
    "archive_too_dense": "The archive unpacks to more than {0} times its size.",
    "archive_name_unsafe": "The archive holds a file with an unsafe name: {0}.",
    "archive_damaged": "The archive is damaged.",
    "archive_encrypted": "The archive is protected by a password.",
    "workbook_damaged": "The spreadsheet cannot be opened: it is damaged or of another kind.",
    "workbook_too_wide": "A sheet spans {0} columns and {1} rows; at most {2} cells are read.",
    "parquet_damaged": "The Parquet file cannot be opened: it is damaged or of another kind.",
    "json_damaged": "The JSON text breaks off or is wrong: {0}.",
    "json_too_deep": "The JSON text is nested too deeply.",
    "json_not_rows": "The JSON text is no list of records.",
    "database_damaged": "The SQLite file cannot be opened: it is damaged or of another kind.",
    LINE_OF_TOTALS: "The line holds totals and is no record; it was left out.",
    "cells_merged": "{0} merged cells were filled with their value.",
    "reading_too_long": "Reading took longer than {0} seconds and was stopped.",
    "reading_too_large": "Reading needed more memory than is allowed and was stopped.",
    "mapping_not_names": "Names with values are expected here, found {0}.",
    "mapping_not_list": "A list is expected here, found {0}.",
    "mapping_table_twice": "The table {0} stands twice.",
    "mapping_no_tables": "The mapping names no table.",
    "mapping_kind": "The kind is one of {0}, found {1}.",
    "mapping_values_list": "In a list each word is replaced by itself, not several at once: {0}.",
    "mapping_missing": "The setting {0} is missing.",
    "mapping_sure": "The setting is a share from 0 to 1, found {0}.",
    "mapping_setting": "There is no setting {0}.",
    "mapping_not_yaml": "This is no YAML from line {0}, place {1} on.",
    "mapping_not_utf8": "The file is not written in UTF-8.",
    "mapping_table_unknown": "There is no table {0} among the files.",
    "mapping_column_unknown": "The table {0} has no column {1}.",
    "faults_more": "{0} more faults of this file are not listed.",
}

SKIP_TEXTS = {
    "not_a_table": "This file holds no table.",
    "hidden": "Hidden files are left alone.",
    "documentation": "This file describes the others.",
    "folder": "Folders inside the folder are not entered.",
    "sheet_empty": "The sheet {0} is empty.",
    "sheet_not_a_table": "The sheet {0} holds no table.",
}


@dataclass(frozen=True)
class Fault:
    """One thing in a file that cannot be used; `row` counts records from 1, the header not counted."""

    file: str
    row: int | None
    column: str | None
    code: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reason in English."""
        return FAULT_TEXTS[self.code].format(*self.values)


@dataclass(frozen=True)
class Skipped:
    """A file or sheet that holds no table and was left alone."""

    file: str
    code: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The reason in English."""
        return SKIP_TEXTS[self.code].format(*self.values)


class Unusable(Exception):
    """A whole file or table cannot be used; carries its fault."""

    def __init__(self, file: str, code: str, *values: object, row: int | None = None) -> None:
        super().__init__(code)
        self.fault = Fault(file, row, None, code, tuple(str(value) for value in values))
