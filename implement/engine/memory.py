"""How this process holds memory: large arrays are made and let go by the hundred, and memory let go is used again.

Memory fresh from the machine is cleared by it, page by page: a sixth of the time of reconciling a million contacts.
Settings of glibc (mallopt(3)), of numpy, and of mimalloc, in which Arrow keeps its columns; where another library
allocates, nothing is changed.
"""

import ctypes
import os

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
LARGEST_HELD = 1 << 30
"""Arrays up to so many bytes are taken from memory that was used before."""
HELD_FREE = 1 << 29
"""So many bytes at the end of it may lie free; `give_back` returns them as well."""
MILLISECONDS_HELD = "20000"
"""So long Arrow waits for the next column before it gives back what the last one had."""


def use_again() -> None:
    """Let memory be used again rather than given back and asked for anew; to be called before numpy is loaded."""
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")  # else 2 MB are cleared where an array takes a part of them
    os.environ.setdefault("MIMALLOC_ALLOW_THP", "0")  # the same for columns
    os.environ.setdefault("MIMALLOC_PURGE_DELAY", MILLISECONDS_HELD)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # others would turn in circles, waiting for matrices
    settle = getattr(ctypes.CDLL(None), "mallopt", None)
    if settle is not None:
        settle(M_MMAP_THRESHOLD, LARGEST_HELD)
        settle(M_TRIM_THRESHOLD, HELD_FREE)


def give_back() -> None:
    """Give memory that nobody holds any more back to the machine, where that can be said."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
