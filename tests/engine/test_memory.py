"""Memory that was let go is used again, so that the machine need not clear it anew each time."""

import os
import subprocess
import sys

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
