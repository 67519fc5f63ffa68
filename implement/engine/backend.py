"""The one door to the table engine: DuckDB embedded by default, Spark by setting, the same expressions on both."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from inspect import Parameter, Signature
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path
from types import TracebackType
from typing import Self
from weakref import WeakSet

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from implement.engine.lean import dataset
from implement.engine.memory import give_back

BATCH_ROWS = 20_000
MAPPED_ROWS = 100_000
THREADS = 1
"""Two would take a twentieth more of the processor's time and save none: most of the work lies between the queries."""
ENGINES = ("duckdb", "spark")
LEAST_SPARK_MB = 1024
"""What Spark's driver needs, however little the embedded engine may take."""
Unreadable = duckdb.Error
"""What the embedded engine raises for a file or query it cannot read."""


class EngineMissing(RuntimeError):
    """The engine asked for is unknown or not installed."""


class Backend:
    """One Ibis connection with a scratch folder of its own; closing it removes both.

    `connection` runs the expressions. `embedded` is the DuckDB that reads files and looks at samples, whichever engine
    runs: the backend itself where DuckDB is the engine.
    """

    def __init__(self, engine: str, scratch: Path, memory_mb: int) -> None:
        self.engine = engine
        self.scratch = Path(tempfile.mkdtemp(prefix="implement-", dir=scratch))
        self.memory_mb = memory_mb
        self._names = 0
        self._files: dict[ops.Node, Path] = {}
        self._staged: dict[ops.Node, Path] = {}
        self._adopted: dict[ops.Node, ir.Table] = {}
        self._mapped: WeakSet[mmap] = WeakSet()
        self.embedded: Backend = self
        if engine == "duckdb":
            self.connection = _connect_duckdb(self.scratch, memory_mb)
        else:
            self.connection = _connect_spark(max(memory_mb, LEAST_SPARK_MB))
            self.embedded = Backend("duckdb", self.scratch, memory_mb)

    @property
    def duck(self) -> duckdb.DuckDBPyConnection:
        """The embedded DuckDB below Ibis."""
        connection: duckdb.DuckDBPyConnection = self.embedded.connection.con
        return connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection and delete everything it left in scratch."""
        self.connection.disconnect()
        if self.embedded is not self:
            self.embedded.close()
        shutil.rmtree(self.scratch, ignore_errors=True)
        give_back()

    def fresh_name(self, stem: str = "table") -> str:
        """Name a view or file no other part of this run uses."""
        self._names += 1
        return f"{stem}_{self._names}"

    def fresh_path(self, suffix: str, stem: str = "part") -> Path:
        """Name a scratch file no other part of this run uses."""
        return self.scratch / (self.fresh_name(stem) + suffix)

    def view(self, select: str, stem: str = "view") -> ir.Table:
        """Offer a SELECT as a table of the embedded engine that is read anew at each use."""
        name = self.fresh_name(stem)
        self.duck.execute(f"CREATE VIEW {quoted_name(name)} AS {select}")
        return self.embedded.connection.table(name)

    def read_batches(self, select: str) -> Iterator[pa.RecordBatch]:
        """Read a SELECT of the embedded engine once, batch by batch. Raises Unreadable."""
        reader = self.duck.cursor().execute(select).to_arrow_reader(BATCH_ROWS)
        try:
            yield from reader
        except (pa.ArrowException, OSError) as fault:
            raise Unreadable(str(fault)) from fault

    def stage(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> ir.Table:
        """Keep batches in scratch as they come, as Arrow, which costs half of what Parquet does."""
        path = self.fresh_path(".arrow", "staged")
        try:
            with pa.ipc.new_file(path, schema) as writer:
                for batch in batches:
                    writer.write_batch(batch)
        except Exception:
            path.unlink()  # whoever reads in another way then finds room
            raise
        name = self.fresh_name("staged")
        self.duck.register(name, dataset(path, format="ipc"))
        table = self.embedded.connection.table(name)
        self._staged[table.op()] = path
        return table

    def staged_at(self, table: ir.Table) -> Path | None:
        """The Arrow file a table of this engine was staged in, if it was and stands as it was."""
        return self._staged.get(table.op())

    def keep(self, table: ir.Table, stem: str = "kept") -> ir.Table:
        """Work a table out once and keep it: as Parquet in scratch, or with Spark's workers."""
        if self.embedded is not self:
            return self.connection.keep(table, self.fresh_name(stem))
        path = self.fresh_path(".parquet", stem)
        self.connection.to_parquet(table, path)
        return self.read_parquet(path)

    def keep_staged(self, table: ir.Table) -> ir.Table:
        """Work a table out once and keep it where rows can be picked by their numbers, or with Spark's workers."""
        if self.embedded is not self:
            return self.keep(table, "staged")
        return self.stage(self.read(table), table.schema().to_pyarrow())

    def keep_numbers(self, table: ir.Table, stem: str = "numbers") -> ir.Table:
        """Work out a table of numbers alone once; the embedded engine keeps it itself and spills what is too much."""
        if self.embedded is not self:
            return self.keep(table, stem)
        name = self.fresh_name(stem)
        self.duck.execute(f"CREATE TABLE {quoted_name(name)} AS {self.connection.compile(table)}")
        return self.connection.table(name)

    def forget(self, *tables: ir.Table) -> None:
        """Give back what is held of tables of numbers that nobody asks any more."""
        for table in tables:
            self.duck.execute(f"DROP TABLE {quoted_name(table.get_name())}")
        give_back()

    def keep_rows(self, rows: pa.Table, stem: str = "rows") -> ir.Table:
        """Keep rows that are in memory with the embedded engine, which spills what is too much."""
        name, given = self.fresh_name(stem), self.fresh_name("given")
        self.duck.register(given, rows)
        self.duck.execute(f"CREATE TABLE {quoted_name(name)} AS SELECT * FROM {quoted_name(given)}")
        self.duck.unregister(given)
        return self.embedded.connection.table(name)

    def adopt(self, table: ir.Table) -> ir.Table:
        """Offer a table of the embedded engine on this one; it is written to scratch where it is no Parquet yet."""
        if self.embedded is self:
            return table
        if table.op() not in self._adopted:
            path = self.embedded.file_of(table) or self.embedded.file_of(self.embedded.keep(table, "adopted"))
            self._adopted[table.op()] = self.connection.read_file(path, self.fresh_name("adopted"))
        return self._adopted[table.op()]

    def file_of(self, table: ir.Table) -> Path | None:
        """The Parquet file a table is read from as it stands."""
        return self._files.get(table.op())

    def fetch_mapped(self, table: ir.Table) -> pa.Table:
        """Work a table out and offer it to this process from a file in scratch, so that its rows need no memory."""
        schema = table.schema().to_pyarrow()
        cast = (batch.cast(schema) for batch in self.read(table))  # engines count in wider numbers than Ibis says
        return self.map_batches(cast, schema)

    def map_batches(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
        """Write batches to a file in scratch as they come and offer them to this process from there."""
        path = self.fresh_path(".arrow", "mapped")
        with pa.ipc.new_file(path, schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        held = map_file(path)
        self._mapped.add(held)
        return read_mapped(held).read_all()

    def let_lie(self) -> None:
        """Give back the memory that mapped rows were looked at in: whoever looks again finds them in their files."""
        for held in self._mapped:
            held.madvise(MADV_DONTNEED)

    def read(self, table: ir.Table) -> Iterator[pa.RecordBatch]:
        """Work a table out once, batch by batch."""
        if self.embedded is not self:
            yield from self.connection.to_pyarrow(table).to_batches()
        else:
            self.connection._run_pre_execute_hooks(table)
            yield from self.duck.execute(self.connection.compile(table)).to_arrow_reader(MAPPED_ROWS)

    def read_parts(
        self, parts: Iterable[pa.Table], schema: pa.Schema, ask: Callable[[ir.Table], ir.Table]
    ) -> Iterator[pa.RecordBatch]:
        """Ask the same of each part of a table: planned once, and read no sooner than the engine asks for it."""
        name = self.fresh_name("part")
        query = self.embedded.connection.compile(ask(ibis.table(ibis.Schema.from_pyarrow(schema), name)))
        batches = (batch for part in parts for batch in part.to_batches())
        self.duck.register(name, pa.RecordBatchReader.from_batches(schema, batches).__arrow_c_stream__())
        yield from self.duck.execute(query).to_arrow_reader(MAPPED_ROWS)
        self.duck.unregister(name)

    def read_parquet(self, path: Path) -> ir.Table:
        """Offer one Parquet file, or a folder of parts, as a table."""
        table = self.connection.read_parquet(str(path / "*.parquet" if path.is_dir() else path))
        if path.is_file():
            self._files[table.op()] = path
        return table


def map_file(path: Path) -> mmap:
    """A file of Arrow as a part of this process's memory."""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def read_mapped(held: mmap) -> pa.RecordBatchFileReader:
    """The batches of a mapped file; Arrow's own mapping would have the machine look for each on the disk at once."""
    return pa.ipc.open_file(pa.BufferReader(pa.py_buffer(held)))


def open_backend(engine: str = "duckdb", *, scratch: Path | None = None, memory_mb: int = 1024) -> Backend:
    """Open the table engine; use it as a context manager so that scratch files are removed."""
    if engine not in ENGINES:
        raise EngineMissing(f"unknown engine {engine!r}; known: {', '.join(ENGINES)}")
    return Backend(engine, scratch or Path(tempfile.gettempdir()), memory_mb)


def hash_cells(cells: Sequence[ir.Value], backend: Backend) -> ir.IntegerValue:
    """One number for several cells; equal cells have equal numbers, on one engine.

    The embedded engine is asked by name: Ibis would write each number as bits and read those again.
    """
    if backend.engine != "duckdb":
        return ibis.struct({f"c{place}": cell for place, cell in enumerate(cells)}).hash()
    number: ir.IntegerValue = _embedded_hash(tuple(cell.type() for cell in cells))(*cells)
    return number


@lru_cache
def _embedded_hash(types: tuple[dt.DataType, ...]) -> Callable[..., ir.IntegerValue]:
    def hash_row(*cells: object) -> int:
        raise NotImplementedError

    names = [Parameter(f"c{place}", Parameter.POSITIONAL_OR_KEYWORD) for place in range(len(types))]
    hash_row.__signature__ = Signature(names)  # type: ignore[attr-defined]
    named: Callable[..., ir.IntegerValue] = ibis.udf.scalar.builtin(hash_row, name="hash", signature=(types, dt.uint64))
    return named


def quoted_text(text: str) -> str:
    """Write a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """Write a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _connect_duckdb(scratch: Path, memory_mb: int) -> ibis.BaseBackend:
    spill = str(scratch / "spill")
    connection = ibis.duckdb.connect(threads=THREADS, memory_limit=f"{memory_mb}MB", temp_directory=spill)
    pa.set_cpu_count(1)  # Arrow's own threads would read far ahead of the engine's, into memory
    pa.set_io_thread_count(1)
    connection.con.execute("SET enable_progress_bar = false")
    connection.con.execute("SET preserve_insertion_order = true")  # rows of what is staged are picked by their order
    # What a query has used goes back to the machine at once: its allocator would keep half a gigabyte for the next
    connection.con.execute("SET allocator_flush_threshold = '16MB'")
    connection.con.execute("SET allocator_bulk_deallocation_flush_threshold = '16MB'")
    # Arrow scans refuse bloom filters, and of unknown size they would be taken for the side to hold in memory
    connection.con.execute("SET disabled_optimizers = 'join_filter_pushdown,build_side_probe_side'")
    return connection


def _connect_spark(memory_mb: int) -> ibis.BaseBackend:
    """Load Spark only where it is asked for."""
    if find_spec("pyspark") is None:
        raise EngineMissing("the Spark engine needs the extra: pip install 'implement[spark]'")
    spark = import_module("implement.engine.spark")
    try:
        return spark.connect(memory_mb)
    except spark.NoJava as missing:
        raise EngineMissing("the Spark engine needs Java 17: apt-get install openjdk-17-jre-headless") from missing
