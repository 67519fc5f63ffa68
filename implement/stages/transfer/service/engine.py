"""The engine as the room runs it, and which one that was."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import implement.engine
from implement.engine.backend import Backend, open_backend


@dataclass(frozen=True)
class Workshop:
    """Which engine computes, with how much memory."""

    engine: str = "duckdb"
    memory_mb: int = 1024

    def open(self) -> Backend:
        """Open the engine; use it as a context manager."""
        return open_backend(self.engine, memory_mb=self.memory_mb)

    @property
    def version(self) -> str:
        """The engine's name and release, and a fingerprint of our own rules."""
        package = {"spark": "pyspark"}.get(self.engine, self.engine)
        return f"{self.engine} {version(package)}, rules {rules_fingerprint()}"


@cache
def rules_fingerprint() -> str:
    """The first figures of SHA-256 over all files of our engine, so that a changed rule shows in later runs."""
    folder = Path(implement.engine.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
