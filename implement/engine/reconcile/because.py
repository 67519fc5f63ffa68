"""Ask for the causes of a table's findings and write them beside each."""

from collections.abc import Mapping

from implement.engine.backend import Backend
from implement.engine.causes import DEFAULT_CAUSE_SETTINGS, Background, Cause, explain
from implement.engine.reconcile.outcome import TableOutcome


def add_causes(outcome: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> list[Cause]:
    """Explain the findings of one table; each explained finding carries its cause's sentence."""
    findings = outcome.findings
    causes = []
    for cause, places in explain(list(findings), _background(outcome, outcomes, backend)):
        causes.append(cause)
        sentence = cause.sentence
        for place in places:
            findings[place] = findings[place]._replace(cause=sentence)
    return causes


def _background(outcome: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> Background:
    parents, gone = {}, {}
    for reference in outcome.mapping.references:
        if parent := outcomes.get(reference.parent):
            parents[reference.column] = (parent.source.table, reference.parent_column)
            gone[reference.column] = frozenset(parent.gone)
    return Background(outcome.source.table, parents, gone, backend, DEFAULT_CAUSE_SETTINGS)
