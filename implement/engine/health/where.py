"""Say where the empty cells of a column stand, when they stand under some values of another column alone."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from implement.engine.health.cells import Cells
from implement.engine.health.finding import HealthFinding
from implement.engine.health.settings import HealthSettings


def tell_where(found: HealthFinding, columns: Sequence[Cells], settings: HealthSettings) -> HealthFinding:
    """Name the column whose values part empty rows from filled ones without remainder, the fewest values first."""
    concerned = np.isin(columns[0].rows, found.behind.rows)
    parted = []
    for cells in columns:
        if (
            cells.column == found.column
            or not 1 < len(cells.values) <= settings.categories
            or cells.where_empty().any()
        ):
            continue
        hit = np.bincount(cells.codes[concerned], minlength=len(cells.values))
        whole = (hit == 0) | (hit == cells.counts)
        if whole.all() and (hit == 0).any() and cells.unique <= settings.grouping_share:
            names = tuple(cells.values[place] for place in np.argsort(-hit, kind="stable").tolist() if hit[place])
            parted.append((len(names), cells.column, names))
    if not parted:
        return found
    _, column, values = min(parted)
    return replace(found, where=(column, values))
