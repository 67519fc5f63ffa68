"""Put findings down to causes: the simplest condition that most of them meet and hardly any other record does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.causes.cause import Cause
from implement.engine.causes.conditions import Condition, parent_condition, run_condition, value_conditions
from implement.engine.causes.patterns import changed_patterns, cut_patterns, filled_patterns
from implement.engine.causes.settings import DEFAULT_CAUSE_SETTINGS, CauseSettings
from implement.engine.intake import ROW, SourceTable

VALUE_PATTERNS = {
    "value_changed": changed_patterns,
    "wrong_relation": changed_patterns,
    "value_filled": filled_patterns,
    "truncated": cut_patterns,
}
UNCAUSED = frozenset({"reformatted", "extra"})


@dataclass(frozen=True)
class Symptom:
    """What a finding tells the search for causes."""

    fate: str
    field: str
    source_value: str
    target_value: str
    source_row: int


@dataclass(frozen=True)
class Surroundings:
    """The source table the findings are about, the parents its columns name, and the parents that did not arrive."""

    table: SourceTable
    parents: Mapping[str, tuple[str, ir.Table, str]]
    """Column → parent table's name, its relation and its key column."""
    gone: Mapping[str, frozenset[str]]
    """Column → ids of parents that did not arrive."""


Explained = tuple[Cause, tuple[int, ...]]


def explain(
    symptoms: Sequence[Symptom],
    surroundings: Surroundings,
    backend: Backend,
    *,
    settings: CauseSettings = DEFAULT_CAUSE_SETTINGS,
) -> list[Explained]:
    """Find the causes of one table's findings; each comes with the places of the findings it explains."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, symptom in enumerate(symptoms):
        if symptom.source_row and symptom.fate not in UNCAUSED:
            groups[symptom.fate, symptom.field].append(place)
    explained: list[Explained] = []
    for (_, _), places in sorted(groups.items()):
        if len(places) >= settings.least_findings:
            explained += _explain_group(symptoms, places, surroundings, backend, settings)
    return explained


def _explain_group(
    symptoms: Sequence[Symptom], places: list[int], around: Surroundings, backend: Backend, settings: CauseSettings
) -> list[Explained]:
    first, total = symptoms[places[0]], len(places)
    rows = _fetch([symptoms[place].source_row for place in places], around, backend)
    explained: list[Explained] = []
    for _ in range(settings.rounds):
        if len(places) < settings.least_findings:
            break
        best = _best_condition(symptoms, places, first, rows, around, backend, settings)
        if best is None:
            break
        met = tuple(places[place] for place in best.places)
        explained.append((_cause(best, first, total, around), met))
        places = [place for place in places if place not in set(met)]
    return explained


def _fetch(numbers: Sequence[int], around: Surroundings, backend: Backend) -> dict[int, dict[str, str | None]]:
    asked = ibis.memtable({ROW: sorted(set(numbers))}, schema={ROW: "int64"})
    found = backend.connection.to_pyarrow(around.table.relation.semi_join(asked, ROW))
    return {int(row[ROW]): row for row in found.to_pylist()}


def _best_condition(
    symptoms: Sequence[Symptom],
    places: Sequence[int],
    first: Symptom,
    rows: Mapping[int, dict[str, str | None]],
    around: Surroundings,
    backend: Backend,
    settings: CauseSettings,
) -> Condition | None:
    looked_at = [symptoms[place] for place in places]
    found = _conditions(looked_at, first, rows, around, backend, settings)
    others = max(1, around.table.row_count - len(places))
    telling = []
    for condition in found:
        inside, outside = len(condition.places) / len(places), condition.outside / others
        enough = len(condition.places) >= settings.least_findings and inside >= settings.share_inside
        if condition.code in ("many_to_one", "replaced", "reassigned"):
            enough = len(condition.places) >= settings.least_findings
        if enough and inside >= settings.lift * outside:
            telling.append(
                (
                    -round(inside - outside, 2),
                    condition.plainness,
                    len(condition.values),
                    condition.column,
                    condition.values,
                    condition,
                )
            )
    return min(telling, key=lambda entry: entry[:5])[5] if telling else None


def _conditions(
    symptoms: Sequence[Symptom],
    first: Symptom,
    rows: Mapping[int, dict[str, str | None]],
    around: Surroundings,
    backend: Backend,
    settings: CauseSettings,
) -> list[Condition]:
    found: list[Condition] = []
    if pattern := VALUE_PATTERNS.get(first.fate):
        found += pattern(first.field, [(s.source_value, s.target_value) for s in symptoms], settings)
    affected = [rows[symptom.source_row] for symptom in symptoms]
    for column in around.table.columns:
        if column != first.field or first.fate in ("torn_relation", "wrong_relation"):
            cells = [row[column] for row in affected]
            found += value_conditions(column, cells, around.table.relation, around.table.row_count, backend, settings)
            found += _parent_conditions(column, cells, around, backend)
    if not first.field and (run := run_condition([symptom.source_row for symptom in symptoms], settings)):
        found.append(run)
    return found


def _parent_conditions(
    column: str, cells: Sequence[str | None], around: Surroundings, backend: Backend
) -> list[Condition]:
    found = []
    if column in around.parents:
        parent, known, key = around.parents[column]
        orphans = parent_condition(column, parent, cells, known, key, around.table.relation, backend)
        found += [orphans] if orphans else []
        gone = around.gone.get(column, frozenset())
        places = tuple(place for place, cell in enumerate(cells) if cell in gone)
        if places:
            named = tuple(sorted({cells[place] or "" for place in places}))[:6]
            found.append(Condition("parent_gone", column, named, places, 0, parent))
    return found


def _cause(condition: Condition, first: Symptom, total: int, around: Surroundings) -> Cause:
    others = max(1, around.table.row_count - total)
    return Cause(
        around.table.name,
        first.fate,
        first.field,
        condition.code,
        condition.column,
        condition.values,
        len(condition.places),
        total,
        len(condition.places) / total,
        condition.outside / others,
        condition.parent,
    )
