"""Put findings down to causes: the simplest condition that most of them meet and hardly any other record does."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from implement.engine.causes.background import Background
from implement.engine.causes.cause import Cause
from implement.engine.causes.coded import Changes, CodedRows, code_column, code_rows
from implement.engine.causes.conditions import Condition, parent_conditions, run_condition, value_conditions
from implement.engine.causes.patterns import changed_patterns, cut_patterns, filled_patterns
from implement.engine.causes.wholesale import are_nearly_all, name_vanished, wholesale_conditions
from implement.engine.coded import Numbers, code_cells, different
from implement.engine.intake import fetch_rows

VALUE_PATTERNS = {
    "value_changed": changed_patterns,
    "wrong_relation": changed_patterns,
    "value_filled": filled_patterns,
    "truncated": cut_patterns,
}
UNCAUSED = frozenset({"reformatted", "extra"})

Explained = tuple[Cause, Numbers]


@dataclass(frozen=True)
class Symptoms:
    """The findings of one class and field, or some of them, by their places among all findings of the table."""

    findings: pa.Table
    places: Numbers
    fate: str
    field: str

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def numbers(self) -> Numbers:
        """The rows of the source they are about."""
        numbers: Numbers = self._column("source_row").to_numpy()
        return numbers

    @cached_property
    def changes(self) -> Changes:
        """The cells as they were written and as they arrived."""
        return Changes(*(code_column(self._column(name)) for name in ("source_value", "target_value")))

    def without(self, met: Numbers) -> "Symptoms":
        """Those that stand at other places among these."""
        return Symptoms(self.findings, np.delete(self.places, met), self.fate, self.field)

    def _column(self, name: str) -> pa.ChunkedArray:
        return self.findings.column(name).take(pa.array(self.places))


def explain(findings: pa.Table, around: Background) -> list[Explained]:
    """Find the causes of one table's findings; each comes with the places of the findings it explains.

    A finding has a `class`, a `field` (empty where it is about the record), the cell as it was written and as it
    arrived (`source_value`, `target_value`) and the number of the record in the source (`source_row`, 0 for none).
    """
    enough = [group for group in _group(findings.combine_chunks()) if len(group) >= around.settings.least_findings]
    if not enough:
        return []
    numbers = different(*(group.numbers for group in enough))
    rows = code_rows(fetch_rows(around.table.relation, numbers, around.table.columns, around.backend))
    return [found for group in enough for found in _explain_group(group, rows, around)]


def _group(findings: pa.Table) -> list[Symptoms]:
    """The findings of each class and field that may have a cause."""
    fates, fields = (code_cells(findings.column(name)) for name in ("class", "field"))
    asked = (findings.column("source_row").to_numpy() > 0) & ~fates.are(UNCAUSED)
    groups = fates.codes * len(fields.values) + fields.codes
    found = []
    for group in np.unique(groups[asked]).tolist():
        fate, field = divmod(group, len(fields.values))
        places = np.flatnonzero(asked & (groups == group))
        found.append(Symptoms(findings, places, fates.values[fate], fields.values[field]))
    return sorted(found, key=lambda group: (group.fate, group.field))


def _explain_group(group: Symptoms, rows: CodedRows, around: Background) -> list[Explained]:
    explained: list[Explained] = []
    left = group
    for _ in range(around.settings.rounds):
        if len(left) < around.settings.least_findings:
            break
        best = _best_condition(left, rows, around, group.numbers)
        if best is None:
            break
        explained.append((_cause(best, group, around), left.places[best.places]))
        left = left.without(best.places)
    return explained


def _best_condition(symptoms: Symptoms, rows: CodedRows, around: Background, everywhere: Numbers) -> Condition | None:
    settings = around.settings
    others = max(1, around.table.row_count - len(symptoms))
    telling = []
    for condition in _conditions(symptoms, rows, around, everywhere):
        inside, outside = len(condition.places) / len(symptoms), condition.outside / others
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
    symptoms: Symptoms, rows: CodedRows, around: Background, everywhere: Numbers
) -> list[Condition]:
    found: list[Condition] = []
    if pattern := VALUE_PATTERNS.get(symptoms.fate):
        found += pattern(symptoms.field, symptoms.changes, around.settings)
    if are_nearly_all(len(symptoms), around):
        found += wholesale_conditions(symptoms.fate, symptoms.field, symptoms.changes)
    affected = rows.places(symptoms.numbers)
    for column in around.table.columns:
        if column != symptoms.field or symptoms.fate in ("torn_relation", "wrong_relation"):
            cells = rows.cells(column, affected)
            if cells.may_tell(around.settings):
                found += value_conditions(column, cells, around)
            found += parent_conditions(column, cells, around)
    if not symptoms.field and (run := run_condition(symptoms.numbers, around.settings, everywhere)):
        found.append(run)
    return name_vanished(found, around)


def _cause(condition: Condition, group: Symptoms, around: Background) -> Cause:
    total = len(group)
    others = max(1, around.table.row_count - total)
    return Cause(
        around.table.name,
        group.fate,
        group.field,
        condition.code,
        condition.column,
        condition.values,
        len(condition.places),
        total,
        len(condition.places) / total,
        condition.outside / others,
        condition.parent,
    )
