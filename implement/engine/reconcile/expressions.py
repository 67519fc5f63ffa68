"""Canonical forms as table expressions: what hashes equal is equal, the rest is looked at cell by cell."""

import ibis
import ibis.expr.types as ir

from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, ColumnMapping, TableMapping, Writing
from implement.engine.reconcile.rows import UNRESOLVED, Side

LONGEST_EXACT = 15
"""Digits that survive a floating point number."""
_NARROW = [len("1.1.1999") + more for more in (0, 1, 6, 7, 9, 10)]
"""How long dates with one or two single digits are, alone, with a time, with its seconds."""
_TURNED = {"DMY": (7, 4, 1), "MDY": (7, 1, 4)}
"""Where year, month and day begin in dates that do not begin with the year."""
_TIME = r"(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$"
_WIDE_ISO = r"^\d{4}[-./]\d{2}[-./]\d{2}" + _TIME
_WIDE = r"^\d{2}[-./]\d{2}[-./]\d{4}" + _TIME


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
    """Dates as ISO, cut at their places once days and months have two digits; what is no date stays as it stands.

    The usual layouts come first: looking for those costs a tenth of what looking for any does.
    """
    narrow = cell.length().isin(_NARROW)
    any_date = ibis.ifelse(narrow, _wide_date(_padded(cell), order, cell), _wide_date(cell, order, cell))
    return ibis.cases(*_usual_dates(cell, order), else_=any_date)


def _usual_dates(cell: ir.StringValue, order: str) -> list[tuple[ir.BooleanValue, ir.StringValue]]:
    """Layouts of which a cell has one at most, the likeliest first."""
    clock = substring(cell, 12, 8)
    time = ibis.ifelse(clock == "00:00:00", "", clock)
    known = [(cell.like("____-__-__"), cell), (cell.like("____-__-__ __:__:__"), substring(cell, 1, 10) + time)]
    turned = []
    if order in _TURNED:
        year, month, day = (
            substring(cell, place, width) for place, width in zip(_TURNED[order], (4, 2, 2), strict=True)
        )
        for separator in "./":
            layout = f"__{separator}__{separator}____"
            turned.append((cell.like(layout), concat(year, "-", month, "-", day, "")))
            turned.append((cell.like(layout + " __:__:__"), concat(year, "-", month, "-", day, time)))
    return turned + known


def _wide_date(cell: ir.StringValue, order: str, otherwise: ir.StringValue) -> ir.StringValue:
    known = [(cell.re_search(_WIDE), _cut_date(cell, *_TURNED[order]))] if order in _TURNED else []
    return ibis.cases(*known, (cell.re_search(_WIDE_ISO), _cut_date(cell, 1, 6, 9)), else_=otherwise)


def _padded(cell: ir.StringValue) -> ir.StringValue:
    """The cell with a zero before a day and a month of one digit."""
    cell = cell.re_replace(r"^(\d[-./])", r"0\1")
    for _ in range(2):
        cell = cell.re_replace(r"([-./])(\d(?:[-./ T]|$))", r"\10\2")
    return cell


def _cut_date(cell: ir.StringValue, year: int, month: int, day: int) -> ir.StringValue:
    """The date whose year, month and day begin at these places (from 1), with its time but for midnight."""
    clock = substring(cell, 12, 8)
    time = ibis.cases(
        (clock.isin(("", "00:00", "00:00:00")), ""), (clock.length() == len("23:59"), clock + ":00"), else_=clock
    )
    return concat(substring(cell, year, 4), "-", substring(cell, month, 2), "-", substring(cell, day, 2), time)


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def substring(text: str, place: int, width: int) -> str:
    """A part of a text; Ibis's own words for it are three times as slow."""
    raise NotImplementedError


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def concat(year: str, first: str, month: str, second: str, day: str, time: str) -> str:
    """The parts of a date as one text."""
    raise NotImplementedError


def _plain_number(cell: ir.StringValue, comma: bool) -> ir.StringValue:
    text = cell.replace(".", "").replace(",", ".") if comma else cell.replace(",", "")
    number = text.try_cast("float64").cast("string")
    return ibis.ifelse(text.length() <= LONGEST_EXACT, ibis.coalesce(number, cell), cell)


def compared_columns(table: TableMapping) -> list[ColumnMapping]:
    """The columns that have a counterpart, in one order on both sides."""
    return sorted(table.compared, key=lambda column: column.source)
