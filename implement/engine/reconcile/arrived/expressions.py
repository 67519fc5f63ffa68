"""Canonical forms as table expressions: what hashes equal is equal, the rest is looked at cell by cell."""

import ibis
import ibis.expr.types as ir

from implement.engine.mapping.plan import DATE, LISTED, LOOSE, NUMBER, WORDS, ColumnMapping, TableMapping, Writing
from implement.engine.mapping.writings.id_lists import ids_in, joined_ids, replaced_ids
from implement.engine.reconcile.arrived.loosely import loosely
from implement.engine.reconcile.arrived.parents import UNRESOLVED
from implement.engine.reconcile.arrived.rows import Side

LONGEST_EXACT = 15
"""Digits that survive a floating point number."""
READ_ONE_BY_ONE = "\x02"
"""Marks a cell that equals nothing before it is read; no cell begins so."""
_ANY = ibis.table({"cell": "string"}, "any")["cell"]
TURNED = {"DMY": (7, 4, 1), "MDY": (7, 1, 4)}
"""Where year, month and day begin in dates that do not begin with the year."""
_TURN = {"DMY": r"\3-\2-\1", "MDY": r"\3-\1-\2"}
_TIME = r"(?:[ T]\d{2}:\d{2}(?::\d{2})?)?$"
_YEAR_FIRST = r"^\d{4}[-./]\d{1,2}[-./]\d{1,2}" + _TIME
_YEAR_LAST = r"^\d{1,2}[-./]\d{1,2}[-./]\d{4}" + _TIME


def same_cell(side: Side, column: ColumnMapping, relation: ir.Table | None = None) -> ir.StringValue:
    """A column of one side as it is compared, of the side's own relation or of some of its rows."""
    relation = side.relation if relation is None else relation
    if column.source in side.translated:
        return relation[side.translated[column.source]].fill_null(UNRESOLVED).cast("string")
    return canonical_source(relation, column) if side.is_source else canonical_target(relation, column)


def canonical_source(relation: ir.Table, column: ColumnMapping) -> ir.StringValue:
    """A source column as it is compared."""
    if column.kind == LISTED:
        listed = ids_in(relation[column.source].cast("string"))
        return joined_ids(replaced_ids(listed, column.replaced)).fill_null("")
    return _canonical(_source_cell(relation, column), column, column.source_writing)


def canonical_target(relation: ir.Table, column: ColumnMapping) -> ir.StringValue:
    """A target column as it is compared."""
    return _canonical(_target_cell(relation, column), column, column.target_writing)


def number_and_rest(side: Side, column: ColumnMapping, relation: ir.Table) -> tuple[ir.Value, ...]:
    """A column of numbers as such, and as text what is none; nothing of another column.

    To hash, this is as good as the texts they are compared as: the engine need not write each number as one.
    """
    writings = column.source_writing, column.target_writing
    if column.kind != NUMBER or not needs_reading(column) or any(one.is_roundabout or one.cut for one in writings):
        return ()
    cell = _source_cell(relation, column) if side.is_source else _target_cell(relation, column)
    number = _number(cell, writings[0 if side.is_source else 1].comma)
    return number, ibis.ifelse(number.isnull(), cell.fill_null(""), ibis.null("string"))


def _source_cell(relation: ir.Table, column: ColumnMapping) -> ir.StringValue:
    cell = relation[column.source].cast("string")
    return cell.substitute(column.replaced) if column.replaced else cell


def _target_cell(relation: ir.Table, column: ColumnMapping) -> ir.StringValue:
    cell = relation[column.target].cast("string")
    return cell.substitute({column.blank_there: ""}) if column.blank_there else cell


def _canonical(cell: ir.StringValue, column: ColumnMapping, writing: Writing) -> ir.StringValue:
    return _read(cell, column, writing).fill_null("")


def _read(cell: ir.StringValue, column: ColumnMapping, writing: Writing) -> ir.StringValue:
    if writing.is_roundabout:
        cell = ibis.ifelse(cell == "", cell, READ_ONE_BY_ONE + cell)
    elif column.kind == WORDS:
        cell = cell.lower().re_split(r"[^\p{L}\p{N}]+").sort().join(" ").strip()
    elif column.kind == LISTED:
        cell = joined_ids(ids_in(cell))
    elif column.kind == LOOSE:
        cell = _without_prefix(loosely(cell), writing)
    elif writing.cut:
        cell = substring(cell, 1, writing.cut)
    elif column.kind == DATE and needs_reading(column):
        cell = _iso_dates(cell, writing)
    elif column.kind == NUMBER and needs_reading(column):
        cell = _plain_number(cell, writing.comma)
    return cell


