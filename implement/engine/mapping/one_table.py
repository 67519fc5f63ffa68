"""Propose how one table became its counterpart: its columns, those joined, its references and its lists."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.columns.chosen import choose_columns, describe_column
from implement.engine.mapping.columns.evidence import Evidence, weigh_columns
from implement.engine.mapping.columns.joined import join_columns
from implement.engine.mapping.keys.found import behind_mark, by_parts
from implement.engine.mapping.keys.own_ids import id_likeness
from implement.engine.mapping.looking.alignment import Alignment
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import ColumnMapping, Joined, Reference, TableMapping
from implement.engine.mapping.relations.listed_places import describe_all_listed, place_all_listed
from implement.engine.mapping.relations.placed import (
    compare_foreign,
    finish_references,
    is_direct,
    known_ids,
    place_references,
)
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.settings import MappingSettings

OWN_ID = 0.17
"""From this likeness on a column is a technical id and carries no content of its own."""
LEAST_SAME_ID = 0.2
"""Ids that agree less on matched rows are not the same ids."""


def match_table(
    pair: TablePair,
    references: Sequence[Reference],
    listed: Sequence[Reference],
    pairs: Map[str, TablePair],
    settings: MappingSettings,
) -> TableMapping:
    """The mapping of one table, given its references and lists of records and the pairs its parents are of."""
    places = place_references(pair, references, pairs, settings)
    parents = {name: other.parent for name, other in pairs.items()}
    lists = place_all_listed(pair, listed, {one.column for one in places.values()}, parents, settings)
    evidence = weigh_columns(pair.source, pair.target, pair.key.alignment)
    fixed = {name: one.column for name, one in (lists | places).items()} | dict(pair.key.pairs)
    chosen = choose_columns(_without_new_numbers(evidence, pair), fixed, settings)
    foreign = {
        name: compare_foreign(pair.target.rows[placed.column], placed, name, references, pairs)
        for name, placed in places.items()
        if not is_direct(placed, name, references, pairs)
    }
    known = known_ids(references, pairs)
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
        references=finish_references(references, places, chosen, pairs),
        joined=joined,
        only_in_target=tuple(sorted(name for name in pair.target.columns if name not in held | set(chosen.values()))),
        note=key.note,
        listed=finish_references([one for one in listed if one.column in lists], lists, chosen, pairs),
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
