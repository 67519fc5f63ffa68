"""Findings on whole records: dropped, merged, duplicated, rekeyed, extra."""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.reconcile.arrived.rows import Rows
from implement.engine.reconcile.cells.differing import are_fates, compare_all
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
from implement.engine.reconcile.fates.decided import Twin
from implement.engine.reconcile.fates.kept_once import find_kept_once
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.fates.survivors import FollowedRows, follow
from implement.engine.reconcile.fates.twins import find_duplicates, find_merged
from implement.engine.reconcile.findings import findings_at_once
from implement.engine.reconcile.links.weights import Judge

_FOREIGN = (VALUE_CHANGED, VALUE_LOST, VALUE_FILLED)
_NOWHERE = ("", 0)
"""The id and the number of no row."""


def name_records(outcome: TableOutcome, near: FollowedRows, judge: Judge, backend: Backend) -> None:
    """Add the findings on records that have no partner, or one under a foreign key; twins are sought in `near`."""
    fates = outcome.fates
    twins = find_duplicates(follow(fates.target, near.survivors), fates.free_targets, fates.copies, near, judge)
    fates.link_twins(twins)
    outcome.add_table(_name_free_targets(outcome, twins))
    outcome.add_table(_name_free_sources(outcome, near, judge, backend))
    outcome.add_table(_name_rekeyed(outcome))


def _name_free_targets(outcome: TableOutcome, twins: Mapping[int, Twin]) -> pa.Table:
    fates, free = outcome.fates, outcome.fates.free_targets
    owners = {place: (pool.ids[other], pool.numbers[other]) for place, (pool, other) in twins.items()}
    told = [DUPLICATED if place in twins else EXTRA for place in free]
    return findings_at_once(outcome.mapping.source, told, _side_by_side(owners, free), _named(fates.target, free))


def _name_free_sources(outcome: TableOutcome, near: FollowedRows, judge: Judge, backend: Backend) -> pa.Table:
    fates, free = outcome.fates, outcome.fates.free_sources
    twins = find_merged(fates.source, free, near.as_they_stand, judge)
    twins |= find_kept_once(fates.source, free, twins, near.as_they_stand, judge, backend)
    homes = _find_homes(outcome, [pool.numbers[other] for pool, other in twins.values()], backend)
    found = {place: homes.get(pool.numbers[other], _NOWHERE) for place, (pool, other) in twins.items()}
    names = {place: pool.ids[other] for place, (pool, other) in twins.items()}
    outcome.merged.update({fates.source.ids[place]: name for place, name in names.items()})
    told, named = [MERGED if place in twins else DROPPED for place in free], _named(fates.source, free)
    outcome.gone.update(zip(named[0], (names.get(place, "") for place in free), strict=True))
    return findings_at_once(outcome.mapping.source, told, named, _side_by_side(found, free))


def _named(rows: Rows, places: Sequence[int]) -> tuple[list[str], list[int]]:
    """The ids and the numbers of some rows."""
    return [rows.ids[place] for place in places], [rows.numbers[place] for place in places]


def _side_by_side(found: Mapping[int, tuple[str, int]], places: Sequence[int]) -> tuple[list[str], list[int]]:
    """The ids and the numbers of the rows that were found for some places; none where no row was found."""
    rows = [found.get(place, _NOWHERE) for place in places]
    return [name for name, _ in rows], [number for _, number in rows]


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
    asked = np.array(sorted(set(numbers) - homes.keys()), dtype=np.int64)
    found = backend.connection.to_pyarrow(outcome.settled_links_of(asked))
    links = dict(zip(found.column("target_row").to_pylist(), found.column("source_row").to_pylist(), strict=True))
    if links:
        rows = np.array(sorted(links))
        ids = outcome.target.name_numbers(rows, backend)
        homes |= {links[number]: (name, number) for number, name in zip(rows.tolist(), ids.to_pylist(), strict=True)}
    return homes


def _name_rekeyed(outcome: TableOutcome) -> pa.Table:
    """Name rows linked by content whose target carries another record's key.

    Damaged keys, and differing parts of keys that have several, are findings on the field.
    """
    fates, ones = outcome.fates, _with_foreign_keys(outcome)
    others = [fates.linked[one] for one in ones]
    keys, found = [fates.source.keys[one] for one in ones], [fates.target.keys[other] for other in others]
    named = _named(fates.source, ones)
    outcome.gone.update(zip(named[0], found, strict=True))
    sides = named, _named(fates.target, others)
    return findings_at_once(outcome.mapping.source, REKEYED, *sides, source_value=keys, target_value=found)


def _with_foreign_keys(outcome: TableOutcome) -> list[int]:
    if len(outcome.source.key_columns) != 1:
        return []
    fates, linked = outcome.fates, sorted(outcome.fates.by_content)
    keys, found = [fates.source.keys[one] for one in linked], [fates.target.keys[fates.linked[one]] for one in linked]
    told = zip(linked, keys, found, loosen_all(keys), loosen_all(found), strict=True)
    ones = [one for one, key, other, loose, other_loose in told if key and other and loose != other_loose]
    others = [fates.linked[one] for one in ones]
    name = outcome.source.key_columns[0]
    cells = fates.source.raw[name].take(ones), fates.target.raw[name].take(others)
    return list(itertools.compress(ones, are_fates(compare_all(outcome.source.readers[name], *cells), _FOREIGN)))
