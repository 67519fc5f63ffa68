"""Find and read every table at a path."""

from pathlib import Path

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake.collecting import Collection
from implement.engine.intake.delimited import DelimitedFile, read_delimited
from implement.engine.intake.faults import Fault, Unusable
from implement.engine.intake.limits import DEFAULT_LIMITS, IntakeLimits
from implement.engine.intake.tables import Intake


def read_tables(
    path: Path, backend: Backend, *, limits: IntakeLimits = DEFAULT_LIMITS, progress: Progress | None = None
) -> Intake:
    """Read a file, or every file of a folder, into tables of text."""
    into = Collection(backend, limits, progress or no_progress)
    if not path.exists():
        into.fault(Fault(path.name, None, None, "file_missing"))
        return into.finish()
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.suffix.lower() not in (".csv", ".tsv", ".txt"):
            into.skip(file.name, "not_a_table")
            continue
        try:
            read_delimited(DelimitedFile(file, file.name, file.stem, file.suffix.lower()), into)
        except Unusable as unusable:
            into.fault(unusable.fault)
    return into.finish()
