"""Offer rows that were written to Parquet as a source table."""

from implement.engine.intake.collecting import Collection
from implement.engine.intake.parts import PartWriter
from implement.engine.intake.scan import parquet_rows, scan_rows, share_for
from implement.engine.intake.tables import ForeignKey, SourceTable


def load_parts(
    writer: PartWriter,
    into: Collection,
    *,
    name: str,
    file: str,
    kind: str,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    foreign_keys: tuple[ForeignKey, ...] = (),
) -> SourceTable:
    """The table a closed writer has written, with its sample and counts of empty cells."""
    select = parquet_rows(writer.path)
    share = share_for(writer.row_count, len(writer.columns), into.limits)
    scan = scan_rows(into.backend, select, writer.columns, share)
    return SourceTable(
        name, file, sheet, writer.columns, writer.row_count, into.backend.read_parquet(writer.path), kind,
        encoding, separator, scan.sample if scan else None, scan.nulls if scan else None, True, foreign_keys,
    )  # fmt: skip
