"""Propose the whole mapping from two sets of tables."""

from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from implement.engine.backend import Backend
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake
from implement.engine.mapping.columns.chosen import choose_columns, describe_column
from implement.engine.mapping.columns.evidence import Evidence, weigh_columns
from implement.engine.mapping.columns.joined import join_columns
from implement.engine.mapping.keys.cased import tell_apart_by_case
from implement.engine.mapping.keys.found import KeyFound, behind_mark, by_parts, find_key, id_likeness
from implement.engine.mapping.looking.alignment import Alignment
from implement.engine.mapping.looking.profile import Cells
from implement.engine.mapping.looking.table_profile import TableProfile, profile_table
from implement.engine.mapping.names import is_generic
from implement.engine.mapping.plan import LOOSE, TEXT, ColumnMapping, Joined, Mapping, Reference, TableMapping
from implement.engine.mapping.relations.listed import find_listed
from implement.engine.mapping.relations.listed_places import describe_all_listed, place_all_listed
from implement.engine.mapping.relations.proved import find_proved
from implement.engine.mapping.relations.several_parents import find_all_references
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.relations.translation import Placed, best_places, is_written_otherwise, place_reference
from implement.engine.mapping.relations.turned_names import with_turned_names
from implement.engine.mapping.relations.values_of_children import with_values_of_children
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS, MappingSettings
from implement.engine.mapping.tables.linked import SURE_BY_PARENTS, link_left
from implement.engine.mapping.tables.matched import match_by_parents, match_tables
from implement.engine.mapping.tables.moved import match_with_moved
from implement.engine.mapping.tables.sides import Side, look_at_side
from implement.engine.mapping.tables.united import settle_united, unite

LEAST_PLACE = 0.45
"""How sure a reference's place must be to be taken before other columns choose."""
OWN_ID = 0.17
"""From this likeness on a column is a technical id and carries no content of its own."""
LEAST_SAME_ID = 0.2
"""Ids that agree less on matched rows are not the same ids."""


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
    told = tell_apart_by_case(sides[0], sides[1], backend, settings)
    one, other = (look_at_side(profiles, backend, settings) for profiles in told)
    return _propose(one, other, backend, settings, progress)


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
        references = [one for one in find_all_references(profile, parents, ids, settings) if one.column not in several]
        if name in pairs:
            known = several | {one.column for one in references}
            references += [one for one in pairs[name].proved if one.column not in known]
            references += find_proved(name, pairs, [*references, *listed], settings)
            match = partial(_match_table, references=references, listed=listed, pairs=pairs, settings=settings)
            matched = match_with_moved(match, pairs[name], target, set(names.values()), backend)
            matched = with_turned_names(matched, pairs, settings)
            tables.append(replace(matched, sure=pairs[name].key.sure_at_least(sure[name])))
        else:
            none = TableMapping(name, None, source_id=ids[name], sure=0.0, note="no counterpart found")
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
    return TablePair(profile, other, own, _target_id(other, target, key), key)


def _match_table(
    pair: TablePair,
    references: Sequence[Reference],
    listed: Sequence[Reference],
    pairs: Map[str, TablePair],
    settings: MappingSettings,
) -> TableMapping:
    places = _place_references(pair, references, pairs, settings)
    parents = {name: other.parent for name, other in pairs.items()}
    lists = place_all_listed(pair, listed, {one.column for one in places.values()}, parents, settings)
    evidence = weigh_columns(pair.source, pair.target, pair.key.alignment)
    fixed = {name: one.column for name, one in (lists | places).items()} | dict(pair.key.pairs)
    chosen = choose_columns(_without_new_numbers(evidence, pair), fixed, settings)
    foreign = {
        name: _compare_foreign(pair.target.rows[placed.column], placed, name, references, pairs)
        for name, placed in places.items()
        if not _is_direct(placed, name, references, pairs)
    }
    known = _known_ids(references, pairs)
    joined, chosen = join_columns(pair.source, pair.target, pair.key.alignment, chosen, evidence, fixed)
    columns = [
        _column(name, chosen, pair, evidence, pair.key.alignment, foreign, known, settings)
        for name in sorted(chosen.keys() - lists.keys())
    ]
    columns += describe_all_listed(pair, listed, lists, parents)
    for name in sorted(pair.source.columns):
        if name not in chosen:
            columns.append(_unmatched(name, pair, joined))
    sure = {name: one.score for name, one in places.items()}
    key = by_parts(behind_mark(pair.key, pair.source_id, columns, pair.target), pair.source_id, chosen, evidence, sure)
    held = {name for one in joined for name in one.target}
    return TableMapping(
        pair.source.table.name,
        pair.target.table.name,
        key=key.pairs,
        source_id=pair.source_id,
        target_id=pair.target_id,
        columns=tuple(columns),
        references=_finish(references, places, chosen, pairs),
        joined=joined,
        only_in_target=tuple(sorted(name for name in pair.target.columns if name not in held | set(chosen.values()))),
        note=key.note,
        listed=_finish([one for one in listed if one.column in lists], lists, chosen, pairs),
    )


