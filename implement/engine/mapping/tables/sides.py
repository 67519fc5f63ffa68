"""One side of a transfer before the other is looked at: its tables, their own ids, and which name records of which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from implement.engine.backend import Backend
from implement.engine.mapping.composite import is_composite
from implement.engine.mapping.keys.own_ids import own_id
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.composites import add_composites, find_composites
from implement.engine.mapping.relations.listed import listing_columns
from implement.engine.mapping.relations.references import referenced_columns
from implement.engine.mapping.relations.several_parents import find_all_references
from implement.engine.mapping.settings import MappingSettings

Composites = Mapping[str, tuple[Reference, ...]]


@dataclass(frozen=True)
class Side:
    """The tables of one side, what each calls its own records, and where it names records of others."""

    profiles: dict[str, TableProfile]
    ids: dict[str, tuple[str, ...]]
    references: dict[str, tuple[Reference, ...]]
    """The references of each table to others of this side."""
    listing: dict[str, frozenset[str]]
    """The columns of each table that list records, several in a cell."""
    composites: Composites
    """The references of each table whose records two columns name together."""

    @property
    def foreign(self) -> dict[str, frozenset[str]]:
        """The columns of each table that name records of other tables."""
        return {name: frozenset(one.column for one in found) for name, found in self.references.items()}

    @property
    def parents(self) -> dict[str, frozenset[str]]:
        """The tables that each table's references name."""
        return {name: frozenset(one.parent for one in found) for name, found in self.references.items()}

    def find_references(
        self, child: TableProfile, ids: Mapping[str, tuple[str, ...]], settings: MappingSettings
    ) -> list[Reference]:
        """The references of a table where its parents' records are called so, and those by columns put together."""
        return _find(child, list(self.profiles.values()), ids, self.composites, settings)


def look_at_side(profiles: dict[str, TableProfile], backend: Backend, settings: MappingSettings) -> Side:
    """Find the own ids of a side's tables and their references to each other, be it by columns put together."""
    listing = listing_columns(list(profiles.values()), settings)
    side = _look(profiles, listing, {}, backend, settings)
    composites = find_composites(profiles, side.references, backend)
    if not composites:
        return side
    return _look(add_composites(profiles, composites, backend, settings), listing, composites, backend, settings)


def _look(
    profiles: dict[str, TableProfile],
    listing: dict[str, frozenset[str]],
    composites: Composites,
    backend: Backend,
    settings: MappingSettings,
) -> Side:
    tables = list(profiles.values())
    referenced = referenced_columns(tables, settings)
    ids = {name: own_id(table, referenced[name], backend, listing[name]) for name, table in profiles.items()}
    found = {name: _find(table, tables, ids, composites, settings) for name, table in profiles.items()}
    others = {name: tuple(one for one in found[name] if one.parent != name) for name in found}
    return Side(profiles, ids, others, listing, composites)


def _find(
    child: TableProfile,
    tables: Sequence[TableProfile],
    ids: Mapping[str, tuple[str, ...]],
    composites: Composites,
    settings: MappingSettings,
) -> list[Reference]:
    found = find_all_references(child, tables, ids, settings)
    single = [one for one in found if not is_composite(one.column, child.columns)]
    return [*single, *composites.get(child.table.name, ())]
