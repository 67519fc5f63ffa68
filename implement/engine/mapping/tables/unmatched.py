"""Columns without a counterpart, and why that is no loss: held together with others, or ids that are issued anew."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from implement.engine.mapping.composite import name_composite
from implement.engine.mapping.keys.own_ids import id_likeness
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import ColumnMapping, Joined
from implement.engine.mapping.relations.composite_pairs import list_parts
from implement.engine.mapping.relations.table_pair import TablePair

OWN_ID = 0.17
"""From this likeness on a column is a technical id and carries no content of its own."""
RENUMBERED = "the target numbers its records anew"


def technical_id(table: TableProfile, names: tuple[str, ...]) -> set[str]:
    """The id that is a single column and has no content of its own."""
    held = [name for name in names if len(names) == 1 and name in table.columns]
    return {name for name in held if id_likeness(table.columns[name], table) >= OWN_ID}


def list_only_in_target(pair: TablePair, held: set[str]) -> tuple[str, ...]:
    """The columns of the target that nothing is compared with, be it as a part of others."""
    return tuple(sorted(pair.target.columns.keys() - held - list_parts(held, pair.target)))


def describe_unmatched(name: str, pair: TablePair, joined: Sequence[Joined], fixed: Mapping[str, str]) -> ColumnMapping:
    """A column without counterpart; ids that the target issues anew are no loss."""
    column = ColumnMapping(name, None, sure=0.0, note="no counterpart found")
    for one in joined:
        if name in one.source:
            return replace(column, note=f"held together: {' + '.join(one.source)} = {' + '.join(one.target)}")
    for whole, there in fixed.items():
        if name in list_parts([whole], pair.source):
            return replace(column, note=f"held together: {whole} = {there}")
    is_named_together = name_composite(pair.source_id) in pair.source.table.columns and len(pair.source_id) > 1
    if name in pair.source_id and (is_named_together or id_likeness(pair.source.columns[name], pair.source) >= OWN_ID):
        return replace(column, left_behind=RENUMBERED)
    return column
