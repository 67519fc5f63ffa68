"""Findings as files: CSV as the contract of the command says, and a spreadsheet without a live formula."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import xlsxwriter

from implement.engine.reconcile.findings import COLUMNS
from implement.stages.transfer.service.findings import Wanted, fetch_findings
from implement.stages.transfer.tables import TransferRun
from implement.store import Store

ROWS_AT_ONCE = 10_000
MOST_IN_SHEET = 100_000
LONGEST_CELL = 32_767


def write_csv(run: TransferRun, *, store: Store) -> Iterator[str]:
    """All findings of a run, piece by piece; the same bytes as the command writes."""
    return _write_pieces(store.path(run.findings_sha256 or ""))


def write_sheet(run: TransferRun, wanted: Wanted, *, store: Store) -> bytes:
    """The first 100,000 findings that are wanted as XLSX; cells that look like formulas stay text."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("findings")
    for place, name in enumerate(COLUMNS):
        sheet.write_string(0, place, name)
    for number, row in enumerate(fetch_findings(run, wanted, store=store, most=MOST_IN_SHEET), start=1):
        for place, name in enumerate(COLUMNS):
            sheet.write_string(number, place, str(row[name] or "")[:LONGEST_CELL])
    book.close()
    return kept.getvalue()


def _write_pieces(path: Path) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\n"
    with pq.ParquetFile(path) as parts:
        for batch in parts.iter_batches(ROWS_AT_ONCE, columns=list(COLUMNS)):
            piece = io.StringIO()
            columns = [batch.column(name).to_pylist() for name in COLUMNS]
            csv.writer(piece, lineterminator="\n").writerows(zip(*columns, strict=True))
            yield piece.getvalue()
