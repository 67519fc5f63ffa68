"""A child ends with its parent, even when the parent is killed (Linux)."""

import ctypes
import multiprocessing
import os
import signal
import sys

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with_forker() -> None:
    """End with the process that forked this one; nothing happens in one that nobody forked."""
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent.pid:
        os._exit(1)
