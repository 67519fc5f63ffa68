"""Conditions on records that findings may share: values of a column, a missing parent, a run of rows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from implement.engine.causes.background import Background
from implement.engine.causes.coded import AffectedCells
from implement.engine.causes.settings import CauseSettings
from implement.engine.causes.stages import is_closed
from implement.engine.coded import Numbers, Places, different

PLAINEST = (
    "other_file", "parent_vanished", "all_replaced", "open_records", "no_parent", "parent_gone", "row_range", "value",
    "empty",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Condition:
    """A condition met by `places` (of the findings looked at) and by `outside` records without a finding."""

    code: str
    column: str
    values: tuple[str, ...]
    places: Numbers
    outside: int
    parent: str = ""

    @property
    def plainness(self) -> int:
        """Order of conditions that explain equally much: what says most to a person comes first."""
        return PLAINEST.index(self.code) if self.code in PLAINEST else len(PLAINEST)


def value_conditions(column: str, cells: AffectedCells, around: Background) -> list[Condition]:
    """The values of a column that the affected records have and hardly any other record has."""
    settings = around.settings
    frequent = cells.frequent(settings.values_counted)
    single = max(frequent, key=lambda value: (frequent[value], value))
    sets = [{single}]
    heavy = _heavy_values(column, cells, frequent, around)
    if heavy != {single} and 0 < len(heavy) <= settings.values_named and 3 * cells.distinct() <= 2 * len(cells):
        sets.append(heavy)
    known = [values for values in sets if all(around.total(column, value) for value in values)]
    return [_condition(column, values, cells, frequent, around) for values in known]


def _heavy_values(
    column: str, cells: AffectedCells, affected: Mapping[str, int], around: Background
) -> set[str]:
    """The values that stand on affected records nearly always; none where the few heaviest are not enough."""
    settings = around.settings
    if cells.heaviest(settings).sum() < settings.share_inside * len(cells):
        return set()
    totals = {value: around.total(column, value) for value in affected}
    return {value for value, total in totals.items() if total and affected[value] >= settings.rate * total}


def _condition(
    column: str, values: set[str], cells: AffectedCells, affected: Mapping[str, int], around: Background
) -> Condition:
    outside = sum(around.total(column, value) - affected[value] for value in values)
    code = "empty" if values == {""} else "open_records" if _are_open(column, values, around) else "value"
    return Condition(code, column, tuple(sorted(values)), cells.where(cells.column.are(values)), max(0, outside))


def _are_open(column: str, values: set[str], around: Background) -> bool:
    """Say whether the values are stages of deals that have not ended."""
    return not any(is_closed(value) for value in values) and around.speaks_of_deals(column)


def run_condition(numbers: Places, settings: CauseSettings, everywhere: Places | None = None) -> Condition | None:
    """The longest run of rows without a gap, when it holds most of the affected records.

    `everywhere` are all affected rows, of which those in `numbers` are not explained yet: a lost chunk stays one run
    although some of its rows have another cause as well.
    """
    numbers = np.asarray(numbers)
    first, last = _longest_run(different(numbers if everywhere is None else np.asarray(everywhere)))
    places = np.flatnonzero((first <= numbers) & (numbers <= last))
    if len(places) < max(2 * settings.least_findings, settings.share_inside * len(numbers)):
        return None
    return Condition("row_range", "", (str(first), str(last)), places, 0)


def _longest_run(ordered: Numbers) -> tuple[int, int]:
    """First and last of the longest run of consecutive numbers, the earliest of several."""
    begins = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 2) != 1)
    lengths = np.diff(begins, append=len(ordered))
    longest = np.argmax(lengths)
    first = int(ordered[begins[longest]])
    return first, first + int(lengths[longest]) - 1


def parent_conditions(column: str, cells: AffectedCells, around: Background) -> list[Condition]:
    """The affected records name a parent that the source itself does not have, or one that did not arrive."""
    if column not in around.parents:
        return []
    parents = [parent.name for parent, _ in around.parents[column]]
    found = []
    values = cells.column.values
    orphans = around.orphans(column, values)
    if orphans and len(places := cells.where(cells.column.are(orphans))):
        outside = orphans.total() - len(places)
        found.append(Condition("no_parent", column, tuple(sorted(orphans))[:6], places, outside, "/".join(parents)))
    for one in parents:
        if around.gone.get((column, one)) and len(places := cells.where(around.are_gone(column, one, values))):
            found.append(Condition("parent_gone", column, cells.first_of(places, 6), places, 0, one))
    return found
