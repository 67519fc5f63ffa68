"""What can be wrong with a file, said in one sentence each."""

from dataclasses import dataclass

FAULT_TEXTS = {
    "file_missing": "There is no such file or folder.",
    "file_empty": "The file is empty.",
    "file_unreadable": "The file cannot be read: {0}.",
    "no_tables": "No table was found here.",
    "row_too_long": "The row has {0} cells, the header names {1} columns.",
    "bytes_not_text": "The bytes {0} are no {1} text.",
}

SKIP_TEXTS = {
    "not_a_table": "Files of this kind hold no tables.",
    "hidden": "Hidden files are left alone.",
    "documentation": "This file describes the others.",
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
