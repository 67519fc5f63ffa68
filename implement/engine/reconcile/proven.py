"""Records that their children prove merged: all of these went to one other record that is called the same."""

from collections import Counter
from collections.abc import Collection, Mapping

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.mapping.plan import Reference
from implement.engine.reconcile.classes import DROPPED, MERGED, TORN_RELATION, WRONG_RELATION
from implement.engine.reconcile.linking import twin_bar
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.references import is_direct
from implement.engine.reconcile.rows import Rows, row_numbers

Children = list[tuple[TableOutcome, Reference]]
_UNSETTLED = WRONG_RELATION, TORN_RELATION
Home = tuple[str, int]
"""The id and the number of the target row in which a record stands."""


def prove_merged(parent: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> None:
    """Tell dropped records as merged that are less like another one than twins, but whose children all went to it.

    Both must agree in what tells who the record is, and in more than they differ in. The children's relation is right.
    """
    dropped = {name for name, now in parent.gone.items() if not now}
    children = _children(parent, outcomes) if dropped else []
    homes: dict[str, Home] = {}
    for column in sorted({reference.target_parent_column or "" for _, reference in children}):
        named = [one for one in children if one[1].target_parent_column == column]
        homes |= _find_homes(parent, column, _where_all_went(children, named, dropped), backend)
    if homes:
        _tell_merged(parent, homes)
        for child, reference in children:
            told = _told_of(child, reference, (WRONG_RELATION,), homes)
            child.findings = child.findings.filter(pc.invert(told)) if pc.any(told).as_py() else child.findings


def _children(parent: TableOutcome, outcomes: Mapping[str, TableOutcome]) -> Children:
    """The tables that refer to this one by the target's own ids."""
    told = [(child, reference) for child in outcomes.values() for reference in child.mapping.references]
    own = parent.mapping.source, parent.mapping.source_id
    found = [one for one in told if (one[1].parent, (one[1].parent_column,)) == own]
    return [one for one in found if one[0] is not parent and not is_direct(one[1], parent.mapping)]


def _where_all_went(children: Children, named: Children, dropped: Collection[str]) -> dict[str, str]:
    """Dropped records whose children all came to name one and the same other, and what the target calls that.

    One child alone proves nothing: it may have been given to a wrong parent.
    """
    went: dict[str, list[str]] = {}
    for child, reference in children:
        told = child.findings.select(["class", "source_value", "target_value"])
        for row in told.filter(_told_of(child, reference, _UNSETTLED, dropped)).to_pylist():
            is_named = row["class"] == WRONG_RELATION and (child, reference) in named
            went.setdefault(row["source_value"], []).append(row["target_value"] if is_named else "")
    several = {name: found for name, found in went.items() if len(found) > 1}
    return {name: found[0] for name, found in several.items() if found[0] and len(set(found)) == 1}


def _find_homes(parent: TableOutcome, column: str, went: Mapping[str, str], backend: Backend) -> dict[str, Home]:
    """Of those records that are called the same as where their children went, the target row of that."""
    if not went:
        return {}
    homes = _rows_called(parent, column, set(went.values()), backend)
    fates = parent.fates
    numbers = {fates.source.ids[place]: fates.source.numbers[place] for place in fates.free_sources}
    asked = sorted(numbers[name] for name, found in went.items() if found in homes)
    sources = parent.source.fetch(row_numbers(asked), backend)
    targets = parent.target.fetch(row_numbers(sorted(homes.values())), backend)
    places = {number: place for place, number in enumerate(targets.numbers)}
    beside = {name: (place, places[homes[went[name]]]) for place, name in enumerate(sources.ids)}
    same = {name: other for name, (one, other) in beside.items() if _is_same(parent, (sources, one), (targets, other))}
    return {name: (targets.ids[other], targets.numbers[other]) for name, other in same.items()}


def _rows_called(parent: TableOutcome, column: str, names: Collection[str], backend: Backend) -> dict[str, int]:
    """The numbers of the target rows of arrived records that alone are called so."""
    relation, asked = parent.target.table.relation, ibis.memtable({"named": sorted(names)})
    found = relation.semi_join(asked, relation[column] == asked["named"]).select(named=relation[column], row=ROW)
    rows = backend.connection.to_pyarrow(found).to_pylist()
    free = {parent.fates.target.numbers[place] for place in parent.fates.free_targets}
    times = Counter(row["named"] for row in rows)
    return {row["named"]: row["row"] for row in rows if times[row["named"]] == 1 and row["row"] not in free}


def _is_same(parent: TableOutcome, one: tuple[Rows, int], other: tuple[Rows, int]) -> bool:
    """Say whether two rows agree in what tells who the record is, and in at least as much as they differ in."""
    alike, bar = parent.judge.compare(*one, *other), twin_bar(parent.judge, parent.source.table.row_count)
    named = alike.identified >= bar.named or alike.identified_next >= bar.named_next
    return named and alike.share >= parent.judge.settings.same_share


def _tell_merged(parent: TableOutcome, homes: Mapping[str, Home]) -> None:
    """Turn what is told of the dropped records."""
    told = pc.and_(pc.equal(parent.findings["class"], DROPPED), _are(parent.findings["source_id"], homes))
    kept, moved = parent.findings.filter(pc.invert(told)), parent.findings.filter(told).to_pylist()
    turned = [{**row, "class": MERGED} for row in moved]
    for row in turned:
        row["target_id"], row["target_row"] = homes[row["source_id"]]
    parent.findings = pa.concat_tables([kept, pa.Table.from_pylist(turned, kept.schema)])


def _told_of(
    child: TableOutcome, reference: Reference, fates: Collection[str], named: Collection[str]
) -> pa.ChunkedArray:
    """Which findings of a table say this of a reference to one of some records."""
    found = child.findings
    told = pc.and_(pc.equal(found["field"], reference.column), _are(found["class"], fates))
    return pc.and_(told, _are(found["source_value"], named)) if pc.any(told).as_py() else told


def _are(cells: pa.ChunkedArray, wanted: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(cells, value_set=pa.array(list(wanted), pa.string()))
