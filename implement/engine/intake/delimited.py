"""Read CSV, TSV and other delimited text of any encoding and separator."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from implement.engine.backend import Unreadable
from implement.engine.intake.collecting import Collection
from implement.engine.intake.dialect import Dialect, find_dialect
from implement.engine.intake.encodings import decide_single_byte, guess_encoding, survey_bytes
from implement.engine.intake.faults import Unusable
from implement.engine.intake.headers import name_columns
from implement.engine.intake.loaded import load_parts
from implement.engine.intake.orderly import look_at_bytes, read_orderly
from implement.engine.intake.parts import PartWriter
from implement.engine.intake.repair import Repair
from implement.engine.intake.scan import Passing, csv_rows
from implement.engine.intake.tables import SourceTable, text_schema
from implement.engine.intake.transcode import decoded_blocks, transcode

SAMPLE_BYTES = 1 << 18
DIRECT = ("utf-8", "utf-8-sig")
NOT_QUITE_TABLES = (".txt", ".log", ".dat", "")


@dataclass(frozen=True)
class DelimitedFile:
    """A delimited text found at `path`, shown as `file`; `stem` names its table."""

    path: Path
    file: str
    stem: str
    suffix: str


def read_delimited(source: DelimitedFile, into: Collection) -> None:
    """Read one delimited text into a table; a text that is no table is left alone."""
    encoding = guess_encoding(source.path)
    if encoding is None:
        raise Unusable(source.file, "bytes_not_text")
    dialect = _dialect(source, encoding)
    if dialect is None:
        raise Unusable(source.file, "header_missing")
    if source.suffix in NOT_QUITE_TABLES and (len(dialect.header) < 2 or dialect.rows_alike < 0.5):
        into.skip(source.file, "not_a_table")
        return
    if len(dialect.header) > into.limits.columns:
        raise Unusable(source.file, "too_many_columns", len(dialect.header), into.limits.columns)
    into.add(_Reading(source, encoding, dialect, into).read())


class _Reading:
    """One delimited text being read, by the engine where it lies or in clean copies of growing pains."""

    def __init__(self, source: DelimitedFile, encoding: str, dialect: Dialect, into: Collection) -> None:
        self.source, self.encoding, self.dialect, self.into = source, encoding, dialect, into
        self.told = look_at_bytes(source.path, dialect.separator)
        self.columns, renamed = name_columns(dialect.header)
        for column in renamed:
            values = (column.found or column.position, column.name)
            into.note(source.file, column.code, *values, column=column.name)
        if dialect.lines_above:
            into.note(source.file, "lines_above_header", dialect.lines_above)

    def read(self) -> SourceTable:
        clean = self.encoding in DIRECT and not self.dialect.header_offset and not self.told.has_nul
        path = self.source.path if clean else self._transcode(None)
        table = None if self.told.is_long else self._read_whole(path)
        if table is None and self.encoding == "utf-8":
            path, table = self._read_again(path)
        return self._repaired(path) if table is None else table

    def _read_again(self, path: Path) -> tuple[Path, SourceTable | None]:
        """Later bytes are no UTF-8: let every line speak, then read in the other encoding, or line by line in both."""
        survey = survey_bytes(self.source.path)
        if not survey.other_lines:
            return path, None
        single = decide_single_byte(survey.words)
        if survey.utf8_lines > survey.other_lines:
            path = self._transcode(single)
        else:
            self.encoding = single
            path = self._transcode(None)
        return path, self._read_whole(path)

    def _read_whole(self, path: Path) -> SourceTable | None:
        """Let the engine read the file; None when it cannot."""
        passing = Passing(self.columns, self.into.limits)
        try:
            relation = self.into.backend.stage(map(passing.take, self._batches(path)), text_schema(self.columns))
        except Unreadable:
            return None
        if passing.row_count > self.into.limits.rows:
            raise Unusable(self.source.file, "too_many_rows", self.into.limits.rows)
        return SourceTable(
            self.source.stem, self.source.file, None, self.columns, passing.row_count, relation, "csv",
            self.encoding, self.dialect.separator, passing.sample(), tuple(passing.nulls), True,
        )  # fmt: skip

    def _batches(self, path: Path) -> Iterator[pa.RecordBatch]:
        """The records of a file that is written orderly, and else whatever the engine makes of it."""
        separator = self.dialect.separator
        told = self.told if path == self.source.path else look_at_bytes(path, separator)
        if told.is_orderly:
            return read_orderly(path, self.columns, separator)
        return self.into.backend.read_batches(csv_rows(path, self.columns, separator))

    def _transcode(self, other: str | None) -> Path:
        target = self.into.backend.fresh_path(".csv")
        done = transcode(self.source.path, target, self.encoding, other=other, skip=self.dialect.header_offset)
        if done.nuls:
            self.into.note(self.source.file, "nul_removed", done.nuls)
        for line in done.other_lines:
            self.into.note(self.source.file, "encoding_mixed", "UTF-8", other, row=line - 1)
        return target

    def _repaired(self, path: Path) -> SourceTable:
        if path == self.source.path and self.dialect.header_offset:
            path = self._transcode(None)
        writer = PartWriter(self.into.backend.fresh_path(".parquet"), self.columns, self.into.limits.batch_cells)
        Repair(self.source.file, self.columns, self.dialect.separator, self.into).read(path, writer)
        writer.close()
        return load_parts(
            writer, self.into, name=self.source.stem, file=self.source.file, kind="csv",
            encoding=self.encoding, separator=self.dialect.separator,
        )  # fmt: skip


def _dialect(source: DelimitedFile, encoding: str) -> Dialect | None:
    text = next(iter(decoded_blocks(source.path, encoding, SAMPLE_BYTES)))
    preferred = {".tsv": "\t", ".tab": "\t", ".csv": None}.get(source.suffix)
    complete = source.path.stat().st_size <= SAMPLE_BYTES
    return find_dialect(text.replace("\0", ""), complete=complete, preferred=preferred)
