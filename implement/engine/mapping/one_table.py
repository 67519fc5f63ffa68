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
from implement.engine.mapping.plan import ColumnMapping, Reference, TableMapping
from implement.engine.mapping.relations.composite_pairs import are_held_by, but_idle, keep_composites, take_apart
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
from implement.engine.mapping.tables.unmatched import OWN_ID, describe_unmatched, list_only_in_target, technical_id

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
    pair = take_apart(pair)
    places = place_references(pair, references, pairs, settings)
    parents = {name: other.parent for name, other in pairs.items()}
    lists = place_all_listed(pair, listed, {one.column for one in places.values()}, parents, settings)
    fixed = {name: one.column for name, one in (lists | places).items()} | dict(pair.key.pairs)
    references = but_idle(references, places, pair.source)
    pair = keep_composites(pair, fixed)
    evidence = weigh_columns(pair.source, pair.target, pair.key.alignment)
    evidence = {columns: one for columns, one in evidence.items() if not are_held_by(columns, pair, fixed)}
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
            columns.append(describe_unmatched(name, pair, joined, fixed))
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
        only_in_target=list_only_in_target(pair, held | set(chosen.values())),
        note=key.note,
        listed=finish_references([one for one in listed if one.column in lists], lists, chosen, pairs),
    )


def _without_new_numbers(evidence: Map[tuple[str, str], Evidence], pair: TablePair) -> dict[tuple[str, str], Evidence]:
    """The evidence but for ids that are the same in hardly any matched row, or anywhere: the target issues its own."""
    own, others = technical_id(pair.source, pair.source_id), technical_id(pair.target, pair.target_id)
    return {
        columns: one
        for columns, one in evidence.items()
        if not (columns[0] in own or columns[1] in others) or one.same >= LEAST_SAME_ID
    }


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
