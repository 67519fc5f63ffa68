"""Canonical forms as table expressions: what hashes equal is equal, the rest is looked at cell by cell."""

import ibis
import ibis.expr.types as ir

from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, ColumnMapping, TableMapping, Writing
from implement.engine.reconcile.rows import UNRESOLVED, Side

LONGEST_EXACT = 15
"""Digits that survive a floating point number."""


def same_cell(side: Side, column: ColumnMapping, relation: ir.Table | None = None) -> ir.StringValue:
    """A column of one side as it is compared, of the side's own relation or of some of its rows."""
    relation = side.relation if relation is None else relation
    if column.source in side.translated:
        return relation[side.translated[column.source]].fill_null(UNRESOLVED).cast("string")
    return canonical_source(relation, column) if side.is_source else canonical_target(relation, column)


def canonical_source(relation: ir.Table, column: ColumnMapping) -> ir.StringValue:
    """A source column as it is compared."""
    cell = relation[column.source].cast("string")
    if column.values:
        cell = cell.substitute(dict(column.values))
    return _canonical(cell, column, column.source_writing)


def canonical_target(relation: ir.Table, column: ColumnMapping) -> ir.StringValue:
    """A target column as it is compared."""
    return _canonical(relation[column.target].cast("string"), column, column.target_writing)


def _canonical(cell: ir.StringValue, column: ColumnMapping, writing: Writing) -> ir.StringValue:
    if column.kind == LOOSE:
        cell = cell.lower().re_replace(r"[^\p{L}\p{N}]", "")
    elif column.kind == DATE and needs_reading(column):
        cell = _iso_dates(cell, writing.order)
    elif column.kind == NUMBER and needs_reading(column):
        cell = _plain_number(cell, writing.comma)
    return cell.fill_null("")


def needs_reading(column: ColumnMapping) -> bool:
    """Say whether the sides write the column differently, so that texts cannot be compared as they stand."""
    one, other = column.source_writing, column.target_writing
    if column.kind == DATE:
        return column.rewritten or one.order != other.order or one.layout != other.layout
    return column.rewritten or one.comma != other.comma


def _iso_dates(cell: ir.StringValue, orders: str) -> ir.StringValue:
    first, *others = orders.split(" ")
    iso = _iso_date(cell, first)
    for other in others:
        iso = ibis.ifelse(cell.contains(other[3:]), _iso_date(cell, other[:3]), iso)
    return iso


def _iso_date(cell: ir.StringValue, order: str) -> ir.StringValue:
    pattern = r"^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$"
    first, second, third, clock, seconds = (cell.re_extract(pattern, group) for group in range(1, 6))
    turned = {"DMY": (third, second, first), "MDY": (third, first, second)}
    year, month, day = turned.get(order, (first, second, third))
    if order != "YMD":
        year, month, day = (
            ibis.ifelse(first.length() == 4, iso, other)
            for iso, other in zip((first, second, third), (year, month, day), strict=True)
        )
    time = ibis.ifelse(clock == "", "", clock + ibis.ifelse(seconds == "", ":00", seconds))
    iso = year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0") + time.nullif("00:00:00").fill_null("")
    return ibis.ifelse((year.length() == 4) & cell.re_search(pattern), iso, cell)


def _plain_number(cell: ir.StringValue, comma: bool) -> ir.StringValue:
    text = cell.replace(".", "").replace(",", ".") if comma else cell.replace(",", "")
    number = text.try_cast("float64").cast("string")
    return ibis.ifelse(text.length() <= LONGEST_EXACT, ibis.coalesce(number, cell), cell)


def row_hash(cells: list[ir.StringValue]) -> ir.IntegerValue:
    """One number for a whole row; equal rows have equal numbers."""
    return ibis.struct({f"c{place}": cell for place, cell in enumerate(cells)}).hash()


def compared_columns(table: TableMapping) -> list[ColumnMapping]:
    """The columns that have a counterpart, in one order on both sides."""
    return sorted(table.compared, key=lambda column: column.source)
