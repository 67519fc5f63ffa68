"""Memory that was let go is used again, so that the machine need not clear it anew each time."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow as pa

from implement.engine.backend import open_backend

MADE_AND_LET_GO = """
import resource
from implement.engine.memory import use_again
use_again()
import numpy as np
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    np.ones(1 << 23)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""
PAGES = (1 << 26) // 4096


def test_arrays_of_64_mb_take_their_pages_once() -> None:
    small_pages = os.environ | {"NUMPY_MADVISE_HUGEPAGE": "0"}
    program = [sys.executable, "-c", MADE_AND_LET_GO]
    said = subprocess.run(program, env=small_pages, check=True, capture_output=True, text=True).stdout
    assert PAGES // 2 < int(said) < 2 * PAGES


def _kilobytes_mapped() -> int:
    """What of files that were mapped row by row this process holds in memory."""
    mapped = re.findall(r"/mapped_\d+\.arrow\n(?:\w+: .*\n)*?Rss: +(\d+) kB", Path("/proc/self/smaps").read_text())
    return sum(map(int, mapped))


def test_rows_looked_at_lie_in_their_file_again_and_are_found_there() -> None:
    batch = pa.record_batch({"note": [f"{place:060}" for place in range(50_000)]})
    with open_backend() as backend:
        rows = backend.map_batches([batch], batch.schema)
        first = rows.column("note").to_pylist()
        assert _kilobytes_mapped() > 2_000
        backend.let_lie()
        assert _kilobytes_mapped() < 100
        assert rows.column("note").to_pylist() == first
