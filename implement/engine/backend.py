"""The one door to the table engine: DuckDB embedded by default, Spark by setting, the same expressions on both."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.dataset import dataset

BATCH_ROWS = 20_000
ENGINES = ("duckdb", "spark")
Unreadable = duckdb.Error
"""What the embedded engine raises for a file or query it cannot read."""


class EngineMissing(RuntimeError):
    """The engine asked for is unknown or not installed."""


class Connection(Protocol):
    """What every engine behind Ibis offers and this package uses."""

    def table(self, name: str, /) -> ir.Table: ...
    def disconnect(self) -> None: ...


class Backend:
    """One Ibis connection with a scratch folder of its own; closing it removes both.

    `connection` runs the expressions; `duck` is the embedded DuckDB that reads files, whichever engine runs.
    """

    def __init__(self, engine: str, scratch: Path, memory_mb: int, threads: int) -> None:
        self.engine = engine
        self.scratch = Path(tempfile.mkdtemp(prefix="implement-", dir=scratch))
        self.memory_mb = memory_mb
        self._views = 0
        self._reader = ibis.duckdb.connect(
            threads=threads, memory_limit=f"{memory_mb}MB", temp_directory=str(self.scratch / "spill")
        )
        self.duck: duckdb.DuckDBPyConnection = self._reader.con
        self.duck.execute("SET enable_progress_bar = false")
        self.duck.execute("SET disabled_optimizers = 'join_filter_pushdown'")  # Arrow scans refuse its bloom filters
        self.connection: ibis.BaseBackend = self._reader if engine == "duckdb" else _connect_spark(memory_mb, threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection and delete everything it left in scratch."""
        if self.connection is not self._reader:
            self.connection.disconnect()
        self._reader.disconnect()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def fresh_name(self, stem: str = "table") -> str:
        """Name a view or file no other part of this run uses."""
        self._views += 1
        return f"{stem}_{self._views}"

    def fresh_path(self, suffix: str, stem: str = "part") -> Path:
        """Name a scratch file no other part of this run uses."""
        return self.scratch / (self.fresh_name(stem) + suffix)

    def view(self, select: str, stem: str = "view") -> ir.Table:
        """Offer a SELECT of the embedded DuckDB as a table that is read anew at each use.

        On another engine the rows are written to Parquet once and read from there.
        """
        name = self.fresh_name(stem)
        if self.connection is self._reader:
            self.duck.execute(f"CREATE VIEW {quoted_name(name)} AS {select}")
            return self.connection.table(name)
        path = self.fresh_path(".parquet", stem)
        self.duck.execute(f"COPY ({select}) TO {quoted_text(str(path))} (FORMAT parquet)")
        return self.read_parquet(path)

    def stage(self, select: str, take: Callable[[pa.RecordBatch], pa.RecordBatch]) -> ir.Table:
        """Read a SELECT of the embedded DuckDB once, batch by batch, and keep in scratch what `take` leaves of each.

        The embedded engine keeps Arrow batches, which cost half of what Parquet does; another engine reads Parquet.
        Raises Unreadable.
        """
        is_embedded = self.connection is self._reader
        path = self.fresh_path(".arrow" if is_embedded else ".parquet", "staged")
        reader = self.duck.cursor().execute(select).to_arrow_reader(BATCH_ROWS)
        with _open_writer(path, reader.schema) as writer:
            for batch in _read_batches(reader):
                writer.write_batch(take(batch))
        if not is_embedded:
            return self.read_parquet(path)
        name = self.fresh_name("staged")
        self.duck.register(name, dataset(path, format="ipc"))
        return self.connection.table(name)

    def keep(self, table: ir.Table, stem: str = "kept") -> ir.Table:
        """Work a table out once and keep it in scratch as Parquet."""
        path = self.fresh_path(".parquet", stem)
        self.connection.to_parquet(table, path)
        return self.read_parquet(path)

    def keep_numbers(self, table: ir.Table, stem: str = "numbers") -> ir.Table:
        """Work out a table of numbers alone once; the embedded engine keeps it itself and spills what is too much."""
        if self.connection is not self._reader:
            return self.keep(table, stem)
        name = self.fresh_name(stem)
        self.duck.execute(f"CREATE TABLE {quoted_name(name)} AS {self.connection.compile(table)}")
        return self.connection.table(name)

    def in_batches(self, table: ir.Table) -> Iterator[pa.RecordBatch]:
        """Work a table out and bring it into memory piece by piece."""
        path = self.fresh_path(".parquet", "batches")
        self.connection.to_parquet(table, path)
        yield from dataset(path, format="parquet").to_batches(batch_size=BATCH_ROWS)

    def read_parquet(self, path: Path) -> ir.Table:
        """Offer one Parquet file, or a folder of parts, as a table."""
        return self.connection.read_parquet(str(path / "*.parquet" if path.is_dir() else path))


def open_backend(
    engine: str = "duckdb", *, scratch: Path | None = None, memory_mb: int = 1024, threads: int = 2
) -> Backend:
    """Open the table engine; use it as a context manager so that scratch files are removed."""
    if engine not in ENGINES:
        raise EngineMissing(f"unknown engine {engine!r}; known: {', '.join(ENGINES)}")
    return Backend(engine, scratch or Path(tempfile.gettempdir()), memory_mb, threads)


def _open_writer(path: Path, schema: pa.Schema) -> pa.ipc.RecordBatchFileWriter | pq.ParquetWriter:
    if path.suffix == ".arrow":
        return pa.ipc.new_file(path, schema)
    return pq.ParquetWriter(path, schema, compression="lz4")


def _read_batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """The batches of a reading under way; what the engine cannot read is told in its own words."""
    try:
        yield from reader
    except (pa.ArrowException, OSError) as fault:
        raise Unreadable(str(fault)) from fault


def hash_cells(cells: Sequence[ir.StringValue], backend: Backend) -> ir.IntegerValue:
    """One number for several cells; equal cells have equal numbers, on one engine.

    The embedded engine is asked by name: Ibis would write each number as bits and read those again.
    """
    row = ibis.struct({f"c{place}": cell for place, cell in enumerate(cells)})
    if backend.engine != "duckdb":
        return row.hash()
    number: ir.IntegerValue = _embedded_hash(len(cells))(row)
    return number


@lru_cache
def _embedded_hash(cells: int) -> Callable[[ir.StructValue], ir.IntegerValue]:
    def hash_row(row: object) -> int:
        raise NotImplementedError

    row_type = dt.Struct({f"c{place}": dt.string for place in range(cells)})
    named: Callable[[ir.StructValue], ir.IntegerValue] = ibis.udf.scalar.builtin(
        hash_row, name="hash", signature=((row_type,), dt.uint64)
    )
    return named


def quoted_text(text: str) -> str:
    """Write a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _connect_spark(memory_mb: int, threads: int) -> ibis.BaseBackend:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 (an optional extra)
    except ImportError as missing:
        raise EngineMissing("the Spark engine needs the extra: pip install 'implement[spark]'") from missing
    session = SparkSession.builder.master(f"local[{threads}]").config("spark.driver.memory", f"{memory_mb}m")
    return ibis.pyspark.connect(session.config("spark.ui.enabled", "false").getOrCreate())