def _without_prefix(cell: ir.StringValue, writing: Writing) -> ir.StringValue:
    return cell.re_replace(f"^(?:{writing.prefixes})(.)", r"\1") if writing.prefixes else cell


def needs_reading(column: ColumnMapping) -> bool:
    """Say whether the sides write the column differently, so that texts cannot be compared as they stand."""
    one, other = column.source_writing, column.target_writing
    if column.kind == DATE:
        return column.rewritten or one.order != other.order or one.layout != other.layout
    return column.rewritten or one.comma != other.comma


def stands_as_it_is(column: ColumnMapping) -> bool:
    """Say whether texts of both sides are compared as they stand: a blank is no text on either."""
    is_read = any(_read(_ANY, column, one) is not _ANY for one in (column.source_writing, column.target_writing))
    return not (is_read or column.replaced or column.blank_there)


def _iso_dates(cell: ir.StringValue, writing: Writing) -> ir.StringValue:
    first, *others = writing.order.split(" ")
    iso = _iso_date(cell, first, writing.layout)
    for other in others:
        iso = ibis.ifelse(cell.contains(other[3:]), _iso_date(cell, other[:3], writing.layout), iso)
    return iso


def _iso_date(cell: ir.StringValue, order: str, layout: str) -> ir.StringValue:
    """Dates as ISO, with their time but for midnight; what is no date stays as it stands.

    The usual layouts come first: looking for those costs a tenth of what looking for any does.
    """
    dates = f"{_YEAR_FIRST}|{_YEAR_LAST}" if order in TURNED else _YEAR_FIRST
    usual = _usual_dates(cell, order)
    asked = sorted(usual, key=lambda one: one != layout.replace("9", "_"))
    likes = [(cell.like(one), usual[one]) for one in asked]
    return ibis.cases(*likes, (cell.re_search(dates), _any_date(cell, order)), else_=cell)


def _usual_dates(cell: ir.StringValue, order: str) -> dict[str, ir.StringValue]:
    """What becomes of dates in layouts of which a cell has one at most."""
    found = {"____-__-__": cell, "____-__-__ __:__:__": _but_midnight(cell, substring(cell, 1, 10), cell)}
    if order in TURNED:
        places = zip(TURNED[order], (4, 2, 2), strict=True)
        year, month, day = (substring(cell, place, width) for place, width in places)
        iso = concat_ws("", year, "-", month, "-", day, "")
        with_time = concat_ws("", year, "-", month, "-", day, substring(cell, 11, 9))
        turned = {"__.__.____": iso, "__/__/____": iso}
        timed = {f"{layout} __:__:__": _but_midnight(cell, iso, with_time) for layout in turned}
        found = turned | timed | found
    return found


def _but_midnight(cell: ir.StringValue, day: ir.StringValue, moment: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(cell.endswith(" 00:00:00"), day, moment)


def _any_date(cell: ir.StringValue, order: str) -> ir.StringValue:
    """A date of any layout: zeros before single digits, the year first, hyphens, a time with its seconds."""
    cell = cell.re_replace(r"^(\d[-./])", r"0\1")
    for _ in range(2):
        cell = cell.re_replace(r"([-./])(\d(?:[-./ T]|$))", r"\10\2")
    if order in TURNED:
        cell = cell.re_replace(r"^(\d{2})[-./](\d{2})[-./](\d{4})", _TURN[order])
    day = cell.re_replace(r"^(\d{4})[-./](\d{2})[-./](\d{2})", r"\1-\2-\3")
    return day.replace("T", " ").re_replace(r"( \d{2}:\d{2})$", r"\1:00").re_replace(" 00:00:00$", "")


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def substring(text: str, place: int, width: int) -> str:
    """A part of a text; Ibis's own words for it are three times as slow."""
    raise NotImplementedError


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def concat_ws(between: str, year: str, first: str, month: str, second: str, day: str, time: str) -> str:
    """The parts of a date as one text; one `||` after the other is half as slow again."""
    raise NotImplementedError


def _plain_number(cell: ir.StringValue, comma: bool) -> ir.StringValue:
    return ibis.coalesce(_number(cell, comma).cast("string"), cell)


def _number(cell: ir.StringValue, comma: bool) -> ir.FloatingValue:
    """The number a cell is; none where it is no number, or one of more digits than are exact."""
    text = cell.replace(".", "").replace(",", ".") if comma else cell.replace(",", "")
    return ibis.ifelse(text.length() <= LONGEST_EXACT, text.try_cast("float64"), ibis.null("float64"))


def compared_columns(table: TableMapping) -> list[ColumnMapping]:
    """The columns that have a counterpart, in one order on both sides."""
    return sorted(table.compared, key=lambda column: column.source)
