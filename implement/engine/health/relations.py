"""What tables say about each other: references that name nothing, and parents that nothing refers to."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from implement.engine.backend import Backend
from implement.engine.health import finding as kinds
from implement.engine.health.cells import Cells, read_cells
from implement.engine.health.columns import find_alike
from implement.engine.health.finding import HealthFinding
from implement.engine.health.settings import HealthSettings
from implement.engine.intake import SourceTable
from implement.engine.mapping import Reference
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import DATE, NUMBER
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.mapping.writings.writing import tidy


def check_relation(
    reference: Reference, child: TableProfile, parent: TableProfile, backend: Backend, settings: HealthSettings
) -> list[HealthFinding]:
    """Values that name no record of the parent, and records of the parent that no value names."""
    named = read_cells(child.table, reference.column, backend)
    keys = read_cells(parent.table, reference.parent_column, backend)
    norm = _norm(parent, reference.parent_column)
    known = {norm(value): value for value in keys.values}
    blank = settings.blank_words
    unknown = [p for p, v in enumerate(named.values) if norm(v) not in known and v.casefold() not in blank]
    found = _tell(named, kinds.ORPHAN, _suggest(named, unknown, known, settings), reference, settings)
    if child is not parent:
        used = {norm(value) for value in named.values}
        idle = {place: "" for place, value in enumerate(keys.values) if norm(value) not in used}
        found += _tell(keys, kinds.CHILDLESS, idle, _turned(reference, child.table), settings)
    return found


def _suggest(
    named: Cells, unknown: Sequence[int], known: Mapping[str, str], settings: HealthSettings
) -> dict[int, str]:
    """For each unknown value the key that was probably meant, where the catalogue is small enough to look through."""
    if len(known) > settings.largest_catalogue or len(unknown) > settings.largest_catalogue:
        return dict.fromkeys(unknown, "")
    catalogue = dict.fromkeys(known.values(), 1)
    letters = {p for p in unknown if not named.values[p].isdecimal()}
    few = len(letters) * len(catalogue) <= settings.largest_catalogue * settings.categories
    return {p: find_alike(named.values[p], catalogue, settings) if few and p in letters else "" for p in unknown}


def _norm(parent: TableProfile, column: str) -> Callable[[str], str]:
    profile = parent.columns[column]
    if profile.kind == NUMBER:
        return lambda value: read_number(value, profile.writing.comma) or tidy(value)
    assert profile.kind != DATE
    return tidy


def _turned(reference: Reference, child: SourceTable) -> Reference:
    return Reference(reference.parent_column, child.name, reference.column)


def _tell(
    cells: Cells, kind: str, chosen: Mapping[int, str], reference: Reference, settings: HealthSettings
) -> list[HealthFinding]:
    of = len(np.unique(cells.rows)) if kind == kinds.CHILDLESS else None
    told = cells.tell(kind, chosen, settings.examples, of=of)
    return [
        HealthFinding(
            one.table, one.column, one.kind, one.of, one.behind, one.examples, reference.parent, reference.parent_column
        )
        for one in told
    ]
