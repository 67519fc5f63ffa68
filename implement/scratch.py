"""A scratch folder for one command and its children, in which nothing outlives them: they hold people's records."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "implement-scratch-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Have everything temporary made in a folder of our own; what killed commands left behind is deleted first.

    The folder is locked until the last process that works in it has ended, however it ends. Programs that tidy up
    old temporary files leave locked folders alone too (tmpfiles.d).
    """
    parent, asked = Path(tempfile.gettempdir()), os.environ.get("TMPDIR")
    _delete_abandoned(parent)
    with _locked_folder(parent) as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = str(parent)
            os.environ.pop("TMPDIR") if asked is None else os.environ.update(TMPDIR=asked)
            shutil.rmtree(folder, ignore_errors=True)


def leave_scratch() -> dict[str, str]:
    """The environment for a program that takes the place of this one, without the folder it had: no lock survives that.

    Kept on, the folder would be deleted beneath the program by whichever command is called next.
    """
    folder = Path(tempfile.gettempdir())
    if not folder.name.startswith(PREFIX):
        return dict(os.environ)
    shutil.rmtree(folder, ignore_errors=True)
    return {**os.environ, "TMPDIR": str(folder.parent)}


@contextmanager
def _locked_folder(parent: Path) -> Iterator[Path]:
    """Make a folder that is locked before it bears a name by which others would look whether it is."""
    new = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
    held = os.open(new, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield new.rename(parent / new.name.replace(".new-", PREFIX))
    finally:
        os.close(held)


def _delete_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or another command deletes it at the same time
            if folder.stat().st_uid == os.getuid() and not _is_locked(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_locked(folder: Path) -> bool:
    asked = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(asked, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(asked)
    return False
