"""Propose the whole mapping from two sets of tables."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, replace

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake
from implement.engine.mapping.alignment import Alignment
from implement.engine.mapping.columns import Evidence, choose_columns, describe_column, weigh_columns
from implement.engine.mapping.keys import KeyFound, find_key, id_likeness, own_id
from implement.engine.mapping.overlap import contained
from implement.engine.mapping.plan import ColumnMapping, Mapping, Reference, TableMapping
from implement.engine.mapping.profile import TableProfile, profile_table
from implement.engine.mapping.relations import find_references, referenced_columns
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS, MappingSettings
from implement.engine.mapping.tables import match_tables


@dataclass(frozen=True)
class _Side:
    profiles: dict[str, TableProfile]
    ids: dict[str, tuple[str, ...]]


def propose_mapping(
    source: Intake,
    target: Intake,
    backend: Backend,
    *,
    settings: MappingSettings = DEFAULT_MAPPING_SETTINGS,
    progress: Progress = no_progress,
) -> Mapping:
    """Propose tables, keys, columns, writings, value maps and references from names and values."""
    total = len(source.tables) + len(target.tables)
    sides: list[_Side] = []
    for intake in (source, target):
        profiles: dict[str, TableProfile] = {}
        for table in intake.tables:
            progress("profile", len(profiles) + (len(source.tables) if sides else 0), total)
            profiles[table.name] = profile_table(table, backend, settings)
        sides.append(_Side(profiles, _own_ids(list(profiles.values()), settings)))
    return _propose(sides[0], sides[1], backend, settings, progress)


def _own_ids(profiles: Sequence[TableProfile], settings: MappingSettings) -> dict[str, tuple[str, ...]]:
    referenced = referenced_columns(profiles, settings)
    return {p.table.name: own_id(p, referenced[p.table.name], settings) for p in profiles}


def _propose(source: _Side, target: _Side, backend: Backend, settings: MappingSettings, progress: Progress) -> Mapping:
    pairs, sure = match_tables(list(source.profiles.values()), list(target.profiles.values()), settings)
    tables: list[TableMapping] = []
    for name, profile in sorted(source.profiles.items()):
        progress("match", len(tables), len(source.profiles))
        if name not in pairs:
            tables.append(TableMapping(name, None, source_id=source.ids[name], sure=0.0, note="no counterpart found"))
            continue
        table = _match_table(profile, target.profiles[pairs[name]], source, target, backend, settings)
        tables.append(replace(table, sure=sure[name]))
    tables = [_with_references(table, tables, source, target, settings) for table in tables]
    taken = set(pairs.values())
    return Mapping(tuple(tables), tuple(sorted(name for name in target.profiles if name not in taken)))


def _match_table(
    profile: TableProfile,
    other: TableProfile,
    source: _Side,
    target: _Side,
    backend: Backend,
    settings: MappingSettings,
) -> TableMapping:
    source_id = source.ids[profile.table.name]
    key = find_key(profile, other, source_id, backend, settings)
    evidence = weigh_columns(profile, other, key.alignment)
    chosen = choose_columns(evidence, dict(key.pairs), settings)
    columns = tuple(_column(name, chosen, profile, other, evidence, key.alignment, settings) for name in sorted(chosen))
    missing = tuple(
        ColumnMapping(name, None, sure=0.0, note="no counterpart found")
        for name in sorted(profile.columns)
        if name not in chosen
    )
    taken = set(chosen.values())
    return TableMapping(
        profile.table.name,
        other.table.name,
        key=key.pairs,
        source_id=source_id or tuple(one for one, _ in key.pairs),
        target_id=_target_id(other, target, key),
        columns=columns + missing,
        only_in_target=tuple(sorted(name for name in other.columns if name not in taken)),
        note=_key_note(key),
    )


def _column(
    name: str,
    chosen: Map[str, str],
    profile: TableProfile,
    other: TableProfile,
    evidence: Map[tuple[str, str], Evidence],
    matched: Alignment | None,
    settings: MappingSettings,
) -> ColumnMapping:
    one, two = profile.columns[name], other.columns[chosen[name]]
    return describe_column(one, two, evidence[one.name, two.name], matched, settings)


def _target_id(other: TableProfile, target: _Side, key: KeyFound) -> tuple[str, ...]:
    """The target's own id; the joined column only where the target has no id of its own."""
    joined = tuple(column for _, column in key.pairs)
    own = target.ids[other.table.name]
    if len(joined) != 1:
        return joined or own
    ranked = sorted(
        (-id_likeness(column, other), column.name)
        for column in other.columns.values()
        if column.unique >= 0.98 and column.filled >= 0.98 and column.name != joined[0]
    )
    if ranked and -ranked[0][0] >= 0.7:
        return (ranked[0][1],)
    return joined


def _key_note(key: KeyFound) -> str:
    if not key.pairs:
        return "no key joins the sides: records are matched by content"
    return f"key found in {key.overlap:.0%} of values, other columns agree {key.support:.0%}"


def _with_references(
    table: TableMapping, tables: Sequence[TableMapping], source: _Side, target: _Side, settings: MappingSettings
) -> TableMapping:
    """Add the source's references, each with the target parent column the target's cells name."""
    profile = source.profiles[table.source]
    parents = {other.source: other for other in tables}
    ids = {name: parents[name].source_id for name in parents}
    found = find_references(profile, list(source.profiles.values()), ids, settings)
    placed = [_place(reference, table, parents, source, target) for reference in found]
    return replace(table, references=tuple(sorted(placed, key=lambda reference: reference.column)))


def _place(
    reference: Reference, table: TableMapping, parents: Map[str, TableMapping], source: _Side, target: _Side
) -> Reference:
    """Find the column of the target's parent table that the target's cells name records by."""
    column, parent = table.column(reference.column), parents[reference.parent]
    if table.target is None or parent.target is None or column is None or column.target is None:
        return reference
    cells = target.profiles[table.target].columns[column.target]
    keys = target.profiles[parent.target].columns
    counterpart = parent.column(reference.parent_column)
    direct = counterpart.target if counterpart is not None else None
    ranked = sorted(
        (-round(contained(cells, key), 2), key.name != direct, key.name not in parent.target_id, key.name)
        for key in keys.values()
        if key.unique >= 0.9 and key.kind == cells.kind
    )
    if not ranked or -ranked[0][0] < 0.3:
        return replace(reference, target_parent_column=direct)
    return replace(reference, target_parent_column=ranked[0][3])
