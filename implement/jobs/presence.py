"""Which workers of this machine live: each holds a lock that the operating system lets go of however it ends."""

import fcntl
import time
from pathlib import Path
from uuid import uuid4

FORGET_AFTER_SECONDS = 86_400


class Presence:
    """This process among the workers; `name` is written into the jobs it runs and empty until it is announced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = ""

    def announce(self) -> None:
        """Take a name and hold its lock until this process ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = uuid4().hex
        self._lock = (self.folder / name).open("w", encoding="ascii")
        fcntl.lockf(self._lock, fcntl.LOCK_EX)
        self.name = name

    def withdraw(self) -> None:
        """Let go of the name at an orderly end."""
        self._lock.close()
        (self.folder / self.name).unlink(missing_ok=True)
        self.name = ""

    def find_gone(self) -> list[str]:
        """The workers whose process has ended; of those on other machines nothing is known here."""
        others = [path for path in self.folder.glob("*") if path.name != self.name]
        return [path.name for path in others if not _is_held(path)]

    def forget_gone(self) -> None:
        """Remove what workers left that ended long ago; their jobs were taken up since."""
        for name in self.find_gone():
            path = self.folder / name
            if path.exists() and path.stat().st_mtime < time.time() - FORGET_AFTER_SECONDS:
                path.unlink(missing_ok=True)


def _is_held(path: Path) -> bool:
    """True while a process holds the lock. A lock of `lockf` is not inherited, so children do not keep it alive."""
    try:
        with path.open("r+", encoding="ascii") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
