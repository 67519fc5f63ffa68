"""Findings: one row per record, class and field, in one order, as CSV or Parquet."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

COLUMNS = ("table", "source_id", "target_id", "class", "field", "source_value", "target_value", "cause")
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS] + [("source_row", pa.int64()), ("target_row", pa.int64())])
Told: TypeAlias = str | int | Sequence[str] | Sequence[int] | npt.NDArray[np.generic] | pa.Array
"""What a column of findings says: of all the same, or of each its own."""
Named: TypeAlias = tuple[Sequence[str] | pa.Array, Sequence[int] | npt.NDArray[np.int64]]
"""The ids and the numbers of rows."""


class Finding(NamedTuple):
    """What happened to one record, or to one field of it; rows are 0 where a side has none."""

    table: str
    source_id: str
    target_id: str
    fate: str
    field: str = ""
    source_value: str = ""
    target_value: str = ""
    cause: str = ""
    source_row: int = 0
    target_row: int = 0

    @property
    def is_of_column(self) -> bool:
        """Say whether the finding holds for a whole column or table."""
        return not self.source_id and not self.target_id


def findings_table(findings: Iterable[Finding]) -> pa.Table:
    """Findings as a table."""
    rows = list(findings)
    columns = zip(*rows, strict=True) if rows else ([] for _ in SCHEMA)
    return pa.table([pa.array(c, t.type) for c, t in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def findings_at_once(table: str, fate: Told, source: Named, target: Named, **told: Told) -> pa.Table:
    """Findings on records column by column; what is told once holds for all of them, what is not told is blank."""
    whole: dict[str, Told] = dict(Finding(table, "", "", "")._asdict(), fate=fate, **told)
    whole |= {"source_id": source[0], "source_row": source[1], "target_id": target[0], "target_row": target[1]}
    columns = [_column(whole[name], of.type, len(source[0])) for name, of in zip(Finding._fields, SCHEMA, strict=True)]
    return pa.table(columns, schema=SCHEMA)


def _column(told: Told, kind: pa.DataType, size: int) -> pa.Array:
    if isinstance(told, pa.Array):
        return told
    return pa.repeat(pa.scalar(told, kind), size) if isinstance(told, (str, int)) else pa.array(told, kind)


def findings_in_order(findings: pa.Table) -> pa.Table:
    """The findings in their final order."""
    whole = findings.combine_chunks()
    return whole.take(pc.sort_indices(whole, sort_keys=[(name, "ascending") for name in SCHEMA.names]))


def write_findings_csv(findings: pa.Table, path: Path) -> None:
    """Write FINDINGS.csv as the contract of the command says."""
    with path.open("wb") as file:
        file.write(f"{','.join(COLUMNS)}\n".encode())
        for batch in findings.select(list(COLUMNS)).to_batches(max_chunksize=10_000):
            lines = pc.binary_join_element_wise(*map(_quoted, batch.columns), ",")
            file.write(_put_together(pc.binary_join_element_wise(lines, "", "\n")))


def _quoted(cells: pa.Array) -> pa.Array:
    """The cells as CSV has them: in quotes where a comma, a quote or a line end stands in them."""
    text = _put_together(cells)
    if not any(sign in text for sign in (b",", b'"', b"\n")):
        return cells
    odd = pc.match_substring_regex(cells, '[,"\n]')
    doubled = pc.replace_substring(cells.filter(odd), '"', '""')
    return pc.replace_with_mask(cells, odd, pc.binary_join_element_wise('"', doubled, '"', ""))


def _put_together(cells: pa.Array) -> bytes:
    """All cells as one text."""
    text: bytes = pc.binary_join(pa.ListArray.from_arrays([0, len(cells)], cells), "")[0].as_buffer().to_pybytes()
    return text


def write_findings_parquet(findings: pa.Table, path: Path) -> None:
    """Write the findings with the row numbers of both sides, in order."""
    pq.write_table(findings, path)
