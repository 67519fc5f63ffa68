"""Spark as the table engine: one session for the process, and what it is told so that it finds what DuckDB finds.

Where Spark runs and how large it is, is said as every Spark is told: in `spark-defaults.conf`, in the folder that
`SPARK_CONF_DIR` names. Nothing said, it runs in this process on all cores.
"""

import re
from pathlib import Path
from threading import Lock

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.pyspark import Backend as IbisSpark
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.backends.sql.compilers.base import NULL
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.formats.pyarrow import PyArrowData
from pyarrow.parquet import read_schema
from pyspark.errors import PySparkRuntimeError
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

SAID = {
    "spark.app.name": "implement",
    "spark.log.level": "ERROR",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
NUMBER = r"^\s*(?i:[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf|infinity|nan))\s*\z"
"""What DuckDB reads as a number."""
PARTITIONS = "spark.sql.shuffle.partitions"
_opening = Lock()


class NoJava(RuntimeError):
    """Spark did not start: it needs Java 17."""


class _Compiler(PySparkCompiler):
    """Writes expressions for Spark, where Ibis' own writing would give other values than DuckDB's."""

    SIMPLE_OPS = {
        ops.BitOr: "bit_or",
        ops.Hash: "xxhash64",  # Spark's `hash` has 32 bits: of a million rows some would be equal by chance
    }

    def visit_CountStar(self, op: ops.CountStar, *, arg: object, where: sge.Expression | None) -> sge.Expression:
        """No row that counts is 0, not NULL."""
        return super().visit_CountStar(op, arg=arg, where=None) if where is None else self.f.count_if(where)

    def visit_NonNullLiteral(self, op: ops.Literal, *, value: object, dtype: dt.DataType) -> sge.Expression:
        """A number with a point is a float to us, a decimal to Spark."""
        written = super().visit_NonNullLiteral(op, value=value, dtype=dtype)
        return self.cast(str(value), dtype) if dtype.is_floating() else written

    def visit_RegexSearch(self, op: ops.RegexSearch, *, arg: sge.Expression, pattern: sge.Literal) -> sge.Expression:
        """As Java writes it."""
        return super().visit_RegexSearch(op, arg=arg, pattern=_java_pattern(pattern))

    def visit_RegexReplace(
        self, op: ops.RegexReplace, *, arg: sge.Expression, pattern: sge.Literal, replacement: sge.Literal
    ) -> sge.Expression:
        """As Java writes it: `$1` for what the first group has matched."""
        groups = re.sub(r"\\(\d)", r"$\1", replacement.this.replace("$", "\\$"))
        return super().visit_RegexReplace(
            op, arg=arg, pattern=_java_pattern(pattern), replacement=sge.Literal.string(groups)
        )

    def visit_TryCast(self, op: ops.TryCast, *, arg: sge.Expression, to: dt.DataType) -> sge.Expression:
        """Java reads `1d` and `0x1p3` as numbers, and `1_000` not."""
        if not (op.arg.dtype.is_string() and to.is_floating()):
            return super().visit_TryCast(op, arg=arg, to=to)
        plain = self.f.regexp_replace(arg, "(?<=[0-9])_(?=[0-9])", "")
        return self.if_(self.f.anon.rlike(plain, NUMBER), super().visit_TryCast(op, arg=plain, to=to), NULL)

    def visit_Lowercase(self, op: ops.Lowercase, *, arg: sge.Expression) -> sge.Expression:
        """Letter by letter: the two capitals that Spark makes small by what stands around them come first."""
        return self.f.lower(self.f.translate(arg, "Σİ", "σi"))


class SparkTables(IbisSpark):
    """Tables on Spark that come in and go out as Arrow, and are kept where Spark keeps what it has worked out."""

    compiler = _Compiler()

    def to_pyarrow(self, expr: ir.Expr, /, **_: object) -> pa.Table:
        """Work an expression out and bring it into memory."""
        table = expr.as_table()
        self._run_pre_execute_hooks(table)
        found = self._session.sql(self.compile(table)).toArrow()
        return expr.__pyarrow_result__(PyArrowData.convert_table(found, table.schema()))

    def keep(self, table: ir.Table, name: str) -> ir.Table:
        """Work a table out once; its rows stay with Spark's workers."""
        self._run_pre_execute_hooks(table)
        self._session.sql(self.compile(table)).localCheckpoint().createOrReplaceTempView(name)
        return self.table(name)

    def read_file(self, path: Path, name: str) -> ir.Table:
        """Offer one Parquet file as a table; its own schema saves Spark a look into it."""
        schema = from_arrow_schema(read_schema(path), prefer_timestamp_ntz=True)
        self._session.read.schema(schema).parquet(str(path)).createOrReplaceTempView(name)
        return self.table(name)

    def disconnect(self) -> None:
        """Leave the process' Spark to the next one; with this session goes what was kept in it."""
        del self._session

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        rows = op.data.to_pyarrow(op.schema).combine_chunks()  # of rows in several pieces Spark would lose some
        self._session.createDataFrame(rows, PySparkSchema.from_ibis(op.schema)).createOrReplaceTempView(op.name)


def _java_pattern(pattern: sge.Literal) -> sge.Literal:
    """The end of a text is its very end: Java's `$` lets a line end stand behind it."""
    parts = re.sub(r"\\.|\[[^\]]*\]|\$", lambda part: r"\z" if part[0] == "$" else part[0], pattern.this)
    return sge.Literal.string(parts)


def connect(memory_mb: int) -> SparkTables:
    """Open the process' Spark where it is not open yet, with this much memory, and a connection of its own on it."""
    with _opening:
        session = _open_session(memory_mb).newSession()
    master = session.sparkContext.master or ""
    if master.startswith("local") and not session.sparkContext.getConf().contains(PARTITIONS):
        session.conf.set(PARTITIONS, str(session.sparkContext.defaultParallelism))
    connection = SparkTables()
    connection.register_options()
    connection.do_connect(session)
    return connection


def _open_session(memory_mb: int) -> SparkSession:
    builder = SparkSession.builder.config("spark.driver.memory", f"{memory_mb}m")
    for name, said in SAID.items():
        builder = builder.config(name, said)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError as ended:
        raise NoJava from ended
