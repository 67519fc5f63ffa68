"""Findings on whole records: dropped, merged, duplicated, rekeyed, extra."""

from implement.engine.backend import Backend
from implement.engine.mapping.writing import loosen
from implement.engine.reconcile.cells import CellReader
from implement.engine.reconcile.classes import (
    DROPPED,
    DUPLICATED,
    EXTRA,
    MERGED,
    REKEYED,
    VALUE_CHANGED,
    VALUE_FILLED,
    VALUE_LOST,
)
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.twins import find_duplicates, find_merged
from implement.engine.reconcile.weights import Judge


def name_records(outcome: TableOutcome, judge: Judge, backend: Backend) -> None:
    """Add the findings on records that have no partner, or one under a foreign key."""
    _name_free_targets(outcome, judge, backend)
    _name_free_sources(outcome, judge, backend)
    _name_rekeyed(outcome)


def _name_free_targets(outcome: TableOutcome, judge: Judge, backend: Backend) -> None:
    fates, table = outcome.fates, outcome.mapping.source
    twins = find_duplicates(fates.target, fates.free_targets, outcome.source, judge, backend)
    for place in fates.free_targets:
        target_id, number = fates.target.ids[place], fates.target.numbers[place]
        if place in twins:
            pool, other = twins[place]
            found = Finding(
                table, pool.ids[other], target_id, DUPLICATED, source_row=pool.numbers[other], target_row=number
            )
        else:
            found = Finding(table, "", target_id, EXTRA, target_row=number)
        outcome.findings.append(found)


def _name_free_sources(outcome: TableOutcome, judge: Judge, backend: Backend) -> None:
    fates, table = outcome.fates, outcome.mapping.source
    twins = find_merged(fates.source, fates.free_sources, outcome.source, judge, backend)
    for place in fates.free_sources:
        source_id, number = fates.source.ids[place], fates.source.numbers[place]
        twin = ""
        if place in twins:
            pool, other = twins[place]
            twin = pool.ids[other]
        outcome.gone[source_id] = twin
        fate = MERGED if place in twins else DROPPED
        outcome.findings.append(Finding(table, source_id, "", fate, source_row=number, target_value=twin))


def _name_rekeyed(outcome: TableOutcome) -> None:
    """Name rows linked by content whose target carries another record's key; damaged keys are findings on the field."""
    fates = outcome.fates
    readers = [outcome.source.readers[name] for name in outcome.source.key_columns]
    for one in sorted(fates.by_content):
        other = fates.linked[one]
        key, found = fates.source.keys[one], fates.target.keys[other]
        if not key or not found or loosen(key) == loosen(found):
            continue
        if not _is_foreign(outcome, readers, one, other):
            continue
        outcome.gone[fates.source.ids[one]] = fates.source.ids[one] if not found else found
        outcome.findings.append(
            Finding(
                outcome.mapping.source,
                fates.source.ids[one],
                fates.target.ids[other],
                REKEYED,
                "",
                key,
                found,
                "",
                fates.source.numbers[one],
                fates.target.numbers[other],
            )
        )


def _is_foreign(outcome: TableOutcome, readers: list[CellReader], one: int, other: int) -> bool:
    fates = outcome.fates
    return any(
        reader.compare(fates.source.raw[name][one], fates.target.raw[name][other])
        in (VALUE_CHANGED, VALUE_LOST, VALUE_FILLED)
        for name, reader in zip(outcome.source.key_columns, readers, strict=True)
    )
