"""Put findings down to causes: the simplest condition that most of them meet and hardly any other record does."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

import ibis

from implement.engine.causes.background import Background
from implement.engine.causes.cause import Cause
from implement.engine.causes.coded import CodedRows, code_rows
from implement.engine.causes.conditions import Condition, parent_conditions, run_condition, value_conditions
from implement.engine.causes.patterns import changed_patterns, cut_patterns, filled_patterns
from implement.engine.causes.wholesale import name_vanished, wholesale_conditions
from implement.engine.intake import ROW, pick_rows

VALUE_PATTERNS = {
    "value_changed": changed_patterns,
    "wrong_relation": changed_patterns,
    "value_filled": filled_patterns,
    "truncated": cut_patterns,
}
UNCAUSED = frozenset({"reformatted", "extra"})


class Symptom(Protocol):
    """What a finding tells the search for causes."""

    @property
    def fate(self) -> str:
        """Its class."""

    @property
    def field(self) -> str:
        """The field it is about, empty where it is about the record."""

    @property
    def source_value(self) -> str:
        """The cell as it was written."""

    @property
    def target_value(self) -> str:
        """The cell as it arrived."""

    @property
    def source_row(self) -> int:
        """The number of the record in the source, 0 where it has none."""


Explained = tuple[Cause, tuple[int, ...]]


def explain(symptoms: Sequence[Symptom], around: Background) -> list[Explained]:
    """Find the causes of one table's findings; each comes with the places of the findings it explains."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, symptom in enumerate(symptoms):
        if symptom.source_row and symptom.fate not in UNCAUSED:
            groups[symptom.fate, symptom.field].append(place)
    enough = [places for _, places in sorted(groups.items()) if len(places) >= around.settings.least_findings]
    if not enough:
        return []
    rows = _fetch([symptoms[place].source_row for places in enough for place in places], around)
    return [found for places in enough for found in _explain_group(symptoms, places, rows, around)]


def _explain_group(
    symptoms: Sequence[Symptom], places: list[int], rows: CodedRows, around: Background
) -> list[Explained]:
    first, total = symptoms[places[0]], len(places)
    everywhere = [symptoms[place].source_row for place in places]
    explained: list[Explained] = []
    for _ in range(around.settings.rounds):
        if len(places) < around.settings.least_findings:
            break
        best = _best_condition(symptoms, places, first, rows, around, everywhere)
        if best is None:
            break
        met = {places[place] for place in best.places}
        explained.append((_cause(best, first, total, around), tuple(sorted(met))))
        places = [place for place in places if place not in met]
    return explained


def _fetch(numbers: Sequence[int], around: Background) -> CodedRows:
    asked = ibis.memtable({ROW: sorted(set(numbers))}, schema={ROW: "int64"})
    picked = pick_rows(around.table.relation, asked, list(around.table.columns), around.backend)
    return code_rows(around.backend.connection.to_pyarrow(picked))


def _best_condition(
    symptoms: Sequence[Symptom],
    places: Sequence[int],
    first: Symptom,
    rows: CodedRows,
    around: Background,
    everywhere: Sequence[int],
) -> Condition | None:
    settings = around.settings
    looked_at = [symptoms[place] for place in places]
    found = _conditions(looked_at, first, rows, around, everywhere)
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
    rows: CodedRows,
    around: Background,
    everywhere: Sequence[int],
) -> list[Condition]:
    found: list[Condition] = []
    pairs = [(s.source_value, s.target_value) for s in symptoms]
    if pattern := VALUE_PATTERNS.get(first.fate):
        found += pattern(first.field, pairs, around.settings)
    found += wholesale_conditions(first.fate, first.field, pairs, around)
    numbers = [symptom.source_row for symptom in symptoms]
    affected = rows.places(numbers)
    for column in around.table.columns:
        if column != first.field or first.fate in ("torn_relation", "wrong_relation"):
            cells = rows.cells(column, affected)
            found += value_conditions(column, cells, around) + parent_conditions(column, cells, around)
    if not first.field and (run := run_condition(numbers, around.settings, everywhere)):
        found.append(run)
    return name_vanished(found, around)


def _cause(condition: Condition, first: Symptom, total: int, around: Background) -> Cause:
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
