"""Look through all tables of one side before they are transferred."""

from collections.abc import Collection, Mapping, Sequence

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.health import finding as kinds
from implement.engine.health.cells import read_cells
from implement.engine.health.columns import check_column
from implement.engine.health.duplicates import (
    find_alike_records,
    find_composite_twice,
    find_same_contacts,
    find_twice,
)
from implement.engine.health.finding import HealthFinding, HealthReport
from implement.engine.health.relations import check_relation
from implement.engine.health.settings import DEFAULT_HEALTH_SETTINGS, HealthSettings
from implement.engine.health.where import tell_where
from implement.engine.intake import Intake
from implement.engine.mapping import Reference
from implement.engine.mapping.keys.own_ids import id_likeness, own_id
from implement.engine.mapping.looking.table_profile import TableProfile, profile_table
from implement.engine.mapping.relations.listed import listing_columns
from implement.engine.mapping.relations.references import find_references, referenced_columns
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS, MappingSettings

Ids = Mapping[str, tuple[str, ...]]


def check_health(
    side: Intake,
    backend: Backend,
    *,
    settings: HealthSettings = DEFAULT_HEALTH_SETTINGS,
    mapping_settings: MappingSettings = DEFAULT_MAPPING_SETTINGS,
    progress: Progress = no_progress,
) -> HealthReport:
    """Everything that is wrong with the tables in themselves and with their relations."""
    backend = backend.embedded
    rows = sum(table.row_count for table in side.tables)
    profiles: list[TableProfile] = []
    for table in side.tables:
        progress("profile", len(profiles), len(side.tables))
        profiles.append(profile_table(table, backend, mapping_settings))
    referenced = referenced_columns(profiles, mapping_settings)
    listing = listing_columns(profiles, mapping_settings)
    ids = {name: own_id(one, referenced[name], backend, listing[name]) for one in profiles for name in [one.table.name]}
    found: list[HealthFinding] = []
    done = 0
    for profile in profiles:
        progress(profile.table.name, done, rows)
        found += check_table(profile, ids, listing[profile.table.name], backend, settings)
        found += _check_relations(profile, profiles, ids, backend, settings, mapping_settings)
        done += profile.row_count
    order = {kind: place for place, kind in enumerate(kinds.KINDS)}
    found.sort(key=lambda one: (order[one.kind], -one.count, one.table, one.column))
    return HealthReport(tuple(found), len(side.tables), rows)


def check_table(
    profile: TableProfile, ids: Ids, listing: Collection[str], backend: Backend, settings: HealthSettings
) -> list[HealthFinding]:
    """What a table says about itself; what is `listing` records of others names none of its own."""
    columns = [read_cells(profile.table, column, backend) for column in profile.table.columns]
    found = [one for cells in columns for one in check_column(cells, settings)]
    found = [tell_where(one, columns, settings) if one.kind == kinds.EMPTY else one for one in found]
    own = ids[profile.table.name] or _probable_id(profile, listing, settings)
    contents = [cells for cells in columns if cells.column not in own]
    for cells in columns:
        if (cells.column,) == tuple(own):
            found += find_twice(cells, settings)
        else:
            found += find_same_contacts(cells, settings)
    if not own:
        found += find_composite_twice(columns, settings)
    return found + find_alike_records(contents, settings)


def _probable_id(profile: TableProfile, listing: Collection[str], settings: HealthSettings) -> Sequence[str]:
    """The column that was meant to name the records where none does so without doubt; empty when none was."""
    ranked = sorted(
        (-id_likeness(column, profile), name)
        for name, column in profile.columns.items()
        if name not in listing and column.unique >= settings.contact_unique and column.filled >= settings.required_share
    )
    return (ranked[0][1],) if ranked and -ranked[0][0] >= settings.id_likeness else ()


def _names_enough(child: TableProfile, parent: TableProfile, reference: Reference, settings: HealthSettings) -> bool:
    """Whether a table's own id is another's too, and not only alike by the way both count."""
    held, named = child.columns[reference.column].sketch, parent.columns[reference.parent_column].sketch
    return len(held & named) >= settings.own_id_share * len(held)


def _holds_all(child: TableProfile, parent: TableProfile, reference: Reference) -> bool:
    """Whether the relation runs the other way: the child's own id has all the parent names, and more."""
    held, named = child.columns[reference.column].sketch, parent.columns[reference.parent_column].sketch
    return named < held


def _check_relations(
    child: TableProfile,
    profiles: Sequence[TableProfile],
    ids: Ids,
    backend: Backend,
    settings: HealthSettings,
    mapping_settings: MappingSettings,
) -> list[HealthFinding]:
    parents = {one.table.name: one for one in profiles}
    found: list[HealthFinding] = []
    for reference in find_references(child, profiles, ids, mapping_settings):
        ends = child, parents[reference.parent]
        if ids[child.table.name] != (reference.column,) or _names_enough(*ends, reference, settings):
            found += check_relation(reference, *ends, backend, settings)
        elif _holds_all(*ends, reference):
            turned = Reference(reference.parent_column, child.table.name, reference.column)
            found += check_relation(turned, ends[1], ends[0], backend, settings)
    return found
