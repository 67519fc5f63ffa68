"""Reconcile the source with the target: parents first, each table in two phases."""

from dataclasses import dataclass, replace
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.causes import Cause
from implement.engine.facts import Progress, no_progress
from implement.engine.intake import Intake, SourceTable
from implement.engine.mapping.composite import compared_parts, hold_composites
from implement.engine.mapping.names import looks_like_id
from implement.engine.mapping.plan import LOOSE, TEXT, Mapping, TableMapping
from implement.engine.mapping.relations.look_ups import read_look_ups
from implement.engine.mapping.tables.together import group_moved
from implement.engine.reconcile.arrived.equal import EqualRows, settle_equal_rows
from implement.engine.reconcile.arrived.rows import Side, source_side, target_side
from implement.engine.reconcile.because import add_causes
from implement.engine.reconcile.classes import BENIGN, DROPPED, VALUE_LOST
from implement.engine.reconcile.fates.decided import decide_fates
from implement.engine.reconcile.fates.outcome import TableOutcome, TableTotals, count_totals
from implement.engine.reconcile.fates.records import name_records
from implement.engine.reconcile.fates.survivors import FollowedRows, find_survivors
from implement.engine.reconcile.fates.twins import find_second_copies, keep_alike
from implement.engine.reconcile.fields.compared import name_fields
from implement.engine.reconcile.fields.joining import put_together, tell_by_parts, with_wholes
from implement.engine.reconcile.fields.whole import fold_columns
from implement.engine.reconcile.findings import Finding, findings_in_order, findings_table
from implement.engine.reconcile.links.pairing import Leftovers, keep_leftovers, pair_plainly
from implement.engine.reconcile.links.weights import Judge, follow_others, weigh_fields
from implement.engine.reconcile.relations.circles import with_circles
from implement.engine.reconcile.relations.listed import tell_lists, translate_lists
from implement.engine.reconcile.relations.proven import prove_merged
from implement.engine.reconcile.relations.references import Outcomes, find_torn, translate_references
from implement.engine.reconcile.risk import ValueAtRisk, weigh_risk
from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS, ReconcileSettings
from implement.engine.reconcile.tables.counterparts import find_counterparts
from implement.engine.reconcile.tables.parts import mark_rows, with_marks
from implement.engine.reconcile.tables.staging import hand_over


@dataclass(frozen=True)
class Reconciliation:
    """What became of every record: findings in order, totals per table, causes, and the value at risk."""

    findings: pa.Table
    tables: tuple[TableTotals, ...]
    causes: tuple[Cause, ...]
    value_at_risk: tuple[ValueAtRisk, ...]
    only_in_target: tuple[str, ...]
    columns_only_in_target: tuple[tuple[str, str], ...] = ()

    @property
    def harmful(self) -> int:
        """How many findings mean that something went wrong."""
        return int(self.findings.filter(~pc.field("class").isin(list(BENIGN))).num_rows)


def reconcile(
    source: Intake,
    target: Intake,
    mapping: Mapping,
    backend: Backend,
    *,
    settings: ReconcileSettings = DEFAULT_RECONCILE_SETTINGS,
    progress: Progress = no_progress,
) -> Reconciliation:
    """Say for every record of the source what happened to it on its way into the target."""
    source, target = hold_composites(source, target, mapping)
    sources, targets = read_look_ups(mapping, hand_over(source, backend)), hand_over(target, backend)
    desk = _Desk(mapping, sources, targets, backend, settings)
    outcomes: dict[str, TableOutcome] = {}
    findings: list[Finding] = []
    total = sum(sources[table.source].row_count for table in mapping.tables)
    done = 0
    for table in parents_first(mapping):
        progress(table.source, done, total)
        if table.target is not None:
            outcomes[table.source] = desk.reconcile(mark_rows(put_together(table)), outcomes)
            backend.let_lie()
        done += sources[table.source].row_count
        findings += _missing(put_together(table), sources[table.source], backend)
    for outcome in outcomes.values():
        prove_merged(outcome, outcomes, backend)
    for outcome in outcomes.values():
        _add_torn(outcome, outcomes, backend)
        fold_columns(outcome, settings, backend)
        tell_by_parts(outcome, backend)
        tell_lists(outcome, mapping.table(outcome.mapping.source), backend)
        outcome.forget_parents()
    progress("causes", total, total)
    return _conclude(mapping, sources, outcomes, findings, backend)


def _conclude(
    mapping: Mapping,
    sources: dict[str, SourceTable],
    outcomes: dict[str, TableOutcome],
    findings: list[Finding],
    backend: Backend,
) -> Reconciliation:
    causes: list[Cause] = []
    for outcome in outcomes.values():
        causes += add_causes(outcome, outcomes, backend)
    found = [findings_table(findings), *(outcome.findings for outcome in outcomes.values())]
    return Reconciliation(
        findings_in_order(pa.concat_tables(found)),
        tuple(_totals(table, sources[table.source], outcomes) for table in mapping.tables),
        tuple(sorted(causes, key=lambda cause: (-cause.inside, cause.table, cause.sentence))),
        tuple(risk for _, o in sorted(outcomes.items()) if (risk := weigh_risk(o, backend)) is not None),
        mapping.only_in_target,
        tuple((table.target or "", name) for table in mapping.tables for name in table.only_in_target),
    )


