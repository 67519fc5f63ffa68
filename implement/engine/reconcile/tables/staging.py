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
        tables.append(replace(table, relation=backend.embedded.keep(table.relation, "staged"), staged=True))
    return replace(intake, tables=tuple(tables))


def hand_over(intake: Intake, backend: Backend) -> dict[str, SourceTable]:
    """The tables by name, where the engine can work on them."""
    return {table.name: replace(table, relation=backend.adopt(table.relation)) for table in intake.tables}
