"""Hold a planned field list against the tables at hand: where each field could come from, by its name."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.mapping.names import column_similarity, name_similarity

LEAST_SIMILARITY = 0.7
"""From this likeness of names on a column is offered for a field; values are looked at once the CRM holds some."""

Place = tuple[str, str]
"""A kind of record or table, and a field or column of it."""


@dataclass(frozen=True)
class PlannedSource:
    """A planned field, the column it could come from, and how alike their names are; None where nothing is alike."""

    field: Place
    column: Place | None
    likeness: float


def find_sources(fields: Sequence[Place], tables: Map[str, Sequence[str]]) -> list[PlannedSource]:
    """For each field the column whose name is most like it, each column once; like tables decide between equals."""
    columns = [(table, column) for table, names in tables.items() for column in names]
    pairs = [(_alike(field, column), field, column) for field in fields for column in columns]
    chosen: dict[Place, tuple[Place, float]] = {}
    taken: set[Place] = set()
    for likeness, field, column in sorted(pairs, key=lambda pair: (-pair[0], -name_similarity(pair[1][0], pair[2][0]))):
        if likeness >= LEAST_SIMILARITY and field not in chosen and column not in taken:
            chosen[field] = (column, likeness)
            taken.add(column)
    return [
        PlannedSource(field, *chosen[field]) if field in chosen else PlannedSource(field, None, 0.0) for field in fields
    ]


def _alike(field: Place, column: Place) -> float:
    return column_similarity(column[1], column[0], field[1], field[0])
