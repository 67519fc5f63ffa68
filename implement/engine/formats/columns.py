"""Profile every column of a table from one sample of its rows."""

from collections import Counter

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.formats.profile import DEFAULT_FORMATS, ColumnProfile, FormatSettings
from implement.engine.formats.recognise import recognise


def profile_table(table: ir.Table, settings: FormatSettings = DEFAULT_FORMATS) -> dict[str, ColumnProfile]:
    """Profile all columns of a table from its first rows, read in one query."""
    rows = max(1, min(settings.sample_rows, settings.sample_cells // max(1, len(table.columns))))
    return profile_sample(table.limit(rows).to_pyarrow(), settings)


def profile_column(table: ir.Table, column: str, settings: FormatSettings = DEFAULT_FORMATS) -> ColumnProfile:
    """Profile one column; for several columns ask `profile_table` once."""
    return profile_table(table.select(column), settings)[column]


def profile_sample(sample: pa.Table, settings: FormatSettings = DEFAULT_FORMATS) -> dict[str, ColumnProfile]:
    """Profile the text columns of rows already fetched."""
    names = [field.name for field in sample.schema if _is_text(field.type)]
    return {name: _profile_values(name, sample[name], settings) for name in names}


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _profile_values(name: str, values: pa.ChunkedArray, settings: FormatSettings) -> ColumnProfile:
    counted = pc.value_counts(values.combine_chunks())
    pairs = zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)
    counts = Counter({value: times for value, times in pairs if value is not None})
    return recognise(name, counts, nulls=values.null_count, settings=settings)
