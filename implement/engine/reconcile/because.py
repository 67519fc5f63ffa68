"""Ask for the causes of a table's findings and write them beside each."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.causes import DEFAULT_CAUSE_SETTINGS, Background, Cause, explain
from implement.engine.intake import SourceTable
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.findings import COLUMNS


def add_causes(outcome: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> list[Cause]:
    """Explain the findings of one table; each explained finding carries its cause's sentence."""
    found = explain(outcome.findings, _background(outcome, outcomes, backend))
    sentences = np.zeros(len(outcome.findings), dtype=np.int64)
    for number, (_, places) in enumerate(found, 1):
        sentences[places] = number
    said = pa.array(["", *(cause.sentence for cause, _ in found)])
    place = COLUMNS.index("cause")
    outcome.findings = outcome.findings.set_column(place, COLUMNS[place], said.take(pa.array(sentences)))
    return [cause for cause, _ in found]


def _background(outcome: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> Background:
    parents: dict[str, list[tuple[SourceTable, str]]] = defaultdict(list)
    gone = {}
    for reference in outcome.mapping.references:
        if parent := outcomes.get(reference.parent):
            parents[reference.column].append((parent.source.table, reference.parent_column))
            gone[reference.column, reference.parent] = frozenset(parent.gone)
    return Background(outcome.source.table, parents, gone, backend, DEFAULT_CAUSE_SETTINGS)
