"""Edit the mapping of one table: its counterpart, key, column pairs, writings, value maps, relations."""

from collections.abc import Collection, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from implement.engine.mapping import (
    DATE,
    LISTED,
    LOOSE,
    TABLE,
    Also,
    ColumnMapping,
    Reference,
    TableMapping,
    Writing,
    beginnings_from_text,
    beginnings_to_text,
    is_composite,
    write_apart,
)

BY_HAND = "set by hand"
BLANK = '""'
"""How a blank is written among replaced values."""


Parent = tuple[str, str, str]
"""A table, its column that names records of it, and the CRM's column that does; blank where that is its counterpart."""


@dataclass(frozen=True)
class WritingEdit:
    """What a person says of how one side writes a column; `beginnings` are written as the page shows them."""

    order: str = ""
    comma: bool = False
    zone: str = ""
    first_year: int = 0
    beginnings: str = ""

    def put_into(self, writing: Writing) -> Writing:
        """The writing with what the person says."""
        said = replace(writing, order=self.order, comma=self.comma, zone=self.zone, first_year=self.first_year)
        if self.beginnings == beginnings_to_text(writing):
            return said
        prefixes, mark = beginnings_from_text(self.beginnings)
        return replace(said, prefixes=prefixes, mark=mark)


@dataclass(frozen=True)
class ColumnEdit:
    """What a person says of one source column; `parents` are those of any of which it names records."""

    source: str
    target: str | None
    kind: str
    source_writing: WritingEdit = WritingEdit()
    target_writing: WritingEdit = WritingEdit()
    is_key: bool = False
    values: tuple[tuple[str, str], ...] = ()
    parents: tuple[Parent, ...] = ()
    left_behind: str = ""

    def find_faults(self) -> dict[str, str]:
        """What cannot be meant, by setting: each is of one way to compare, and a list names records of one table."""
        sides = (("source", self.source_writing), ("target", self.target_writing))
        dated = {f"{side}_{name}" for side, one in sides for name in ("zone", "first_year") if getattr(one, name)}
        loose = {f"{side}_beginnings" for side, one in sides if one.beginnings}
        faults = dict.fromkeys(dated if self.kind != DATE else (), "no_date")
        faults |= dict.fromkeys(loose if self.kind != LOOSE else (), "not_loose")
        named = {(table, column) for table, column, _there in self.parents}
        if len(named) < len(self.parents):
            faults["parents"] = "parent_twice"
        if self.kind == LISTED and len(named) > 1:
            faults["parents"] = "several_of_list"
        return faults


def choose_target(table: TableMapping, target: str | None, left_behind: str, columns: Sequence[str]) -> TableMapping:
    """Give a table another counterpart, or none; columns with equal names are paired, the rest is for a person."""
    if target == table.target:
        return replace(table, left_behind="" if target else left_behind)
    there = set(columns)
    pairs = tuple(_follow(column, there) for column in table.columns)
    taken = {column.target for column in pairs}
    return replace(
        table,
        target=target,
        left_behind="" if target else left_behind,
        columns=pairs,
        key=tuple((one, other) for one, other in table.key if other in there),
        target_id=tuple(name for name in table.target_id if name in there),
        joined=tuple(one for one in table.joined if there.issuperset(one.target)),
        only_in_target=tuple(sorted(name for name in there if name not in taken)),
        sure=1.0,
        note=BY_HAND,
        target_rows=(),
        looked_up=(),
    )


def choose_parts(table: TableMapping, column: str, word: str, further: Sequence[str]) -> TableMapping:
    """Say which word of a column marks a table's rows among those of others, and which further tables hold some."""
    if table.target is None:
        return replace(table, target_rows=(), also=())
    known = {one.target: one for one in table.also}
    also = tuple(known.get(name, Also(name)) for name in further if name != table.target)
    return replace(table, target_rows=((column, word),) if column and word else (), also=also)


def edit_columns(table: TableMapping, edits: Sequence[ColumnEdit], target_columns: Sequence[str]) -> TableMapping:
    """Put the edits of some columns in; columns without an edit stay as they are."""
    by_source = {edit.source: edit for edit in edits}
    known = {column.source for column in table.columns}
    columns = [_edit(column, by_source.get(column.source)) for column in table.columns]
    columns += [_edit(ColumnMapping(edit.source, None), edit) for edit in edits if edit.source not in known]
    key = _edit_key(table, by_source)
    edited = replace(table, columns=tuple(columns))
    return replace(
        edited,
        key=key,
        source_id=table.source_id or tuple(one for one, _ in key),
        target_id=table.target_id or tuple(other for _, other in key),
        references=_edit_relations(table, by_source, listed=False),
        listed=_edit_relations(table, by_source, listed=True),
        only_in_target=list_only_in_target(edited, target_columns),
    )


