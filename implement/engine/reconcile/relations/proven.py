"""Records that their children prove merged: all of these went to one other record that is called the same."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.lean import at_hand
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.writings.id_lists import read_ids
from implement.engine.reconcile.arrived.rows import Rows, row_numbers
from implement.engine.reconcile.classes import DROPPED, MERGED, TORN_RELATION, WRONG_RELATION
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.links.linking import twin_bar
from implement.engine.reconcile.relations.references import is_direct, list_parents

_UNSETTLED = WRONG_RELATION, TORN_RELATION
Home = tuple[str, int]
"""The id and the number of the target row in which a record stands."""


@dataclass(frozen=True)
class ChildColumn:
    """A column of a table that names the records of another."""

    child: TableOutcome
    reference: Reference

    @property
    def is_list(self) -> bool:
        """Say whether it names several in one cell."""
        return self.reference in self.child.mapping.listed

    def told(self, fates: Collection[str]) -> pa.ChunkedArray:
        """Which findings of the table say one of these of the column."""
        found = self.child.findings
        return pc.and_(pc.equal(found["field"], self.reference.column), _are(found["class"], fates))


def prove_merged(parent: TableOutcome, outcomes: Mapping[str, TableOutcome], backend: Backend) -> None:
    """Tell dropped records as merged that are less like another one than twins, but whose children all went to it.

    Both must agree in what tells who the record is, and in more than they differ in. The children's relation is right.
    """
    dropped = {name for name, now in parent.gone.items() if not now}
    children = _children(parent, outcomes) if dropped else []
    left = [(one, name, home) for one in children for name, home in _where_each_went(parent, one, dropped, backend)]
    homes: dict[str, Home] = {}
    for column in sorted({one.reference.target_parent_column or "" for one, _, _ in left}):
        homes |= _find_homes(parent, column, _where_all_went(left, column), backend)
    if homes:
        _tell_merged(parent, homes)
        for one in children:
            right = _are_right(parent, one, homes, backend)
            if pc.any(right).as_py():
                one.child.findings = one.child.findings.filter(pc.invert(right))


def _children(parent: TableOutcome, outcomes: Mapping[str, TableOutcome]) -> list[ChildColumn]:
    """The columns of other tables that refer to this one by the target's own ids."""
    told = [ChildColumn(child, reference) for child in outcomes.values() for reference in child.mapping.relations]
    own = parent.mapping.source, parent.mapping.source_id
    found = [one for one in told if (one.reference.parent, (one.reference.parent_column,)) == own]
    return [one for one in found if one.child is not parent and not is_direct(one.reference, parent.mapping)]


def _where_each_went(
    parent: TableOutcome, one: ChildColumn, dropped: Collection[str], backend: Backend
) -> list[tuple[str, str]]:
    """The dropped records that children named, and what the target calls the one that each names instead, if any."""
    told = one.child.findings.filter(one.told(_UNSETTLED)).select(["class", "source_value", "target_value"])
    if not one.is_list:
        rows = told.filter(pc.is_in(told["source_value"], pa.array(sorted(dropped)))).to_pylist()
        return [(row["source_value"], row["target_value"] if row["class"] == WRONG_RELATION else "") for row in rows]
    lists = [(_ids(row["source_value"]), _ids(row["target_value"])) for row in told.to_pylist()]
    left = [(name, found - written) for written, found in lists for name in (written - found).intersection(dropped)]
    called = _called(parent, one.reference, "parent", {name for _, further in left for name in further}, backend)
    return [(name, called.get(min(further), "") if len(further) == 1 else "") for name, further in left]


def _called(
    parent: TableOutcome, reference: Reference, known: str, names: Collection[str], backend: Backend
) -> dict[str, str]:
    """Of arrived records by what one side calls them (`parent` in the source, `named` in the target) the other name."""
    if not names:
        return {}
    links = list_parents(parent, reference, backend)
    asked = at_hand({known: sorted(names)}, {known: "string"})
    found = backend.connection.to_pyarrow(links.semi_join(asked, known)).to_pylist()
    other = {"parent": "named", "named": "parent"}[known]
    return {row[known]: row[other] for row in sorted(found, key=lambda row: str(row[other]))}


def _ids(cell: str) -> frozenset[str]:
    return frozenset(read_ids(cell))


def _where_all_went(left: Sequence[tuple[ChildColumn, str, str]], column: str) -> dict[str, str]:
    """Dropped records whose children all came to name one and the same other, and what the target calls that.

    One child alone proves nothing: it may have been given to a wrong parent.
    """
    went: dict[str, list[str]] = {}
    for one, name, home in left:
        went.setdefault(name, []).append(home if one.reference.target_parent_column == column else "")
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
    relation, asked = parent.target.table.relation, at_hand({"named": sorted(names)}, {"named": "string"})
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


def _are_right(parent: TableOutcome, one: ChildColumn, homes: Mapping[str, Home], backend: Backend) -> pa.ChunkedArray:
    """Which findings call a relation wrong that is right, as the dropped record stands there now."""
    told = one.told((WRONG_RELATION,))
    if not one.is_list or not pc.any(told).as_py():
        return pc.and_(told, _are(one.child.findings["source_value"], homes))
    now = _called_now(parent, one.reference, homes, backend)
    sides = (one.child.findings[side].to_pylist() for side in ("source_value", "target_value"))
    lists = ((_ids(written), _ids(found)) for written, found in zip(*sides, strict=True))
    return pc.and_(told, pa.array([{now.get(name, name) for name in written} == found for written, found in lists]))


def _called_now(
    parent: TableOutcome, reference: Reference, homes: Mapping[str, Home], backend: Backend
) -> dict[str, str]:
    """What the source calls the records in which those that were dropped stand now."""
    target = parent.target.table.relation
    rows = target.semi_join(row_numbers(sorted({number for _, number in homes.values()})), ROW)
    named = rows.select(row=rows[ROW], named=rows[reference.target_parent_column])
    names = {row["row"]: row["named"] for row in backend.connection.to_pyarrow(named).to_pylist()}
    called = _called(parent, reference, "named", set(names.values()), backend)
    return {name: called[names[number]] for name, (_, number) in homes.items() if names[number] in called}


def _are(cells: pa.ChunkedArray, wanted: Collection[str]) -> pa.ChunkedArray:
    return pc.is_in(cells, value_set=pa.array(list(wanted), pa.string()))
