"""Differences that hold for a whole column become one finding; consistent replacements are mappings, not damage."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import ibis

from implement.engine.backend import Backend
from implement.engine.mapping.plan import ColumnMapping
from implement.engine.reconcile.classes import REFORMATTED, VALUE_CHANGED
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.settings import ReconcileSettings

VALUES_SHOWN = 20
_FOLDED = frozenset({REFORMATTED, VALUE_CHANGED})


def fold_columns(outcome: TableOutcome, settings: ReconcileSettings, backend: Backend) -> None:
    """Replace findings of a column that share one writing or one replacement by a single reformatted row."""
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if finding.field and finding.fate in _FOLDED:
            by_field[finding.field].append(finding)
    folded: set[Finding] = set()
    whole: list[Finding] = []
    for column in sorted(outcome.mapping.compared, key=lambda column: column.source):
        found = by_field.get(column.source, [])
        maps = _replacements(outcome, column, found, settings, backend)
        folded.update(f for f in found if (f.source_value, f.target_value) in maps)
        rewritten = _is_rewritten(outcome, column, found, settings)
        folded.update(f for f in found if rewritten and f.fate == REFORMATTED)
        if rewritten or maps or column.values:
            whole.append(_column_finding(outcome, column, maps | set(column.values), found))
    if folded:
        outcome.findings = [f for f in outcome.findings if f.fate not in _FOLDED or f not in folded]
    outcome.findings += whole


def _is_rewritten(
    outcome: TableOutcome, column: ColumnMapping, found: Sequence[Finding], settings: ReconcileSettings
) -> bool:
    if column.rewritten:
        return True
    rewritten = sum(1 for finding in found if finding.fate == REFORMATTED)
    return rewritten >= settings.map_rows and rewritten > settings.whole_column * outcome.arrived


def _replacements(
    outcome: TableOutcome,
    column: ColumnMapping,
    found: Sequence[Finding],
    settings: ReconcileSettings,
    backend: Backend,
) -> set[tuple[str, str]]:
    """Pairs of values where every occurrence of the one became the other, which stands for nothing else."""
    pairs = Counter((f.source_value, f.target_value) for f in found if f.fate == VALUE_CHANGED)
    often = {pair: n for pair, n in pairs.items() if n >= settings.map_rows}
    if not often or column.target is None:
        return set()
    written = _occurrences(outcome, column.source, True, {one for one, _ in often}, backend)
    seen = _occurrences(outcome, column.target, False, {other for _, other in often}, backend)
    return {
        (one, other)
        for (one, other), n in often.items()
        if n >= settings.map_share * (written[one] - _unlinked(outcome, column.source, one))
        and n >= settings.map_share * seen[other]
    }


def _unlinked(outcome: TableOutcome, name: str, value: str) -> int:
    fates = outcome.fates
    return sum(1 for place in fates.free_sources if fates.source.raw[name][place] == value)


def _occurrences(
    outcome: TableOutcome, column: str, is_source: bool, values: set[str], backend: Backend
) -> Counter[str]:
    relation = (outcome.source if is_source else outcome.target).table.relation
    asked = ibis.memtable({"value": sorted(values)}, schema={"value": "string"})
    found = relation.semi_join(asked, relation[column] == asked["value"])
    counted = backend.connection.to_pyarrow(found.group_by(value=found[column]).aggregate(rows=ibis._.count()))
    return Counter(dict(zip(counted.column("value").to_pylist(), counted.column("rows").to_pylist(), strict=True)))


def _column_finding(
    outcome: TableOutcome, column: ColumnMapping, maps: set[tuple[str, str]], found: Sequence[Finding]
) -> Finding:
    if maps:
        shown = sorted(maps)[:VALUES_SHOWN]
        one, other = "; ".join(a for a, _ in shown), "; ".join(b for _, b in shown)
    else:
        one, other = column.source_writing.layout, column.target_writing.layout
        first = min(((f.source_value, f.target_value) for f in found if f.fate == REFORMATTED), default=("", ""))
        one, other = one or first[0], other or first[1]
    return Finding(outcome.mapping.source, "", "", REFORMATTED, column.source, one, other)
