"""References that the target writes as the parent's name, its words in another order: `Lund, Otto` for `Otto Lund`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from implement.engine.mapping.looking.alignment import Pair
from implement.engine.mapping.looking.profile import Cells
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import TEXT, ColumnMapping, Reference, TableMapping, Writing
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.words import order_words

Values = tuple[Pair, ...]


def with_turned_names(table: TableMapping, pairs: Mapping[str, TablePair], settings: MappingSettings) -> TableMapping:
    """The table with what the target calls parents where it turns their names; each id's name is a replaced value."""
    times, key = Counter(one.column for one in table.references), dict(table.key)
    for reference in table.references:
        column, parent = table.column(reference.column), pairs.get(reference.parent)
        if column is None or parent is None or reference.column in key or times[reference.column] > 1:
            continue
        if reference.target_parent_column in (None, parent.parent.target_key):
            values = _find_values(reference, column, pairs[table.source], parent.source, settings)
            table = _called(table, reference, column, values) if values else table
    return table


def _called(table: TableMapping, reference: Reference, column: ColumnMapping, values: Values) -> TableMapping:
    named = replace(
        column,
        kind=TEXT,
        source_writing=Writing(),
        target_writing=Writing(),
        rewritten=False,
        values=values,
        note="the names of the records, their words in another order",
    )
    return replace(
        table,
        columns=tuple(named if one is column else one for one in table.columns),
        references=tuple(
            replace(one, target_parent_column=None) if one is reference else one for one in table.references
        ),
    )


def _find_values(
    reference: Reference, column: ColumnMapping, pair: TablePair, parent: TableProfile, settings: MappingSettings
) -> Values:
    """The parents' ids and what the target calls them, if that holds for nearly all of the matched rows."""
    matched, ids = pair.key.alignment, parent.rows[reference.parent_column]
    if matched is None or column.target is None or column.target not in pair.target.rows:
        return ()
    cells = zip(matched.source[column.source], matched.target[column.target], strict=True)
    filled = [(one, other) for one, other in cells if one and other]
    for name, profile in parent.columns.items():
        if profile.kind == TEXT and name != reference.parent_column:
            values = _name_turned(ids, parent.rows[name], pair.target.rows[column.target])
            if 0 < len(values) <= settings.map_values and _holds(values, filled, settings):
                return values
    return ()


def _name_turned(ids: Cells, names: Cells, cells: Cells) -> Values:
    """For each id the usual spelling, among the cells, of a name of the same words, of which there are two at least."""
    spelled = {order_words(cell): cell for cell, _ in reversed(Counter(filter(None, cells)).most_common())}
    words = [(one, name, order_words(name)) for one, name in zip(ids, names, strict=True) if one and name]
    found = {one: (name, spelled[turned]) for one, name, turned in words if " " in turned and turned in spelled}
    is_turned = any(name != spelling for name, spelling in found.values())
    return tuple(sorted((one, spelling) for one, (_, spelling) in found.items())) if is_turned else ()


def _holds(values: Values, filled: Sequence[Pair], settings: MappingSettings) -> bool:
    called = {*values}
    return sum(both in called for both in filled) >= max(settings.map_rows, settings.map_share * len(filled))
