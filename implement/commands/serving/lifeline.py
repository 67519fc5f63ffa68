"""A child ends with its parent, even when the parent is killed (Linux)."""

import ctypes
import multiprocessing
import os
import signal
import sys

PARENT = "IMPLEMENT_PARENT"
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def end_with_starter() -> None:
    """End with the process that started the group; nothing happens when nobody says to be that."""
    starter = os.environ.get(PARENT)
    if starter is not None:
        _end_with(int(starter))


def end_with_forker() -> None:
    """End with the server's main process, of which this is a worker."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        _end_with(parent.pid)


def _end_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
