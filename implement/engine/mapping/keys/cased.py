"""Keys that only capitals and small letters tell apart: `0065Y00000DpGc` and `0065Y00000DpGC` are two records.

Elsewhere capitals are a matter of writing. Where both sides hold the same such codes, these are read as they stand,
and so are the columns that name records by them.
"""

from collections.abc import Mapping

from implement.engine.backend import Backend
from implement.engine.mapping.columns.overlap import contained
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile, keep_case
from implement.engine.mapping.plan import TEXT
from implement.engine.mapping.settings import MappingSettings

LEAST_SHARED = 0.5
"""So many of the codes of one side must be those of the other, letter by letter."""
Profiles = dict[str, TableProfile]


def tell_apart_by_case(
    source: Profiles, target: Profiles, backend: Backend, settings: MappingSettings
) -> tuple[Profiles, Profiles]:
    """Both sides with the columns read as they stand that hold such keys or name records by them."""
    ones, others = (_find_codes(side, backend, settings) for side in (source, target))
    shared = [
        (one, other)
        for one, (as_it_stands, _) in ones.items()
        for other, (there, _) in others.items()
        if max(contained(as_it_stands, there), contained(there, as_it_stands)) >= LEAST_SHARED
    ]
    keys = [ones[one][1] for one, _ in shared] + [others[other][1] for _, other in shared]
    one, other = (_read_as_they_stand(side, keys, backend, settings) for side in (source, target))
    return one, other


def _find_codes(
    side: Profiles, backend: Backend, settings: MappingSettings
) -> Mapping[tuple[str, str], tuple[ColumnProfile, ColumnProfile]]:
    """The columns of codes that only their capitals tell apart, as they stand and as they were read before."""
    found: dict[tuple[str, str], tuple[ColumnProfile, ColumnProfile]] = {}
    for name, profile in side.items():
        told = [column.name for column in profile.columns.values() if column.is_told_by_case]
        kept = keep_case(profile, told, backend, settings) if told else profile
        found |= {(name, column): (kept.columns[column], profile.columns[column]) for column in told}
    return found


def _read_as_they_stand(
    side: Profiles, keys: list[ColumnProfile], backend: Backend, settings: MappingSettings
) -> Profiles:
    if not keys:
        return side
    named = {
        name: [column.name for column in profile.columns.values() if column.kind == TEXT and _is_of(column, keys)]
        for name, profile in side.items()
    }
    return {
        name: keep_case(profile, named[name], backend, settings) if named[name] else profile
        for name, profile in side.items()
    }


def _is_of(column: ColumnProfile, keys: list[ColumnProfile]) -> bool:
    return any(contained(column, key) >= LEAST_SHARED for key in keys)
