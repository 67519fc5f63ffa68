"""Where the records of a source table are to be found: a target table, its own rows of one, or several together."""

from dataclasses import replace

from implement.engine.backend import Backend
from implement.engine.intake import SourceTable
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.relations.look_ups import read_look_ups
from implement.engine.mapping.tables.together import Tables, hold_together
from implement.engine.reconcile.tables.parts import share_rows


def find_counterparts(
    mapping: TransferMapping, sources: Tables, targets: Tables, backend: Backend
) -> dict[str, SourceTable]:
    """For each source table that shares its counterpart, has several, or one that names rows, where its records are."""
    sources = read_look_ups(mapping, sources)
    found: dict[str, SourceTable] = {}
    for table in mapping.tables:
        united = mapping.united_with(table)
        if table.target is not None and (table.also or table.looked_up):
            there = hold_together(table, targets)
            found[table.source] = replace(there, relation=backend.keep_staged(there.relation))
        elif len(united) > 1 and table.source not in found:
            found |= share_rows(united, mapping, sources, targets[table.target or ""], backend)
    return found
