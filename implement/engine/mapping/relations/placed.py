"""Where the references of a table stand in its counterpart, by whose ids, and how those are compared."""

from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.composite import SIGN, is_composite
from implement.engine.mapping.looking.profile import Cells
from implement.engine.mapping.plan import LOOSE, TEXT, Reference
from implement.engine.mapping.relations.composite_pairs import FIRM_PLACE
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.relations.translation import Placed, best_places, is_written_otherwise, place_reference
from implement.engine.mapping.settings import MappingSettings

LEAST_PLACE = 0.45
"""How sure a reference's place must be to be taken before other columns choose."""


def place_references(
    pair: TablePair, references: Sequence[Reference], pairs: Map[str, TablePair], settings: MappingSettings
) -> dict[str, Placed]:
    """For each column that names records of matched parents the column of the target that names the same ones."""
    keyed = {column for side in pair.key.pairs for column in side}
    known = [one for one in references if one.parent in pairs and one.column not in keyed]
    candidates = {}
    for name in dict.fromkeys(one.column for one in known):
        asked = [(one, pairs[one.parent].parent) for one in known if one.column == name]
        placed = place_reference(asked, pair.source, pair.target, pair.key.alignment, settings)
        least = FIRM_PLACE if is_composite(name, pair.source.columns) else LEAST_PLACE
        candidates[name] = [one for one in placed if one.score >= least and one.column not in keyed]
    return best_places(candidates)


def is_direct(placed: Placed, column: str, references: Sequence[Reference], pairs: Map[str, TablePair]) -> bool:
    """Say whether the target names the parent, and each of several, by the source's key; several columns never."""
    parents = [one.parent for one in references if one.column == column and one.parent in pairs]
    is_one = SIGN not in column
    return is_one and all(pairs[parent].parent.target_key == placed.names_by(parent) for parent in parents)


def compare_foreign(
    cells: Cells, placed: Placed, column: str, references: Sequence[Reference], pairs: Map[str, TablePair]
) -> str:
    """How the target's own ids are compared: loosely, where they are not written as those of the records they name."""
    parents = [pairs[one.parent].target for one in references if one.column == column and one.parent in pairs]
    named = [placed.names_by(one.parent) for one in references if one.column == column and one.parent in pairs]
    keys = [parent.rows[name] for parent, name in zip(parents, named, strict=True) if name]
    return LOOSE if is_written_otherwise(cells, keys) else TEXT


def finish_references(
    references: Sequence[Reference], places: Map[str, Placed], chosen: Map[str, str], pairs: Map[str, TablePair]
) -> tuple[Reference, ...]:
    """The references, each with the parent's column by which the target names its records."""
    finished = []
    for reference in sorted(references, key=lambda reference: reference.column):
        placed = places.get(reference.column)
        if placed and (named := placed.names_by(reference.parent)):
            reference = replace(reference, target_parent_column=named)
        elif reference.parent in pairs and reference.column in chosen:
            reference = replace(reference, target_parent_column=pairs[reference.parent].parent.target_key)
        finished.append(reference)
    return tuple(finished)


def known_ids(references: Sequence[Reference], pairs: Map[str, TablePair]) -> dict[str, set[str]]:
    """For each reference the ids its parents have in the source: one of them becoming another is no mapping."""
    known: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        if reference.parent in pairs:
            known[reference.column].update(filter(None, pairs[reference.parent].source.rows[reference.parent_column]))
    return dict(known)
