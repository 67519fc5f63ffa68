"""Columns that the target moved into a table of their own: found in the row there that each of its rows names."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import ibis
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.mapping.columns.evidence import weigh_rows
from implement.engine.mapping.looking.alignment import Alignment, agreement, normalised
from implement.engine.mapping.looking.profile import Cells, ColumnProfile, profile_column
from implement.engine.mapping.looking.table_profile import TableProfile, fetch_cells
from implement.engine.mapping.plan import LookedUp, TableMapping
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.tables.sides import Side

LEAST_PROOF = 0.9
LEAST_VALUES = 10
"""One column of so many values must be the same so often before any column of a table counts as held there."""
LEAST_SAME = 0.5
Match = Callable[[TablePair], TableMapping]


def match_with_moved(
    match: Match, pair: TablePair, target: Side, taken: Collection[str], backend: Backend
) -> TableMapping:
    """Match two tables; what has no counterpart is sought in tables not `taken` that the counterpart's rows name.

    So is what has none but the column that names the row there: each name goes with one row.
    """
    found = match(pair)
    if pair.key.alignment is None or pair.target is not target.profiles[pair.target.table.name]:
        return found
    looked_up = []
    for one in target.references[pair.target.table.name]:
        there = LookedUp(one.column, one.parent, one.parent_column)
        asked = [] if one.parent in taken else _list_missing(found, there)
        wide = _widen(pair, there, target.profiles[one.parent], asked, backend) if asked else None
        if wide is not None:
            looked_up.append(there)
            pair = wide
    return _settle(match(pair), looked_up) if looked_up else found


def _list_missing(table: TableMapping, one: LookedUp) -> list[str]:
    """The columns without counterpart, or with none but the names of the rows that are looked up."""
    return [
        column.source
        for column in table.columns
        if (column.target is None and not column.left_behind) or (column.target == one.column and column.values)
    ]


def _settle(table: TableMapping, looked_up: Sequence[LookedUp]) -> TableMapping:
    """The mapping with those places that hold something; what says where is not new, nor is what else stands there."""
    held = [column.target or "" for column in table.compared]
    used = tuple(one for one in looked_up if any(name.startswith(one.called("")) for name in held))
    only = tuple(name for name in table.only_in_target if not any(one.holds(name) for one in looked_up))
    return replace(table, looked_up=used, only_in_target=only)


def _widen(
    pair: TablePair, one: LookedUp, there: TableProfile, missing: Collection[str], backend: Backend
) -> TablePair | None:
    """The pair with what the named rows hold, where that proves to be what the source has and is missing."""
    matched = pair.key.alignment
    if matched is None or pair.target.columns.keys() & set(map(one.called, there.columns)):
        return None
    rows = _look_up(pair.target.rows[one.column], one, there, backend)
    aligned = _look_up(matched.target[one.column], one, there, backend)
    columns = {name: profile_column(name, cells) for name, cells in rows.items()}
    wide = replace(pair.target, rows=rows, columns=columns)
    beside = Alignment(matched.source, aligned, matched.size)
    if not any(_is_proof(pair.source.columns[name], other, beside) for name in missing for other in columns.values()):
        return None
    kept = sorted({name for (_, name), share in weigh_rows(pair.source, wide, beside).items() if share >= LEAST_SAME})
    profile = replace(
        pair.target,
        rows={**pair.target.rows, **{name: rows[name] for name in kept}},
        columns={**pair.target.columns, **{name: columns[name] for name in kept}},
    )
    alignment = replace(matched, target={**matched.target, **{name: aligned[name] for name in kept}})
    return replace(pair, target=profile, key=replace(pair.key, alignment=alignment))


def _is_proof(one: ColumnProfile, other: ColumnProfile, matched: Alignment) -> bool:
    """Say whether two columns hold the same values, and many, in matched rows; replaced ones may be a coincidence."""
    written, found = matched.source[one.name], matched.target[other.name]
    if min(len(set(written)), len(set(found))) < LEAST_VALUES:
        return False
    return agreement(matched, one, other, normalised(written, one), normalised(found, other)) >= LEAST_PROOF


def _look_up(names: Cells, one: LookedUp, there: TableProfile, backend: Backend) -> dict[str, Cells]:
    """What the named rows hold; of several with one key the first is meant."""
    named = pa.array(sorted({name for name in names if name}), pa.string())
    relation, asked = there.table.relation, ibis.memtable(pa.table({"named": named}))
    found = relation.semi_join(asked, relation[one.key] == asked["named"]).order_by(ROW)
    held = fetch_cells(found, there.table.columns, backend)
    places = {key: place for place, key in reversed(list(enumerate(held[one.key])))}
    return {
        one.called(name): [cells[places[key]] if key in places else None for key in names]
        for name, cells in held.items()
        if name != one.key
    }
