"""Find and read every table at a path."""

from pathlib import Path

from implement.engine.backend import Backend, quoted_text
from implement.engine.facts import Progress
from implement.engine.intake.faults import Fault, Skipped
from implement.engine.intake.limits import DEFAULT_LIMITS, IntakeLimits
from implement.engine.intake.tables import Intake, SourceTable


def read_tables(
    path: Path, backend: Backend, *, limits: IntakeLimits = DEFAULT_LIMITS, progress: Progress | None = None
) -> Intake:
    """Read a file, or every file of a folder, into tables of text."""
    if not path.exists():
        return Intake((), (), (Fault(path.name, None, None, "file_missing"),))
    tables: list[SourceTable] = []
    skipped: list[Skipped] = []
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.suffix.lower() != ".csv":
            skipped.append(Skipped(file.name, "not_a_table"))
            continue
        tables.append(_read_csv(file, backend))
    return Intake(tuple(tables), tuple(skipped), ())


def _read_csv(file: Path, backend: Backend) -> SourceTable:
    scan = f"read_csv({quoted_text(str(file))}, all_varchar=true, header=true, delim=',', quote='\"', escape='\"')"
    names = [row[0] for row in backend.duck.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()]
    count = backend.duck.execute(f"SELECT count(*) FROM {scan}").fetchall()[0][0]
    relation = backend.view(f"SELECT CAST(row_number() OVER () AS BIGINT) AS _row, * FROM {scan}", "source")
    return SourceTable(file.stem, file.name, None, tuple(names), count, relation, "csv", "utf-8", ",")
