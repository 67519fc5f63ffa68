"""Relations between tables: read the target's references as source ids, and find the torn and the wrong ones."""

from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import reduce

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import Numbers
from implement.engine.intake import ROW, find_values, map_parts
from implement.engine.lean import at_hand
from implement.engine.mapping.composite import SIGN
from implement.engine.mapping.plan import LOOSE, Mapping, Reference, TableMapping
from implement.engine.mapping.writings.id_lists import ids_in, read_ids
from implement.engine.mapping.writings.writing import loosen
from implement.engine.reconcile.arrived.loosely import loosely
from implement.engine.reconcile.arrived.parents import Called, ListedParents, ParentLinks, know_parents, put_beside
from implement.engine.reconcile.arrived.rows import Lookup, row_numbers
from implement.engine.reconcile.classes import DUPLICATED, TORN_RELATION
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.findings import Finding

Outcomes = Map[str, TableOutcome]


def is_direct(reference: Reference, parent: TableMapping) -> bool:
    """Say whether the target's cells name parents by the same ids as the source's; what is put together never does."""
    counterpart = parent.column(reference.parent_column)
    if reference.target_parent_column is None or counterpart is None:
        return reference.target_parent_column is None
    is_one = SIGN not in reference.parent_column
    return is_one and counterpart.target == reference.target_parent_column and not counterpart.is_marked


def without_foreign_lists(table: TableMapping, mapping: Mapping) -> TableMapping:
    """The table without lists of the target's own ids, which are read only where all parents are linked."""
    parents = {one.column: (one, mapping.table(one.parent)) for one in table.listed}
    foreign = {name for name, (one, parent) in parents.items() if parent is not None and not is_direct(one, parent)}
    return replace(table, columns=tuple(column for column in table.columns if column.source not in foreign))


def translate_references(table: TableMapping, outcomes: Outcomes, backend: Backend) -> dict[str, Lookup]:
    """For each reference by foreign ids how the source's id of the parent is found, of whichever parent it is."""
    lookups = {}
    for place, (name, references) in enumerate(table.referring.items()):
        column = table.column(name)
        parents = [(outcomes[one.parent], one) for one in references if one.parent in outcomes]
        if column is None or column.target is None or all(is_direct(one, parent.mapping) for parent, one in parents):
            continue
        parents = [(parent, named) for parent, one in parents if (named := named_there(one, parent.mapping))]
        is_loose = column.kind == LOOSE
        lookups[name] = Lookup(column.target, parent_links(parents, is_loose, backend), f"_parent_{place}", is_loose)
    return lookups


def named_there(reference: Reference, parent: TableMapping) -> Reference | None:
    """The reference with what the target names the parent by: by the source's own ids, if nothing else is said."""
    counterpart = parent.column(reference.parent_column)
    there = reference.target_parent_column or (counterpart and counterpart.target)
    return replace(reference, target_parent_column=there) if there else None


def parent_links(parents: Sequence[tuple[TableOutcome, Reference]], is_loose: bool, backend: Backend) -> ParentLinks:
    """For each arrived parent what the target calls it, and its id in the source; worked out once per table of them."""
    if len(parents) > 1:
        return _link_parents(parents, is_loose, backend)
    ((parent, reference),) = parents
    asked = reference.parent_column, reference.target_parent_column or "", is_loose
    if asked not in parent.links:
        parent.links[asked] = _link_parents(parents, is_loose, backend)
    return parent.links[asked]


def _link_parents(parents: Sequence[tuple[TableOutcome, Reference]], is_loose: bool, backend: Backend) -> ParentLinks:
    if backend.embedded is not backend:
        named = [_named_by_joining(parent, one, _all_pairs(parent)) for parent, one in parents]
        together = reduce(ir.Table.union, named)
        return _link_there(together.mutate(named=loosely(together["named"])) if is_loose else together, backend)
    called = [_call_parents(parent, one, backend) for parent, one in parents]
    return know_parents(put_beside(called), backend, is_loose=is_loose)


