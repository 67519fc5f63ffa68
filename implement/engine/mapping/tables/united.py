"""Tables that were united, each mapped to its own rows of what they became, and such that were divided by rows."""

from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from implement.engine.backend import Backend
from implement.engine.mapping.columns.overlap import contained
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile, profile_table
from implement.engine.mapping.plan import TABLE, Also, TableMapping
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.tables.own_rows import divide
from implement.engine.mapping.tables.shared import FOUND, Profiles, best_column, find_united
from implement.engine.mapping.tables.together import hold_together

Mark = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnRows:
    """For each source table that shares its counterpart its own rows there, and what marks them."""

    views: dict[str, TableProfile] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    also: dict[str, tuple[Also, ...]] = field(default_factory=dict)
    """For each source table that was divided the further tables that hold its rows; its view is all of them."""


def unite(
    sources: Profiles,
    targets: Profiles,
    names: dict[str, str],
    sure: dict[str, float],
    backend: Backend,
    settings: MappingSettings,
) -> OwnRows:
    """Give source tables left over the counterpart that holds their rows beside another's (added to `names`)."""
    found = find_united(sources, targets, names, sure)
    names |= {name: there for name, (there, _) in found.items()}
    sure |= {name: score for name, (_, score) in found.items()}
    own = OwnRows()
    for there in sorted({there for there, _ in found.values()}):
        parts = sorted(name for name in names if names[name] == there)
        views, marks = divide([sources[name] for name in parts], targets[there], backend, settings)
        own.views.update(zip(parts, views, strict=True))
        own.marks.update(zip(parts, marks, strict=True))
    _divide(sources, targets, (names, sure), own, backend, settings)
    return own


def _divide(
    sources: Profiles,
    targets: Profiles,
    known: tuple[Map[str, str], Map[str, float]],
    own: OwnRows,
    backend: Backend,
    settings: MappingSettings,
) -> None:
    """Give source tables further target tables that are left over and hold rows of them beside the counterpart."""
    names, sure = known
    taken = {there: name for name, there in names.items() if name not in own.marks}
    shared = {names[name] for name in own.marks}
    left = {name: one for name, one in targets.items() if name not in shared}
    found = find_united(left, sources, taken, {there: sure[name] for there, name in taken.items()})
    by_source: dict[str, list[str]] = defaultdict(list)
    for there, (name, _) in found.items():
        if there not in taken and name in names:
            by_source[name].append(there)
    for name, further in sorted(by_source.items()):
        first = targets[names[name]]
        also = tuple(Also(one, _renamed(targets[one], first, sources[name])) for one in sorted(further))
        asked = TableMapping(name, names[name], also=also)
        together = hold_together(asked, {one: profile.table for one, profile in targets.items()})
        staged = replace(together, relation=backend.keep_staged(together.relation))
        own.also[name], own.views[name] = also, profile_table(staged, backend, settings)


def _renamed(further: TableProfile, first: TableProfile, source: TableProfile) -> tuple[tuple[str, str], ...]:
    """What a further table calls otherwise than the first: columns that hold the same column of the source."""
    pairs = []
    there = {_fed_by(column, source): name for name, column in first.columns.items() if name not in further.columns}
    for name, column in further.columns.items():
        if name not in first.columns and (held := there.pop(_fed_by(column, source), "")):
            pairs.append((held, name))
    return tuple(sorted(pairs))


def _fed_by(column: ColumnProfile, source: TableProfile) -> str:
    """The column of the source whose values a column holds, else its own name."""
    one = best_column(column, source)
    return one.name if one and contained(column, one) >= FOUND else f" {column.name}"


def settle_united(tables: Sequence[TableMapping], own: OwnRows) -> list[TableMapping]:
    """The tables, those that share a counterpart with what marks their rows; what one fills is not new to another."""
    tables = [_add_further(table, own.also.get(table.source, ())) for table in tables]
    return [
        _settle(table, [one for one in tables if one.target == table.target], own.marks[table.source])
        if table.source in own.marks
        else table
        for table in tables
    ]


def _add_further(table: TableMapping, also: tuple[Also, ...]) -> TableMapping:
    only = tuple(name for name in table.only_in_target if not (also and name == TABLE))
    return replace(table, also=also, only_in_target=only)


def _settle(table: TableMapping, united: Sequence[TableMapping], mark: Mark) -> TableMapping:
    filled = {column.target for one in united for column in one.compared}
    filled |= {name for one in united for joined in one.joined for name in joined.target}
    mark = tuple(one for one in mark if one[0] not in filled)
    known = filled | {name for name, _ in mark}
    only = tuple(name for name in table.only_in_target if name not in known)
    return replace(table, target_rows=mark, only_in_target=only)