def list_only_in_target(table: TableMapping, columns: Collection[str]) -> tuple[str, ...]:
    """The columns of the CRM that none of the old system became, and that do not say where a row or a column is."""
    columns = [name for name in columns if not is_composite(name, columns)]
    held = (write_apart(column.target or "", "", columns) for column in table.columns)
    taken = {TABLE, *(name for name, _ in table.target_rows), *(name for parts in held for name in parts)}
    moved = {name for name in columns for one in table.looked_up if one.holds(name)}
    return tuple(sorted({*columns} - taken - moved))


def parents_of(table: TableMapping, column: str) -> tuple[Parent, ...]:
    """The parents, and the columns that name their records on both sides, of any of which a column names records."""
    return tuple(_parent(one) for one in table.relations if one.column == column)


def _parent(one: Reference) -> Parent:
    return one.parent, one.parent_column, one.target_parent_column or ""


def find_pairing_faults(edits: Sequence[ColumnEdit]) -> dict[str, str]:
    """What cannot be meant, by source column: `twice` where two columns claim one counterpart, `key` without one."""
    claimed: dict[str, int] = {}
    for edit in edits:
        if edit.target:
            claimed[edit.target] = claimed.get(edit.target, 0) + 1
    faults = {edit.source: "key" for edit in edits if edit.is_key and not edit.target}
    return faults | {edit.source: "twice" for edit in edits if edit.target and claimed[edit.target] > 1}


def complete_columns(table: TableMapping, columns: Sequence[str]) -> TableMapping:
    """The mapping with a line for every column of the source, also those it does not speak of."""
    known = {column.source for column in table.columns}
    missing = tuple(ColumnMapping(name, None, sure=0.0) for name in columns if name not in known)
    order = {name: place for place, name in enumerate(columns)}
    listed = sorted((*table.columns, *missing), key=lambda column: order.get(column.source, len(order)))
    return replace(table, columns=tuple(listed))


def read_values(text: str) -> tuple[tuple[str, str], ...]:
    """Read replaced values, one `old = new` a line, `""` for a blank; raises ValueError with the line that is none."""
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        old, sign, new = line.partition(" = ")
        old, new = old.strip(), new.strip()
        if not sign or not old or _unquote(old) in pairs:
            raise ValueError(line.strip())
        pairs[_unquote(old)] = _unquote(new)
    return tuple(sorted(pairs.items()))


def _unquote(value: str) -> str:
    return "" if value == BLANK else value


def write_values(values: Sequence[tuple[str, str]]) -> str:
    """Write replaced values for a person to edit."""
    return "\n".join(f"{old or BLANK} = {new or BLANK}" for old, new in values)


def _follow(column: ColumnMapping, there: set[str]) -> ColumnMapping:
    name = column.target if column.target in there else column.source if column.source in there else None
    return replace(column, target=name, sure=1.0 if name else 0.0, note=BY_HAND if name else "")


def _edit(column: ColumnMapping, edit: ColumnEdit | None) -> ColumnMapping:
    if edit is None:
        return column
    changed = replace(
        column,
        target=edit.target,
        kind=edit.kind,
        source_writing=edit.source_writing.put_into(column.source_writing),
        target_writing=edit.target_writing.put_into(column.target_writing),
        values=edit.values,
        left_behind="" if edit.target else edit.left_behind,
    )
    return column if changed == column else replace(changed, sure=1.0, note=BY_HAND)


def _edit_key(table: TableMapping, edits: Map[str, ColumnEdit]) -> tuple[tuple[str, str], ...]:
    kept = [(one, other) for one, other in table.key if one not in edits]
    return tuple(kept + [(edit.source, edit.target) for edit in edits.values() if edit.is_key and edit.target])


def _edit_relations(table: TableMapping, edits: Map[str, ColumnEdit], *, listed: bool) -> tuple[Reference, ...]:
    """The columns that name records, one in a cell or several as lists: how it is compared says which."""
    found = [one for one in (table.listed if listed else table.references) if one.column not in edits]
    for edit in edits.values():
        if (edit.kind == LISTED) == listed:
            before = parents_of(table, edit.source)
            kept = [one for one in before if one in edit.parents]
            ordered = kept + [one for one in edit.parents if one not in before]
            found += [Reference(edit.source, one, named, there or None) for one, named, there in ordered]
    return tuple(sorted(found, key=lambda reference: reference.column))
