"""By which columns a table names its own records, and how much a column looks like an identifier."""

from implement.engine.backend import Backend
from implement.engine.mapping.composite import is_composite
from implement.engine.mapping.keys.counted_within import find_counted
from implement.engine.mapping.keys.unique_together import find_unique_together
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import concepts_of, is_generic, looks_like_id
from implement.engine.mapping.plan import DATE, NUMBER
from implement.engine.mapping.writings.codes import is_code

PUT_TOGETHER = 0.6
"""How much columns that together name a table's records look like its id: more than titles, less than a number."""


def id_likeness(column: ColumnProfile, table: TableProfile) -> float:
    """How much a column looks like an identifier, by name and by values, from 0 to 1."""
    if not column.counts or column.kind == DATE or (column.kind == NUMBER and column.writing.layout != "9"):
        return 0.0
    named = looks_like_id(column.name) and not is_generic(column.name)
    cells = [cell for cell in table.rows[column.name][:400] if cell]
    codes = sum(map(is_code, cells)) / max(1, len(cells))
    by_values = max(0.0, 0.6 * codes - 0.1 * (column.kind == NUMBER)) if column.mean_length < 40 else 0.0
    own = 0.15 if named and concepts_of(column.name) - {"id"} <= concepts_of(table.table.name) else 0.0
    return min(1.0, (0.7 if named else 0.0) + 0.3 * by_values + own)


def own_id(
    table: TableProfile, referenced: frozenset[str], backend: Backend, listing: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The column, or the columns together, by which a table names its own records; empty when it has none.

    A title that two records bear is none where the records are counted within something; nor is what is `listing`
    records of others.
    """
    ranked = sorted(
        (-_own_rank(column, table, referenced), column.name)
        for column in table.columns.values()
        if column.unique >= 0.98 and column.filled >= 0.98 and len(column.counts) > 1 and column.name not in listing
    )
    if ranked and -ranked[0][0] >= (0.15 if is_generic(ranked[0][1]) else 0.3):
        name = ranked[0][1]
        repeated = table.columns[name].unique < 1.0 and not looks_like_id(name)
        return (find_counted(table, backend) if repeated else ()) or (name,)
    return find_unique_together(table) or find_counted(table, backend)


def _own_rank(column: ColumnProfile, table: TableProfile, referenced: frozenset[str]) -> float:
    if is_composite(column.name, table.columns):
        return PUT_TOGETHER
    rank = id_likeness(column, table) + 0.02 * column.unique * column.filled
    if column.kind == DATE or (column.kind == NUMBER and column.writing.layout != "9"):
        return 0.0
    if column.name in referenced:
        rank += 0.5
    concepts = concepts_of(column.name)
    named_after = concepts == {"name"} or (concepts and concepts <= concepts_of(table.table.name) | {"name"})
    return rank + (0.4 if named_after else 0.0)


def target_id(other: TableProfile, own: tuple[str, ...], joined: tuple[str, ...]) -> tuple[str, ...]:
    """The target's own id; the columns of it `joined` by the key only where the target has no id of its own."""
    if not joined:
        return own
    ranked = sorted(
        (-id_likeness(column, other), column.name)
        for column in other.columns.values()
        if column.unique >= 0.98 and column.filled >= 0.98 and column.name not in joined
    )
    if ranked and -ranked[0][0] >= 0.7:
        return (ranked[0][1],)
    if len(joined) > 1:
        return joined
    if own and own != joined and is_generic(own[0]):
        return own
    if other.columns[joined[0]].filled < 0.98 and own:
        return own
    return joined