def _totals(table: TableMapping, source: SourceTable, outcomes: dict[str, TableOutcome]) -> TableTotals:
    if table.source in outcomes:
        return count_totals(outcomes[table.source])
    classes = {} if table.left_behind or not source.row_count else {DROPPED: 1}
    return TableTotals(table.source, None, source.row_count, 0, 0, 0, 0, classes)


def parents_first(mapping: Mapping) -> list[TableMapping]:
    """Order the tables so that parents come before the tables that refer to them, as far as there is no circle."""
    waiting = sorted(mapping.tables, key=lambda table: table.source)
    ordered: list[TableMapping] = []
    while waiting:
        left = {table.source for table in waiting}
        ready = [t for t in waiting if not any(r.parent in left and r.parent != t.source for r in t.relations)]
        taken = ready or waiting[:1]
        ordered += taken
        waiting = [table for table in waiting if table not in taken]
    return ordered


@dataclass(frozen=True)
class _Desk:
    """Both sides of the whole transfer, from which tables are taken one by one."""

    mapping: Mapping
    sources: dict[str, SourceTable]
    targets: dict[str, SourceTable]
    backend: Backend
    settings: ReconcileSettings

    @cached_property
    def _counterparts(self) -> dict[str, SourceTable]:
        """Where the records of tables are that share their counterpart, or have several."""
        return find_counterparts(self.mapping, self.sources, self.targets, self.backend)

    def reconcile(self, table: TableMapping, outcomes: dict[str, TableOutcome]) -> TableOutcome:
        """Link the records of a table, then name what happened to their fields."""
        known = with_circles(table, self.mapping, outcomes, lambda parent, done: self._link(parent, done)[0])
        outcome, leftovers = self._link(table, known)
        name_fields(outcome, leftovers, known, self.backend)
        return _without_needless_cells(outcome)

    def _link(self, table: TableMapping, outcomes: Outcomes) -> tuple[TableOutcome, tuple[Leftovers, Leftovers]]:
        backend = self.backend
        there = self._counterparts.get(table.source, self.targets[table.target or ""])
        table, there = translate_lists(table, there, outcomes, backend)
        target = with_wholes(there, [one.target for one in table.joined])
        source = with_marks(table, self.sources[table.source])
        one = source_side(table, with_wholes(source, [one.source for one in table.joined]))
        other = target_side(table, target, translate_references(table, outcomes, backend))
        equal = settle_equal_rows(table, one, other, backend)
        judge = _judge(table, one, equal, backend, self.settings)
        leftovers = keep_leftovers(table, (one, other), equal, backend)
        plain = pair_plainly(*leftovers, judge, backend)
        doubtful = leftovers[0].take(leftovers[0].but(plain.ones)), leftovers[1].take(leftovers[1].but(plain.others))
        survivors = find_survivors(table, one, outcomes)
        near = FollowedRows(one, keep_alike(doubtful, one, judge, backend).cells, survivors)
        fates = decide_fates(*doubtful, judge, lambda rows, *asked: find_second_copies(rows, near, *asked))
        outcome = TableOutcome(table, one, other, equal, plain, fates, judge)
        name_records(outcome, near, judge, backend)
        return outcome, leftovers


def _without_needless_cells(outcome: TableOutcome) -> TableOutcome:
    """The outcome with those cells of its rows that are still asked for when all tables are done."""
    fates, references = outcome.fates, {reference.column for reference in outcome.mapping.relations}
    source = fates.source.keep_only(fates.source.raw, references)
    target = fates.target.keep_only(references, references)
    return replace(outcome, fates=replace(fates, source=source, target=target, copies={}))


def _judge(table: TableMapping, source: Side, equal: EqualRows, backend: Backend, settings: ReconcileSettings) -> Judge:
    """What tells rows apart; what rows only name beside them counts once, as all of it follows from whom they name."""
    skipped = frozenset(name for name in source.key_columns if looks_like_id(name))
    references = {reference.column for reference in table.references}
    naming = frozenset(c.source for c in table.compared if c.kind in (TEXT, LOOSE) and c.source not in references)
    if not equal.unequal:
        return Judge({}, source.readers, settings, skipped, naming)
    sample = source.sample(settings.sample_rows, backend)
    naming -= follow_others(sample, references)
    weights = weigh_fields(sample, source.table.row_count)
    for moved in group_moved(table):
        naming -= moved
        skipped |= moved - {max(sorted(moved), key=weights.__getitem__)}
    return Judge(weights, source.readers, settings, skipped, naming)


def _add_torn(outcome: TableOutcome, outcomes: dict[str, TableOutcome], backend: Backend) -> None:
    for reference in outcome.mapping.relations:
        if reference.parent in outcomes:
            outcome.add(find_torn(outcome, reference, outcomes[reference.parent], backend))


def _missing(table: TableMapping, source: SourceTable, backend: Backend) -> list[Finding]:
    """One finding for a table, or for each column, that has no counterpart and was not left behind on purpose."""
    if table.left_behind:
        return []
    if table.target is None:
        return [Finding(table.source, "", "", DROPPED, cause=f"{source.row_count} records")] if source.row_count else []
    parts = compared_parts(table)
    missing = [c.source for c in table.columns if c.target is None and not c.left_behind and c.source not in parts]
    if not missing:
        return []
    counted = backend.connection.to_pyarrow(
        source.relation.aggregate(**{name: source.relation[name].count() for name in missing})
    ).to_pylist()[0]
    return [Finding(table.source, "", "", VALUE_LOST, name, cause=f"{n} values") for name, n in counted.items() if n]
