"""Ask for the causes of a table's findings and write them beside each."""

from collections.abc import Mapping
from dataclasses import replace

from implement.engine.backend import Backend
from implement.engine.causes import Cause, Surroundings, Symptom, explain
from implement.engine.reconcile.outcome import TableOutcome


def add_causes(outcome: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> list[Cause]:
    """Explain the findings of one table; each explained finding carries its cause's sentence."""
    findings = outcome.findings
    symptoms = [Symptom(f.fate, f.field, f.source_value, f.target_value, f.source_row) for f in findings]
    causes = []
    for cause, places in explain(symptoms, _surroundings(outcome, outcomes), backend):
        causes.append(cause)
        for place in places:
            findings[place] = replace(findings[place], cause=cause.sentence)
    return causes


def _surroundings(outcome: TableOutcome, outcomes: Mapping[str, TableOutcome]) -> Surroundings:
    parents, gone = {}, {}
    for reference in outcome.mapping.references:
        if parent := outcomes.get(reference.parent):
            parents[reference.column] = (reference.parent, parent.source.table.relation, reference.parent_column)
            gone[reference.column] = frozenset(parent.gone)
    return Surroundings(outcome.source.table, parents, gone)
