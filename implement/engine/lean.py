"""Arrow's data sets and Ibis' converting, loaded while pandas cannot be found: no row of ours is one of its.

Both would load it merely to know its tables when they meet one, which costs every process a third of a second and
50 MB. Who needs it (Ibis on Spark does) loads it later all the same.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder

import ibis
import ibis.expr.types as ir
import pyarrow as pa

HIDDEN = "pandas"


class _Hidden(MetaPathFinder):
    """Says of one module that it is not installed."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == HIDDEN:
            raise ModuleNotFoundError(f"{HIDDEN} is not looked for", name=HIDDEN)


@contextmanager
def _not_found() -> Iterator[None]:
    finder = _Hidden()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


with _not_found():
    dataset = import_module("pyarrow.dataset").dataset
    import_module("ibis.backends.duckdb.converter")


def at_hand(columns: Mapping[str, Sequence[object]], types: Mapping[str, str]) -> ir.Table:
    """Columns of this process as a table to ask with, types by Ibis' names; of lists alone it would make pandas'."""
    return ibis.memtable(pa.table(dict(columns), schema=ibis.schema(dict(types)).to_pyarrow()))
