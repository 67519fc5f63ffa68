"""Profile the columns of a source table from the rows intake has kept apart."""

from implement.engine.formats import DEFAULT_FORMATS, ColumnProfile, FormatSettings, profile_sample, profile_table
from implement.engine.intake.tables import ROW, SourceTable


def profile_source(table: SourceTable, settings: FormatSettings = DEFAULT_FORMATS) -> dict[str, ColumnProfile]:
    """Profile every column of a table; its kept sample is used, so that the file is not read again."""
    if table.sample is None:
        return profile_table(table.relation.drop(ROW), settings)
    return profile_sample(table.sample, settings)
