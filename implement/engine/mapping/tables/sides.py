"""One side of a transfer before the other is looked at: its tables, their own ids, and which name records of which."""

from dataclasses import dataclass

from implement.engine.backend import Backend
from implement.engine.mapping.keys.own_ids import own_id
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.listed import listing_columns
from implement.engine.mapping.relations.references import referenced_columns
from implement.engine.mapping.relations.several_parents import find_all_references
from implement.engine.mapping.settings import MappingSettings


@dataclass(frozen=True)
class Side:
    """The tables of one side, what each calls its own records, and where it names records of others."""

    profiles: dict[str, TableProfile]
    ids: dict[str, tuple[str, ...]]
    references: dict[str, tuple[Reference, ...]]
    """The references of each table to others of this side."""
    listing: dict[str, frozenset[str]]
    """The columns of each table that list records, several in a cell."""

    @property
    def foreign(self) -> dict[str, frozenset[str]]:
        """The columns of each table that name records of other tables."""
        return {name: frozenset(one.column for one in found) for name, found in self.references.items()}

    @property
    def parents(self) -> dict[str, frozenset[str]]:
        """The tables that each table's references name."""
        return {name: frozenset(one.parent for one in found) for name, found in self.references.items()}


def look_at_side(profiles: dict[str, TableProfile], backend: Backend, settings: MappingSettings) -> Side:
    """Find the own ids of a side's tables and their references to each other."""
    tables = list(profiles.values())
    referenced = referenced_columns(tables, settings)
    listing = listing_columns(tables, settings)
    ids = {name: own_id(table, referenced[name], backend, listing[name]) for name, table in profiles.items()}
    found = {name: find_all_references(table, tables, ids, settings) for name, table in profiles.items()}
    others = {name: tuple(one for one in found[name] if one.parent != name) for name in found}
    return Side(profiles, ids, others, listing)
