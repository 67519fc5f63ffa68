"""Conditions on records that findings may share: values of a column, a missing parent, a run of rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.causes.settings import CauseSettings
from implement.engine.causes.stages import is_closed, speak_of_deals

Cells = Sequence[str | None]


@dataclass(frozen=True)
class Condition:
    """A condition met by `places` (of the findings looked at) and by `outside` records without a finding."""

    code: str
    column: str
    values: tuple[str, ...]
    places: tuple[int, ...]
    outside: int
    parent: str = ""

    @property
    def plainness(self) -> int:
        """Order of conditions that explain equally much: what says most to a person comes first."""
        order = ("open_records", "no_parent", "parent_gone", "row_range", "value", "empty")
        return order.index(self.code) if self.code in order else len(order)


def value_conditions(
    column: str, cells: Cells, relation: ir.Table, rows: int, backend: Backend, settings: CauseSettings
) -> list[Condition]:
    """The values of a column that the affected records have and hardly any other record has."""
    affected = Counter(cell or "" for cell in cells)
    common = [value for value, n in affected.most_common(settings.values_counted)]
    if sum(affected[value] for value in common) < settings.share_inside * len(cells):
        return []
    totals = count_values(relation, column, common, backend)
    heavy = {v for v in common if affected[v] >= settings.rate * totals[v]}
    single = max(common, key=lambda v: (affected[v], v))
    if len(affected) * 3 > 2 * len(cells):
        heavy = set()
    found = []
    for values in ({single}, heavy if len(heavy) <= settings.values_named else set()):
        if values:
            found.append(_condition(column, values, cells, totals, affected))
    if len(found) == 2 and found[0].values == found[1].values:
        found.pop()
    return [_as_open(c, relation, backend) if c.code == "value" else c for c in found]


def _condition(
    column: str, values: set[str], cells: Cells, totals: Mapping[str, int], affected: Mapping[str, int]
) -> Condition:
    places = tuple(place for place, cell in enumerate(cells) if (cell or "") in values)
    outside = sum(totals[v] - affected[v] for v in values)
    code = "empty" if values == {""} else "value"
    return Condition(code, column, tuple(sorted(values)), places, max(0, outside))


def count_values(relation: ir.Table, column: str, values: Sequence[str], backend: Backend) -> Counter[str]:
    """How many records of the whole table have each of these values."""
    asked = ibis.memtable({"value": list(values)}, schema={"value": "string"})
    cell = relation[column].fill_null("")
    found = relation.select(value=cell).semi_join(asked, "value").group_by("value").aggregate(rows=ibis._.count())
    counted = backend.connection.to_pyarrow(found)
    return Counter(dict(zip(counted.column("value").to_pylist(), counted.column("rows").to_pylist(), strict=True)))


def _as_open(condition: Condition, relation: ir.Table, backend: Backend) -> Condition:
    """Say `open` where the values are the stages of deals that have not ended."""
    if any(is_closed(value) for value in condition.values):
        return condition
    stages = relation.select(stage=relation[condition.column]).distinct().limit(61)
    names = [name for name in backend.connection.to_pyarrow(stages).column("stage").to_pylist() if name]
    if len(names) > 60 or not speak_of_deals(names):
        return condition
    return Condition("open_records", condition.column, condition.values, condition.places, condition.outside)


def run_condition(numbers: Sequence[int], settings: CauseSettings) -> Condition | None:
    """The longest run of rows without a gap, when it holds most of the affected records."""
    ordered = sorted(set(numbers))
    best = (0, 0)
    start = 0
    for place in range(1, len(ordered) + 1):
        if place == len(ordered) or ordered[place] != ordered[place - 1] + 1:
            best = max(best, (place - start, -start))
            start = place
    length, start = best[0], -best[1]
    if length < max(2 * settings.least_findings, settings.share_inside * len(numbers)):
        return None
    first, last = ordered[start], ordered[start + length - 1]
    places = tuple(place for place, number in enumerate(numbers) if first <= number <= last)
    return Condition("row_range", "", (str(first), str(last)), places, 0)


def parent_condition(
    column: str, parent: str, cells: Cells, known: ir.Table, key: str, relation: ir.Table, backend: Backend
) -> Condition | None:
    """The affected records name a parent that the source itself does not have."""
    named = sorted({cell for cell in cells if cell})
    if not named:
        return None
    keys = known.select(key=known[key])
    orphans = relation.select(value=relation[column]).filter(ibis._.value.notnull()).anti_join(keys, [("value", "key")])
    counted = backend.connection.to_pyarrow(orphans.group_by("value").aggregate(rows=ibis._.count()).limit(10_000))
    rows = dict(zip(counted.column("value").to_pylist(), counted.column("rows").to_pylist(), strict=True))
    places = tuple(place for place, cell in enumerate(cells) if cell in rows)
    if not places:
        return None
    return Condition("no_parent", column, tuple(sorted(rows))[:6], places, sum(rows.values()) - len(places), parent)
