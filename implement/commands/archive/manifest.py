"""The list of what an archive holds: tables with their counts and hashes, kept files, revision and instant."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class TableEntry:
    """How many rows of a table were archived, and the SHA-256 of their lines."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the archive holds; `files` are the SHA-256 of the kept files, which are also their names."""

    made_at: datetime
    revision: str
    tables: dict[str, TableEntry]
    files: tuple[str, ...]

    @property
    def row_count(self) -> int:
        """Rows of all tables."""
        return sum(entry.rows for entry in self.tables.values())

    def write(self) -> bytes:
        """The manifest as it stands in the archive."""
        said = asdict(self) | {"made_at": self.made_at.isoformat(), "format": FORMAT}
        return json.dumps(said, indent=1, sort_keys=True).encode()


def read_manifest(content: bytes) -> Manifest:
    """Read it back; raises `ValueError`, `KeyError` or `TypeError` when it is not one of this format."""
    said = json.loads(content)
    if said["format"] != FORMAT:
        raise ValueError(f"format {said['format']}")
    tables = {name: TableEntry(**entry) for name, entry in said["tables"].items()}
    return Manifest(datetime.fromisoformat(said["made_at"]), said["revision"], tables, tuple(said["files"]))
