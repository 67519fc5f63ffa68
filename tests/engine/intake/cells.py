"""What a reading says, in a shape tests can compare."""

from implement.engine.intake import ROW, Intake, SourceTable

Rows = list[tuple[str | None, ...]]


def rows_of(table: SourceTable) -> Rows:
    """The cells of a table in the order of its rows."""
    rows = table.relation.order_by(ROW).drop(ROW).to_pyarrow().to_pylist()
    return [tuple(row.values()) for row in rows]


def only_table(intake: Intake) -> SourceTable:
    """The one table of a reading without faults."""
    assert intake.faults == ()
    (table,) = intake.tables
    return table


def cells_of(intake: Intake) -> Rows:
    """The cells of the one table of a reading without faults."""
    return rows_of(only_table(intake))


def codes(intake: Intake) -> list[tuple[int | None, str]]:
    """The faults of a reading by row and code."""
    return [(fault.row, fault.code) for fault in intake.faults]


def note_codes(intake: Intake) -> list[tuple[int | None, str]]:
    """What was set right while reading, by row and code."""
    return [(note.row, note.code) for note in intake.notes]