def _call_parents(parent: TableOutcome, reference: Reference, backend: Backend) -> Called:
    pairs = _all_pairs(parent)
    known = _call_by_row(parent, reference, pairs, backend)
    if known is not None:
        return known
    texts = backend.connection.to_pyarrow(_named_by_joining(parent, reference, pairs))
    beside = np.arange(len(texts))
    return Called(texts.column("named"), texts.column("parent"), beside, beside)


def _all_pairs(parent: TableOutcome) -> ir.Table:
    return parent.settled_links().union(_pairs(parent))


def _link_there(found: ir.Table, backend: Backend) -> ListedParents:
    """The links where the rows are on other machines; what is blank names a blank parent."""
    once = found.filter(found["named"].notnull()).group_by("named").aggregate(parent=found["parent"].min())
    blank = at_hand({"named": [None], "parent": [""]}, {"named": "string", "parent": "string"})
    return ListedParents(backend.keep(once.union(blank), "links"))


def _call_by_row(parent: TableOutcome, reference: Reference, pairs: ir.Table, backend: Backend) -> Called | None:
    """The parents by the numbers of their rows, where both sides are staged: no texts are joined, and few are moved."""
    asked = (
        (parent.target, reference.target_parent_column or "", "target_row"),
        (parent.source, reference.parent_column, "source_row"),
    )
    rows, texts, places = backend.connection.to_pyarrow(pairs), [], []
    for side, column, row in asked:
        parts = map_parts(side.table.relation, [ROW, column], backend)
        if parts is None:
            return None
        schema = pa.schema([(ROW, pa.int64()), (column, pa.string())])
        whole = pa.concat_tables([schema.empty_table(), *parts])
        texts.append(whole.column(column))
        places.append(_places_of(rows.column(row).to_numpy(), whole.column(ROW).to_numpy()))
    return Called(texts[0], texts[1], places[0], places[1])


def _places_of(rows: Numbers, staged: Numbers) -> Numbers:
    """Where rows stand among those of a staged table, which are in order and mostly all there."""
    whole = len(staged) and staged[-1] - staged[0] == len(staged) - 1
    places: Numbers = rows - staged[0] if whole else np.searchsorted(staged, rows)
    return places


def list_parents(parent: TableOutcome, reference: Reference, backend: Backend) -> ir.Table:
    """For each arrived parent what the target calls it, and its id in the source, as a table of texts to join with."""
    return _link_there(_named_by_joining(parent, reference, _all_pairs(parent)), backend).texts


def _named_by_joining(parent: TableOutcome, reference: Reference, pairs: ir.Table) -> ir.Table:
    source, target = parent.source.table.relation, parent.target.table.relation
    keys = source.select(source_row=source[ROW], parent=source[reference.parent_column])
    names = target.select(target_row=target[ROW], named=target[reference.target_parent_column])
    return pairs.join(keys, "source_row").join(names, "target_row").select("named", "parent")


def find_namesakes(
    reference: Reference, names: Collection[str], parent: TableOutcome, backend: Backend
) -> set[tuple[str, str]]:
    """Ids in the source beside what the target calls their records, of names asked for: each names all its bearers."""
    if is_direct(reference, parent.mapping) or not parent_links([(parent, reference)], False, backend).has_namesakes:
        return set()
    asked = ibis.memtable(pa.table({"name": pa.array(sorted(names), pa.string())}))
    called = _named_by_joining(parent, reference, _all_pairs(parent))
    found = backend.connection.to_pyarrow(called.semi_join(asked, called["named"] == asked["name"]))
    return set(zip(found.column("parent").to_pylist(), found.column("named").to_pylist(), strict=True))


def _pairs(parent: TableOutcome) -> ir.Table:
    """Rows linked one by one, and further copies of arrived records, which stand for them too."""
    fates = parent.fates
    linked = [(fates.source.numbers[one], fates.target.numbers[other]) for one, other in sorted(fates.linked.items())]
    columns = [pa.array(rows, pa.int64()) for rows in zip(*linked, strict=True)] or [pa.array([], pa.int64())] * 2
    copies = parent.findings.filter(pc.field("class") == DUPLICATED).select(["source_row", "target_row"])
    return ibis.memtable(pa.concat_tables([pa.table(columns, copies.schema), copies]))


