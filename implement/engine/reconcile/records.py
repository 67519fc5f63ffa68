"""Findings on whole records: dropped, merged, duplicated, rekeyed, extra."""

import itertools
from collections.abc import Iterator, Sequence

import ibis
import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.mapping.writing import loosen
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
from implement.engine.reconcile.differing import are_fates, compare_all
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.rows import KeptRows
from implement.engine.reconcile.twins import find_duplicates, find_merged
from implement.engine.reconcile.weights import Judge

_FOREIGN = (VALUE_CHANGED, VALUE_LOST, VALUE_FILLED)


def name_records(outcome: TableOutcome, near: KeptRows, judge: Judge, backend: Backend) -> None:
    """Add the findings on records that have no partner, or one under a foreign key; twins are sought in `near`."""
    outcome.add(_name_free_targets(outcome, near, judge))
    outcome.add(_name_free_sources(outcome, near, judge, backend))
    outcome.add(_name_rekeyed(outcome))


def _name_free_targets(outcome: TableOutcome, near: KeptRows, judge: Judge) -> Iterator[Finding]:
    fates, table = outcome.fates, outcome.mapping.source
    twins = find_duplicates(fates.target, fates.free_targets, near, judge)
    for place in fates.free_targets:
        target_id, number = fates.target.ids[place], fates.target.numbers[place]
        if place in twins:
            pool, other = twins[place]
            rows = pool.numbers[other], number
            yield Finding(table, pool.ids[other], target_id, DUPLICATED, "", "", "", "", *rows)
        else:
            yield Finding(table, "", target_id, EXTRA, target_row=number)


def _name_free_sources(outcome: TableOutcome, near: KeptRows, judge: Judge, backend: Backend) -> Iterator[Finding]:
    fates, table = outcome.fates, outcome.mapping.source
    twins = find_merged(fates.source, fates.free_sources, near, judge)
    homes = _find_homes(outcome, [pool.numbers[other] for pool, other in twins.values()], backend)
    for place in fates.free_sources:
        source_id, number = fates.source.ids[place], fates.source.numbers[place]
        if place not in twins:
            outcome.gone[source_id] = ""
            yield Finding(table, source_id, "", DROPPED, source_row=number)
            continue
        pool, other = twins[place]
        outcome.gone[source_id] = pool.ids[other]
        target_id, target_row = homes.get(pool.numbers[other], ("", 0))
        yield Finding(table, source_id, target_id, MERGED, source_row=number, target_row=target_row)


def _find_homes(outcome: TableOutcome, numbers: Sequence[int], backend: Backend) -> dict[int, tuple[str, int]]:
    """For source rows the id and number of the target row they arrived in."""
    if not numbers:
        return {}
    fates = outcome.fates
    places = {number: place for place, number in enumerate(fates.source.numbers)}
    homes = {}
    for number in numbers:
        other = fates.linked.get(places.get(number, -1))
        if other is not None:
            homes[number] = (fates.target.ids[other], fates.target.numbers[other])
    asked = ibis.memtable(pa.table({"source_row": pa.array(sorted(set(numbers) - homes.keys()), pa.int64())}))
    found = backend.connection.to_pyarrow(outcome.settled_links().semi_join(asked, "source_row"))
    links = dict(zip(found.column("target_row").to_pylist(), found.column("source_row").to_pylist(), strict=True))
    if links:
        rows = np.array(sorted(links))
        ids = outcome.target.name_numbers(rows, backend)
        homes |= {links[number]: (name, number) for number, name in zip(rows.tolist(), ids.to_pylist(), strict=True)}
    return homes


def _name_rekeyed(outcome: TableOutcome) -> Iterator[Finding]:
    """Name rows linked by content whose target carries another record's key; damaged keys are findings on the field."""
    fates = outcome.fates
    for one in _with_foreign_keys(outcome):
        other = fates.linked[one]
        key, found = fates.source.keys[one], fates.target.keys[other]
        outcome.gone[fates.source.ids[one]] = found
        ids = fates.source.ids[one], fates.target.ids[other]
        rows = fates.source.numbers[one], fates.target.numbers[other]
        yield Finding(outcome.mapping.source, *ids, REKEYED, "", key, found, "", *rows)


def _with_foreign_keys(outcome: TableOutcome) -> list[int]:
    fates = outcome.fates
    keys = [(one, fates.source.keys[one], fates.target.keys[fates.linked[one]]) for one in sorted(fates.by_content)]
    ones = [one for one, key, found in keys if key and found and loosen(key) != loosen(found)]
    others = [fates.linked[one] for one in ones]
    foreign = np.zeros(len(ones), dtype=bool)
    for name in outcome.source.key_columns:
        cells = fates.source.raw[name].take(ones), fates.target.raw[name].take(others)
        foreign |= are_fates(compare_all(outcome.source.readers[name], *cells), _FOREIGN)
    return list(itertools.compress(ones, foreign))
