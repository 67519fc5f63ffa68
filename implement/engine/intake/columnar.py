"""Read Parquet where it lies, its typed values written as text."""

from pathlib import Path

from implement.engine.backend import Unreadable, quoted_name, quoted_text
from implement.engine.intake.collecting import Collection
from implement.engine.intake.faults import Unusable
from implement.engine.intake.headers import name_columns
from implement.engine.intake.scan import scan_rows, share_for
from implement.engine.intake.tables import ROW, SourceTable


def read_parquet(path: Path, file: str, stem: str, into: Collection) -> None:
    """Read one Parquet file into a table."""
    source = f"read_parquet({quoted_text(str(path))}, file_row_number=true)"
    try:
        described = into.backend.duck.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        rows = into.backend.duck.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    except Unreadable as error:
        raise Unusable(file, "parquet_damaged", str(error).splitlines()[0][:200]) from error
    fields = [(name, kind) for name, kind, *_ in described if name != "file_row_number"]
    if len(fields) > into.limits.columns:
        raise Unusable(file, "too_many_columns", len(fields), into.limits.columns)
    columns, renamed = name_columns([name for name, _ in fields])
    for column in renamed:
        into.note(file, column.code, column.found or column.position, column.name, column=column.name)
    cells = ", ".join(
        f"nullif({value_text(quoted_name(name), kind)}, '') AS {quoted_name(column)}"
        for (name, kind), column in zip(fields, columns, strict=True)
    )
    select = f"SELECT file_row_number + 1 AS {ROW}, {cells} FROM {source}"
    scan = scan_rows(into.backend, select, columns, share_for(rows, len(columns), into.limits))
    if scan is None:
        raise Unusable(file, "parquet_damaged", "its pages do not decode")
    relation = into.backend.view(select, "source")
    into.add(SourceTable(stem, file, None, columns, rows, relation, "parquet", sample=scan.sample, nulls=scan.nulls))


def value_text(name: str, kind: str) -> str:
    """The SQL that writes a typed value as canonical text."""
    if kind in ("DOUBLE", "FLOAT"):
        return _float_text(name)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%dT%H:%M:%SZ')"
    if kind.startswith("TIMESTAMP"):
        return f"replace(strftime({name}, '%Y-%m-%dT%H:%M:%S'), 'T00:00:00', '')"
    if kind == "BLOB":
        return f"lower(hex({name}))"
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"CAST(to_json({name}) AS VARCHAR)"
    return f"CAST({name} AS VARCHAR)"


def _float_text(name: str) -> str:
    shortest = f"CAST({name} AS VARCHAR)"
    plain = f"rtrim(rtrim(CAST(TRY_CAST({name} AS DECIMAL(38, 15)) AS VARCHAR), '0'), '.')"
    return (
        f"CASE WHEN isnan({name}) THEN NULL "
        f"WHEN {name} = trunc({name}) AND abs({name}) < 1e37 THEN CAST(CAST({name} AS HUGEINT) AS VARCHAR) "
        f"WHEN contains({shortest}, 'e') THEN coalesce({plain}, {shortest}) ELSE {shortest} END"
    )
