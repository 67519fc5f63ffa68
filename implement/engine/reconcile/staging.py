"""Stage both sides once as Parquet, so that no file is parsed again for every question asked of it."""

from dataclasses import replace

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake, SourceTable


def stage(intake: Intake, backend: Backend, *, progress: Progress = no_progress) -> Intake:
    """The same tables, read from files and kept in scratch as Parquet until the backend closes."""
    tables: list[SourceTable] = []
    for table in intake.tables:
        progress("read", len(tables), len(intake.tables))
        if table.staged:
            tables.append(table)
            continue
        path = backend.fresh_path(".parquet", "staged")
        backend.connection.to_parquet(table.relation, path)
        tables.append(replace(table, relation=backend.read_parquet(path), staged=True))
    return replace(intake, tables=tuple(tables))
