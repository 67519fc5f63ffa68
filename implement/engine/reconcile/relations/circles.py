"""References in a circle: a table that names its own records, or parents that name their children."""

from collections.abc import Callable
from dataclasses import replace

from implement.engine.mapping.plan import Mapping, TableMapping
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.relations.references import Outcomes, is_direct

Link = Callable[[TableMapping, Outcomes], TableOutcome]


def with_circles(table: TableMapping, mapping: Mapping, outcomes: Outcomes, link: Link) -> Outcomes:
    """The outcomes a table's references ask for; a parent that is not done yet is linked without its own open ones."""
    known = dict(outcomes)
    for name in sorted(_open_parents(table, mapping, outcomes)):
        parent = mapping.table(name)
        if parent is not None and parent.target is not None:
            known[name] = link(_without_open(parent, mapping, outcomes), outcomes)
    return known


def _open_parents(table: TableMapping, mapping: Mapping, outcomes: Outcomes) -> set[str]:
    return {reference.parent for reference in table.relations if _is_open(reference.column, table, mapping, outcomes)}


def _is_open(column: str, table: TableMapping, mapping: Mapping, outcomes: Outcomes) -> bool:
    """Say whether a column names by foreign ids records of a parent that is not reconciled yet."""
    compared = {one.source for one in table.compared}
    named = [(one, mapping.table(one.parent)) for one in table.relations if one.column == column]
    open_ones = [one for one, parent in named if parent and one.parent not in outcomes and not is_direct(one, parent)]
    return column in compared and bool(open_ones)


def _without_open(table: TableMapping, mapping: Mapping, outcomes: Outcomes) -> TableMapping:
    kept = tuple(one for one in table.columns if not _is_open(one.source, table, mapping, outcomes))
    names = {one.source for one in kept}
    references, listed = (tuple(r for r in some if r.column in names) for some in (table.references, table.listed))
    return replace(table, columns=kept, references=references, listed=listed)
