"""Propose the whole mapping from two sets of tables."""

from dataclasses import replace
from functools import partial

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake
from implement.engine.mapping.keys.cased import tell_apart_by_case
from implement.engine.mapping.keys.found import find_key
from implement.engine.mapping.keys.own_ids import target_id
from implement.engine.mapping.looking.table_profile import TableProfile, profile_table
from implement.engine.mapping.one_table import match_table
from implement.engine.mapping.plan import Mapping, TableMapping
from implement.engine.mapping.relations.composite_pairs import but_idle, split
from implement.engine.mapping.relations.listed import find_listed
from implement.engine.mapping.relations.look_ups import find_look_ups, profile_ids_alone, with_look_ups
from implement.engine.mapping.relations.proved import find_proved
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.relations.turned_names import with_turned_names
from implement.engine.mapping.relations.values_of_children import with_values_of_children
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS, MappingSettings
from implement.engine.mapping.tables.linked import SURE_BY_PARENTS, link_left
from implement.engine.mapping.tables.matched import match_by_parents, match_tables
from implement.engine.mapping.tables.moved import match_with_moved
from implement.engine.mapping.tables.sides import Side, look_at_side
from implement.engine.mapping.tables.united import settle_united, unite


def propose_mapping(
    source: Intake,
    target: Intake,
    backend: Backend,
    *,
    settings: MappingSettings = DEFAULT_MAPPING_SETTINGS,
    progress: Progress = no_progress,
) -> Mapping:
    """Propose tables, keys, columns, writings, value maps and references from names and values."""
    backend = backend.embedded
    total = len(source.tables) + len(target.tables)
    sides: list[dict[str, TableProfile]] = []
    for intake in (source, target):
        profiles: dict[str, TableProfile] = {}
        for table in intake.tables:
            progress("profile", len(profiles) + (len(source.tables) if sides else 0), total)
            profiles[table.name] = profile_table(table, backend, settings)
        sides.append(profiles)
    look_ups = find_look_ups(sides[0], sides[1])
    ids = profile_ids_alone(sides[0], look_ups, backend, settings)
    told = tell_apart_by_case(ids, sides[1], backend, settings)
    one, other = (look_at_side(profiles, backend, settings) for profiles in told)
    mapping = _propose(one, other, backend, settings, progress)
    return with_look_ups(mapping, look_ups, sides[0], sides[1])


def _propose(source: Side, target: Side, backend: Backend, settings: MappingSettings, progress: Progress) -> Mapping:
    names, sure = match_tables(source, target, settings)
    own = unite(source.profiles, target.profiles, names, sure, backend, settings)
    for name, other in match_by_parents(source.parents, target.parents, names).items():
        names[name], sure[name] = other, SURE_BY_PARENTS
    pairs: dict[str, TablePair] = {}
    for name in sorted(names):
        progress("match", len(pairs), len(names))
        there = own.views.get(name, target.profiles[names[name]])
        pairs[name] = _pair_up(source.profiles[name], there, source, target, backend, settings)
    link_left(source, target, pairs, (names, sure), settings)
    ids = {name: pairs[name].source_id if name in pairs else source.ids[name] for name in source.profiles}
    tables = []
    for name, profile in sorted(source.profiles.items()):
        parents = list(source.profiles.values())
        listed = find_listed(profile, parents, ids, source.listing[name], settings)
        several = {one.column for one in listed}
        references = [one for one in source.find_references(profile, ids, settings) if one.column not in several]
        if name in pairs:
            known = several | {one.column for one in references}
            references += [one for one in pairs[name].proved if one.column not in known]
            references += find_proved(name, pairs, [*references, *listed], settings)
            match = partial(match_table, references=references, listed=listed, pairs=pairs, settings=settings)
            matched = match_with_moved(match, pairs[name], target, set(names.values()), backend)
            matched = with_turned_names(matched, pairs, settings)
            tables.append(replace(matched, sure=pairs[name].key.sure_at_least(sure[name])))
        else:
            none = TableMapping(name, None, source_id=split(ids[name], profile), sure=0.0, note="no counterpart found")
            references = but_idle(references, (), profile)
            tables.append(replace(none, references=tuple(sorted(references, key=lambda one: one.column))))
    others = {name: pair.target for name, pair in pairs.items()}
    tables = [with_values_of_children(table, tables, others.get(table.source)) for table in settle_united(tables, own)]
    taken = {*names.values(), *(one.target for table in tables for one in table.also)}
    taken |= {one.table for table in tables for one in table.looked_up}
    return Mapping(tuple(tables), tuple(sorted(name for name in target.profiles if name not in taken)))


def _pair_up(
    profile: TableProfile,
    other: TableProfile,
    source: Side,
    target: Side,
    backend: Backend,
    settings: MappingSettings,
) -> TablePair:
    source_id = source.ids[profile.table.name]
    key = find_key(profile, other, source_id, backend, settings, source.listing[profile.table.name])
    own = source_id or tuple(one for one, _ in key.pairs)
    joined = tuple(column for _, column in key.pairs)
    return TablePair(profile, other, own, target_id(other, target.ids[other.table.name], joined), key)
