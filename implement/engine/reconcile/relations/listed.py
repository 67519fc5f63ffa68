"""Lists of records by the target's own ids: compared as the source calls them, told as they stand."""

from dataclasses import replace

import ibis
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.plan import Reference, TableMapping
from implement.engine.mapping.writings.id_lists import ids_in, joined_ids
from implement.engine.reconcile.arrived.parents import UNRESOLVED
from implement.engine.reconcile.arrived.rows import row_numbers
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.findings import SCHEMA
from implement.engine.reconcile.relations.references import Outcomes, is_direct, list_parents


def translate_lists(
    table: TableMapping, there: SourceTable, outcomes: Outcomes, backend: Backend
) -> tuple[TableMapping, SourceTable]:
    """The target's table with lists of foreign ids as the source calls the records, and the mapping that asks for them.

    An id of no record that arrived stays as it is, with a mark.
    """
    for reference in table.listed:
        column, parent = table.column(reference.column), outcomes.get(reference.parent)
        if column is None or column.target is None or parent is None or is_direct(reference, parent.mapping):
            continue
        name = _name_translated(reference)
        there = _translated(there, column.target, name, list_parents(parent, reference, backend), backend)
        turned = (replace(one, target=name) if one is column else one for one in table.columns)
        table = replace(table, columns=tuple(turned))
    return table, there


def _name_translated(reference: Reference) -> str:
    return f"{reference.column} as {reference.parent}.{reference.parent_column}"


def _translated(
    table: SourceTable, column: str, name: str, parents: ibis.expr.types.Table, backend: Backend
) -> SourceTable:
    relation = table.relation
    apart = relation.select(ROW, named=ids_in(relation[column]).unnest()).filter(lambda ids: ids["named"] != "")
    asked = parents.filter(parents["named"].notnull())
    joined = apart.left_join(asked, "named")
    called = joined.select(ROW, called=joined["parent"].fill_null(UNRESOLVED + joined["named"]))
    lists = called.group_by(ROW).aggregate(**{name: joined_ids(called["called"].collect())})
    with_lists = relation.left_join(lists, ROW).select(*relation.columns, name).order_by(ROW)
    return replace(table, relation=backend.keep_staged(with_lists), sample=None)


def tell_lists(outcome: TableOutcome, known: TableMapping | None, backend: Backend) -> None:
    """Let findings on translated lists show what stands in the target."""
    for reference in outcome.mapping.listed:
        column, own = (one and one.column(reference.column) for one in (outcome.mapping, known))
        if column and own and own.target and column.target != own.target:
            outcome.findings = _as_found(outcome, reference.column, own.target, backend)


def _as_found(outcome: TableOutcome, field: str, column: str, backend: Backend) -> pa.Table:
    rows = outcome.findings.to_pylist()
    numbers = sorted({row["target_row"] for row in rows if row["field"] == field and row["target_row"]})
    relation = outcome.target.table.relation
    found = backend.connection.to_pyarrow(relation.semi_join(row_numbers(numbers), ROW).select(ROW, column))
    cells = dict(zip(found.column(ROW).to_pylist(), found.column(column).to_pylist(), strict=True))
    told = [
        row | {"target_value": cells[row["target_row"]] or ""}
        if row["field"] == field and row["target_row"] in cells
        else row
        for row in rows
    ]
    return pa.Table.from_pylist(told, schema=SCHEMA)
