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
from implement.engine.intake.orderly import Disorderly, look_at_bytes, read_orderly
from implement.engine.intake.parts import PartWriter
from implement.engine.intake.repair import Repair
from implement.engine.intake.scan import Passing, csv_rows
from implement.engine.intake.tables import SourceTable, text_schema
from implement.engine.intake.totals import but_totals
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
        self.path = source.path
        self.columns, renamed = name_columns(dialect.header)
        for column in renamed:
            values = (column.found or column.position, column.name)
            into.note(source.file, column.code, *values, column=column.name)
        if dialect.lines_above:
            into.note(source.file, "lines_above_header", dialect.lines_above)

    def read(self) -> SourceTable:
        if self.encoding not in DIRECT or self.dialect.header_offset:
            self._transcode(None)
        table = self._read_whole()
        if table is None and self.encoding == "utf-8":
            table = self._read_again()
        return table or self._repaired()

    def _read_again(self) -> SourceTable | None:
        """Later bytes are no UTF-8: let every line speak, then read in the other encoding, or line by line in both."""
        survey = survey_bytes(self.source.path)
        if not survey.other_lines:
            return None
        single = decide_single_byte(survey.words)
        if survey.utf8_lines > survey.other_lines:
            self._transcode(single)
        else:
            self.encoding = single
            self._transcode(None)
        return self._read_whole()

    def _read_whole(self) -> SourceTable | None:
        """Read the file as an orderly one, and else let the engine read it; None when it cannot."""
        try:
            return self._stage(read_orderly(self.path, self.columns, self.dialect.separator))
        except Unreadable:
            return None
        except Disorderly:
            told = look_at_bytes(self.path)
        if told.has_nul:
            self._transcode(None)
            return self._read_whole()
        return None if told.is_long else self._read_disorderly()

    def _read_disorderly(self) -> SourceTable | None:
        rows = csv_rows(self.path, self.columns, self.dialect.separator)
        try:
            return self._stage(self.into.backend.read_batches(rows))
        except Unreadable:
            return None

    def _stage(self, batches: Iterator[pa.RecordBatch]) -> SourceTable:
        passing, totals = Passing(self.columns, self.into.limits, self.path.stat().st_size), list[int]()
        records = but_totals(batches, totals)
        relation = self.into.backend.stage(map(passing.take, records), text_schema(self.columns))
        self.into.note_totals(self.source.file, totals)
        if passing.row_count > self.into.limits.rows:
            raise Unusable(self.source.file, "too_many_rows", self.into.limits.rows)
        return SourceTable(
            self.source.stem, self.source.file, None, self.columns, passing.row_count, relation, "csv",
            self.encoding, self.dialect.separator, passing.sample(), tuple(passing.nulls), True,
        )  # fmt: skip

    def _transcode(self, other: str | None) -> None:
        """Go on with a clean copy in scratch."""
        self.path = self.into.backend.fresh_path(".csv")
        done = transcode(self.source.path, self.path, self.encoding, other=other, skip=self.dialect.header_offset)
        if done.nuls:
            self.into.note(self.source.file, "nul_removed", done.nuls)
        for line in done.other_lines:
            self.into.note(self.source.file, "encoding_mixed", "UTF-8", other, row=line - 1)

    def _repaired(self) -> SourceTable:
        writer = PartWriter(self.into.backend.fresh_path(".parquet"), self.columns, self.into.limits.batch_cells)
        Repair(self.source.file, self.columns, self.dialect.separator, self.into).read(self.path, writer)
        self.into.note_totals(self.source.file, writer.drop_totals())
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