def _without_new_numbers(evidence: Map[tuple[str, str], Evidence], pair: TablePair) -> dict[tuple[str, str], Evidence]:
    """The evidence but for ids that are the same in hardly any matched row, or anywhere: the target issues its own."""
    own, others = _technical_id(pair.source, pair.source_id), _technical_id(pair.target, pair.target_id)
    return {
        columns: one
        for columns, one in evidence.items()
        if not (columns[0] in own or columns[1] in others) or one.same >= LEAST_SAME_ID
    }


def _technical_id(table: TableProfile, names: tuple[str, ...]) -> set[str]:
    return {name for name in names if len(names) == 1 and id_likeness(table.columns[name], table) >= OWN_ID}


def _unmatched(name: str, pair: TablePair, joined: Sequence[Joined]) -> ColumnMapping:
    """A column without counterpart; ids that the target issues anew are no loss."""
    column = ColumnMapping(name, None, sure=0.0, note="no counterpart found")
    for one in joined:
        if name in one.source:
            return replace(column, note=f"held together: {' + '.join(one.source)} = {' + '.join(one.target)}")
    if name in pair.source_id and id_likeness(pair.source.columns[name], pair.source) >= OWN_ID:
        return replace(column, left_behind="the target numbers its records anew")
    return column


def _place_references(
    pair: TablePair, references: Sequence[Reference], pairs: Map[str, TablePair], settings: MappingSettings
) -> dict[str, Placed]:
    keyed = {column for side in pair.key.pairs for column in side}
    known = [one for one in references if one.parent in pairs and one.column not in keyed]
    candidates = {}
    for name in dict.fromkeys(one.column for one in known):
        asked = [(one, pairs[one.parent].parent) for one in known if one.column == name]
        placed = place_reference(asked, pair.source, pair.target, pair.key.alignment, settings)
        candidates[name] = [one for one in placed if one.score >= LEAST_PLACE and one.column not in keyed]
    return best_places(candidates)


def _is_direct(placed: Placed, column: str, references: Sequence[Reference], pairs: Map[str, TablePair]) -> bool:
    """Say whether the target names the parent, and each of several, by the source's own key."""
    parents = [one.parent for one in references if one.column == column and one.parent in pairs]
    return all(pairs[parent].parent.target_key == placed.names_by(parent) for parent in parents)


def _compare_foreign(
    cells: Cells, placed: Placed, column: str, references: Sequence[Reference], pairs: Map[str, TablePair]
) -> str:
    """How the target's own ids are compared: loosely, where they are not written as those of the records they name."""
    parents = [pairs[one.parent].target for one in references if one.column == column and one.parent in pairs]
    named = [placed.names_by(one.parent) for one in references if one.column == column and one.parent in pairs]
    keys = [parent.rows[name] for parent, name in zip(parents, named, strict=True) if name]
    return LOOSE if is_written_otherwise(cells, keys) else TEXT


def _finish(
    references: Sequence[Reference], places: Map[str, Placed], chosen: Map[str, str], pairs: Map[str, TablePair]
) -> tuple[Reference, ...]:
    finished = []
    for reference in sorted(references, key=lambda reference: reference.column):
        placed = places.get(reference.column)
        if placed and (named := placed.names_by(reference.parent)):
            reference = replace(reference, target_parent_column=named)
        elif reference.parent in pairs and reference.column in chosen:
            reference = replace(reference, target_parent_column=pairs[reference.parent].parent.target_key)
        finished.append(reference)
    return tuple(finished)


def _column(
    name: str,
    chosen: Map[str, str],
    pair: TablePair,
    evidence: Map[tuple[str, str], Evidence],
    matched: Alignment | None,
    foreign: Map[str, str],
    known: Map[str, set[str]],
    settings: MappingSettings,
) -> ColumnMapping:
    one, two = pair.source.columns[name], pair.target.columns[chosen[name]]
    if name in foreign:
        return ColumnMapping(name, two.name, foreign[name], sure=0.9, note="the target's own ids of the same records")
    is_key = name in dict(pair.key.pairs) or name in known
    is_id = name in known or (name,) == pair.source_id
    described = describe_column(one, two, evidence[one.name, two.name], matched, settings, is_key=is_key, is_id=is_id)
    if name not in known:
        return described
    technical = id_likeness(one, pair.source) >= OWN_ID
    values = () if technical else tuple(both for both in described.values if not known[name].issuperset(both))
    return replace(described, values=values)


def _known_ids(references: Sequence[Reference], pairs: Map[str, TablePair]) -> dict[str, set[str]]:
    """For each reference the ids its parents have in the source: one of them becoming another is no mapping."""
    known: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        if reference.parent in pairs:
            known[reference.column].update(filter(None, pairs[reference.parent].source.rows[reference.parent_column]))
    return dict(known)


def _target_id(other: TableProfile, target: Side, key: KeyFound) -> tuple[str, ...]:
    """The target's own id; the joined columns only where the target has no id of its own."""
    joined = tuple(column for _, column in key.pairs)
    own = target.ids[other.table.name]
    if not joined:
        return own
    ranked = sorted(
        (-id_likeness(column, other), column.name)
        for column in other.columns.values()
        if column.unique >= 0.98 and column.filled >= 0.98 and column.name not in joined
    )
    if ranked and -ranked[0][0] >= 0.7:
        return (ranked[0][1],)
    if len(joined) > 1:
        return joined
    if own and own != joined and is_generic(own[0]):
        return own
    if other.columns[joined[0]].filled < 0.98 and own:
        return own
    return joined
