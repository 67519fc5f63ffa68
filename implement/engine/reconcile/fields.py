"""Findings on the fields of linked records."""

from collections.abc import Mapping, Sequence

from implement.engine.backend import Backend
from implement.engine.mapping.plan import Reference
from implement.engine.reconcile.cells import EQUAL, name_swaps
from implement.engine.reconcile.classes import (
    FIELDS_SWAPPED,
    MOJIBAKE,
    NUMBER_FORMAT,
    REFORMATTED,
    TORN_RELATION,
    TRUNCATED,
    VALUE_CHANGED,
    VALUE_FILLED,
    VALUE_LOST,
    WRONG_RELATION,
)
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.references import Outcomes, is_direct, known_names

_DAMAGED = frozenset({MOJIBAKE, NUMBER_FORMAT, REFORMATTED, TRUNCATED, FIELDS_SWAPPED})
Differences = dict[int, list[tuple[str, str]]]
"""Source place → fields that differ, each with its class."""


def name_fields(outcome: TableOutcome, outcomes: Outcomes, backend: Backend) -> None:
    """Add the findings on fields of linked rows."""
    differences = _compare_linked(outcome)
    for reference in outcome.mapping.references:
        if outcome.mapping.column(reference.column) in outcome.mapping.compared:
            _name_references(outcome, reference, differences, outcomes, backend)
    fates = outcome.fates
    for one, found in sorted(differences.items()):
        other = fates.linked[one]
        for name, fate in found:
            if fate != EQUAL:
                outcome.findings.append(
                    Finding(
                        outcome.mapping.source,
                        fates.source.ids[one],
                        fates.target.ids[other],
                        fate,
                        name,
                        fates.source.raw[name][one] or "",
                        fates.target.raw[name][other] or "",
                        "",
                        fates.source.numbers[one],
                        fates.target.numbers[other],
                    )
                )


def _compare_linked(outcome: TableOutcome) -> Differences:
    fates, source, target = outcome.fates, outcome.fates.source, outcome.fates.target
    keys = frozenset(outcome.source.key_columns)
    differences: Differences = {}
    for one, other in fates.linked.items():
        found = []
        for name, reader in outcome.source.readers.items():
            if name in outcome.target.translated:
                fate = _compare_translated(source.read[name][one], target.read[name][other])
            else:
                fate = reader.compare(source.raw[name][one], target.raw[name][other])
            if fate != EQUAL and not (name in keys and fate not in (NUMBER_FORMAT, MOJIBAKE, TRUNCATED)):
                found.append((name, fate))
        if found:
            differences[one] = name_swaps(found, source.cells(one), target.cells(other)) if len(found) > 1 else found
    return differences


def _compare_translated(one: str, other: str) -> str:
    if one == other:
        return EQUAL
    return VALUE_FILLED if not one else VALUE_LOST if not other else VALUE_CHANGED


def _name_references(
    outcome: TableOutcome, reference: Reference, differences: Differences, outcomes: Outcomes, backend: Backend
) -> None:
    """Turn differences in a reference into torn and wrong relations."""
    name, fates = reference.column, outcome.fates
    changed = [
        (one, place)
        for one, found in differences.items()
        for place, (field, fate) in enumerate(found)
        if field == name and fate not in _DAMAGED and fate != VALUE_FILLED
    ]
    if not changed:
        return
    raw = fates.target.raw[name]
    existing = _existing(reference, [raw[fates.linked[one]] or "" for one, _ in changed], outcome, outcomes, backend)
    gone = outcomes[reference.parent].gone if reference.parent in outcomes else {}
    for one, place in changed:
        other = fates.linked[one]
        fate = _relation_fate(
            fates.source.raw[name][one] or "", raw[other] or "", fates.target.read[name][other], existing, gone
        )
        differences[one][place] = (name, fate)


def _relation_fate(written: str, found: str, read: str, existing: set[str], gone: Mapping[str, str]) -> str:
    if not found:
        return TORN_RELATION
    if gone.get(written) == read != "":
        return EQUAL
    return WRONG_RELATION if found in existing else TORN_RELATION


def _existing(
    reference: Reference, names: Sequence[str], outcome: TableOutcome, outcomes: Outcomes, backend: Backend
) -> set[str]:
    """Which of the names the target uses do name a parent there."""
    parent = outcomes.get(reference.parent)
    if parent is None and reference.parent == outcome.mapping.source:
        parent = outcome
    if parent is None or reference.target_parent_column is None:
        return set(names)
    assert is_direct(reference, parent.mapping) or reference.target_parent_column
    return known_names(names, parent.target.table.relation, reference.target_parent_column, backend)
