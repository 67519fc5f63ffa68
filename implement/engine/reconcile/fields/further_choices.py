"""Choices of which the mapping does not say what they became, as rare ones: what was found where they were chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence

from implement.engine.backend import Backend
from implement.engine.intake import SourceTable
from implement.engine.mapping.plan import ColumnMapping
from implement.engine.mapping.writings.id_lists import ids_in, read_ids
from implement.engine.reconcile.settings import ReconcileSettings

Pair = tuple[str, str]


def find_further_choices(
    column: ColumnMapping, pairs: Sequence[Pair], table: SourceTable, settings: ReconcileSettings, backend: Backend
) -> set[Pair]:
    """What unknown choices became, each the same one wherever it was chosen, of a column whose others are known."""
    known = column.replaced
    beside = Counter(filter(None, (_left_alone(one, other, known) for one, other in pairs))) if known else Counter()
    often = {pair: n for pair, n in beside.items() if n >= settings.renamed_rows and pair[1] not in known.values()}
    chosen = _count_chosen(table, column.source, {one for one, _ in often}, backend)
    return {pair for pair, n in often.items() if n >= settings.map_share * chosen[pair[0]]}


def _left_alone(written: str, found: str, known: Mapping[str, str]) -> Pair | None:
    """The one choice of a cell that is unknown, and the one found there that no other became."""
    ours, theirs = {*read_ids(written)}, {*read_ids(found)}
    unknown = ours - known.keys() - theirs
    left = theirs - {known.get(one, one) for one in ours}
    return (unknown.pop(), left.pop()) if len(unknown) == len(left) == 1 else None


def _count_chosen(table: SourceTable, column: str, choices: set[str], backend: Backend) -> Counter[str]:
    """In how many cells each of some choices was chosen."""
    if not choices:
        return Counter()
    ids = ids_in(table.relation[column])
    asked = {f"n{place}": ids.contains(choice).sum() for place, choice in enumerate(sorted(choices))}
    counted = backend.connection.to_pyarrow(table.relation.aggregate(**asked)).to_pylist()[0]
    return Counter({choice: counted[f"n{place}"] or 0 for place, choice in enumerate(sorted(choices))})