def known_names(
    values: Iterable[str], relation: ir.Table, column: str, backend: Backend, *, is_loose: bool = False
) -> set[str]:
    """Which of these values occur in a column, be it by their letters and digits alone."""
    if is_loose:
        called = {value: loosen(value) for value in values}
        there = relation.select(called=loosely(relation[column]))
        known = known_names(called.values(), there, "called", backend)
        return {value for value, loose in called.items() if loose in known}
    wanted = pa.array(sorted(set(values)), pa.string())
    return set(find_values(wanted, relation, column, backend).to_pylist()) if len(wanted) else set()


def find_torn(child: TableOutcome, reference: Reference, parent: TableOutcome, backend: Backend) -> list[Finding]:
    """Children that still name a parent which is no longer there: their reference is torn though it did not change."""
    column = child.mapping.column(reference.column)
    if column is None or column.target is None or not parent.gone or not is_direct(reference, parent.mapping):
        return []
    gone = set(parent.gone)
    named = reference.target_parent_column
    if named is not None:
        gone -= known_names(gone, parent.target.table.relation, named, backend)
    return _torn_linked(child, reference, gone) + _torn_settled(child, reference, gone, backend)


def _torn_linked(child: TableOutcome, reference: Reference, gone: set[str]) -> list[Finding]:
    fates, name = child.fates, reference.column
    ids = _reading(child, reference)
    torn = []
    for one, other in sorted(fates.linked.items()):
        cell, found = fates.source.raw[name][one], fates.target.raw[name][other]
        if not gone.isdisjoint(ids(cell)) and fates.source.read[name][one] == fates.target.read[name][other]:
            torn.append(
                _torn(
                    child,
                    name,
                    fates.source.ids[one],
                    fates.target.ids[other],
                    cell,
                    found,
                    fates.source.numbers[one],
                    fates.target.numbers[other],
                )
            )
    return torn


def _torn_settled(child: TableOutcome, reference: Reference, gone: set[str], backend: Backend) -> list[Finding]:
    if not gone:
        return []
    asked = ibis.memtable(pa.table({"gone": pa.array(sorted(gone), pa.string())}))
    source = _ids_named(child, reference)
    named = source.semi_join(asked, source["named"] == asked["gone"]).select(ROW).distinct().order_by(ROW)
    numbers = backend.connection.to_pyarrow(named).column(ROW).to_numpy()
    found = backend.connection.to_pyarrow(child.settled_links_of(numbers, reference.column))
    links = dict(zip(found.column("source_row").to_pylist(), found.column("target_row").to_pylist(), strict=True))
    if not links:
        return []
    ones = child.source.fetch(row_numbers(sorted(links)), backend)
    others = child.target.fetch(row_numbers(sorted(links.values())), backend)
    places = {number: place for place, number in enumerate(others.numbers)}
    name = reference.column
    torn = []
    for place, number in enumerate(ones.numbers):
        other = places[links[number]]
        torn.append(
            _torn(
                child,
                name,
                ones.ids[place],
                others.ids[other],
                ones.raw[name][place],
                others.raw[name][other],
                number,
                others.numbers[other],
            )
        )
    return torn


def _reading(child: TableOutcome, reference: Reference) -> Callable[[str], list[str]]:
    """How the ids are read that stand in a cell."""
    return read_ids if reference in child.mapping.listed else lambda cell: [cell]


def _ids_named(child: TableOutcome, reference: Reference) -> ir.Table:
    """The ids that stand in the source's cells, and the rows that name them."""
    source = child.source.relation
    cells = source[reference.column]
    return source.select(ROW, named=ids_in(cells).unnest() if reference in child.mapping.listed else cells)


def _torn(
    child: TableOutcome,
    name: str,
    source_id: str,
    target_id: str,
    cell: str | None,
    found: str | None,
    source_row: int,
    target_row: int,
) -> Finding:
    return Finding(
        child.mapping.source,
        source_id,
        target_id,
        TORN_RELATION,
        name,
        cell or "",
        found or "",
        "",
        source_row,
        target_row,
    )
