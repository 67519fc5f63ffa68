"""Differences in columns that name records of a parent: torn and wrong relations."""

import itertools
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from implement.engine.backend import Backend
from implement.engine.coded import Flags, Numbers, number_alike
from implement.engine.mapping.plan import LOOSE, Reference
from implement.engine.mapping.writings.id_lists import read_ids
from implement.engine.mapping.writings.writing import is_blank_word
from implement.engine.reconcile.arrived.parents import UNRESOLVED
from implement.engine.reconcile.cells.differences import Differences
from implement.engine.reconcile.cells.differing import are_fates
from implement.engine.reconcile.cells.one_cell import EQUAL, CellReader
from implement.engine.reconcile.cells.pairs import CODES, first_fates
from implement.engine.reconcile.classes import (
    FIELDS_SWAPPED,
    MOJIBAKE,
    NUMBER_FORMAT,
    REFORMATTED,
    TORN_RELATION,
    TRUNCATED,
    VALUE_FILLED,
    WRONG_RELATION,
)
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.relations.references import Outcomes, find_namesakes, is_direct, known_names

DAMAGED = (MOJIBAKE, NUMBER_FORMAT, REFORMATTED, TRUNCATED, FIELDS_SWAPPED)


def name_references(
    outcome: TableOutcome,
    references: Sequence[Reference],
    differences: Sequence[Differences],
    outcomes: Outcomes,
    backend: Backend,
) -> None:
    """Turn differences in a column that names records of a parent, or of one of several, into torn and wrong ones."""
    kept = [np.flatnonzero(~are_fates(one.fates, (*DAMAGED, VALUE_FILLED))) for one in differences]
    named = {name for one, places in zip(differences, kept, strict=True) for name in one.found.take(places).used()}
    if not named:
        return
    known = [one for one in references if _is_known(one, outcome, outcomes)] or references
    existing = set().union(*(existing_names(one, named, outcome, outcomes, backend) for one in known))
    gone = dict(pair for one in known if one.parent in outcomes for pair in outcomes[one.parent].gone.items())
    reader = outcome.source.readers[references[0].column]
    parents = [(one, outcomes[one.parent]) for one in known if one.parent in outcomes]
    column = outcome.mapping.column(references[0].column)
    is_alone = len(parents) == 1 and column is not None and column.kind != LOOSE
    called = set().union(*(find_namesakes(one, named, parent, backend) for one, parent in parents if is_alone))
    for one, places in zip(differences, kept, strict=True):
        one.fates[places] = _relation_fates(one.keep(places), reader, existing, gone, called)


def _is_known(reference: Reference, outcome: TableOutcome, outcomes: Outcomes) -> bool:
    return reference.target_parent_column is not None and reference.parent in {*outcomes, outcome.mapping.source}


def _relation_fates(
    changed: Differences,
    reader: CellReader,
    existing: set[str],
    gone: Mapping[str, str],
    namesakes: Collection[tuple[str, str]],
) -> Numbers:
    """Torn, or wrong where what was found names another parent; equal where it is what the parent is now called.

    What names several parents of one name names the right one too.
    """
    renamed = changed.written.used_alone().read(lambda cells: [gone.get(cell, "") for cell in cells])
    called, read, _ = number_alike(renamed, changed.read_found(reader))
    return first_fates(
        (changed.found.are({""}), TORN_RELATION),
        ((called == read) & (read > 0), EQUAL),
        (_are_among(namesakes, changed), EQUAL),
        (changed.found.are(existing), WRONG_RELATION),
        (np.ones(len(changed), dtype=bool), TORN_RELATION),
    )


def _are_among(namesakes: Collection[tuple[str, str]], changed: Differences) -> Flags:
    pairs = zip(changed.written, changed.found, strict=True) if namesakes else itertools.repeat(("", ""), len(changed))
    return np.array([pair in namesakes for pair in pairs], dtype=bool)


def existing_names(
    reference: Reference, names: Collection[str], outcome: TableOutcome, outcomes: Outcomes, backend: Backend
) -> set[str]:
    """Which of the names the target uses do name a parent there."""
    parent = outcomes.get(reference.parent)
    if parent is None and reference.parent == outcome.mapping.source:
        parent = outcome
    if parent is None or reference.target_parent_column is None:
        return set(names)
    assert is_direct(reference, parent.mapping) or reference.target_parent_column
    column = outcome.mapping.column(reference.column)
    relation, is_loose = parent.target.table.relation, column is not None and column.kind == LOOSE
    return known_names(names, relation, reference.target_parent_column, backend, is_loose=is_loose)


def name_lists(outcome: TableOutcome, differences: Sequence[Differences], outcomes: Outcomes, backend: Backend) -> None:
    """Turn differences in lists of records into torn and wrong relations; another order is none."""
    for reference in outcome.mapping.listed:
        for one in (each for each in differences if each.field == reference.column):
            places = np.flatnonzero(~are_fates(one.fates, (FIELDS_SWAPPED, VALUE_FILLED)))
            one.fates[places] = _list_fates(one.keep(places), reference, outcome, outcomes, backend)


def _list_fates(
    changed: Differences, reference: Reference, outcome: TableOutcome, outcomes: Outcomes, backend: Backend
) -> list[int]:
    """Wrong where a list names another parent that is there; torn where it lacks one, or names one that is not."""
    parent = outcomes.get(reference.parent)
    gone = parent.gone if parent is not None else {}
    lists = [
        (_called_now(written, gone), _called_now(found, gone))
        for written, found in zip(changed.written, changed.found, strict=True)
    ]
    further = {name for written, found in lists for name in found - written}
    if parent is None or is_direct(reference, parent.mapping):
        existing = existing_names(reference, further, outcome, outcomes, backend)
    else:
        unknown = {name.removeprefix(UNRESOLVED) for name in further if name.startswith(UNRESOLVED)}
        known = existing_names(reference, unknown, outcome, outcomes, backend)
        existing = {name for name in further if not name.startswith(UNRESOLVED)} | {UNRESOLVED + name for name in known}
    fates = [
        EQUAL if found == written else WRONG_RELATION if (found - written) & existing else TORN_RELATION
        for written, found in lists
    ]
    return [CODES[fate] for fate in fates]


def _called_now(cell: str, gone: Mapping[str, str]) -> frozenset[str]:
    """The records that a list names, by the ids they go by now."""
    return frozenset(gone.get(name) or name for name in read_ids(cell) if not is_blank_word(name))
