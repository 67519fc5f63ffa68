"""Several source tables in one target table: each is mapped to its own rows of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from implement.engine.backend import Backend
from implement.engine.mapping.own_rows import divide
from implement.engine.mapping.plan import TableMapping
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.shared import Profiles, find_united
from implement.engine.mapping.table_profile import TableProfile

Mark = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnRows:
    """For each source table that shares its counterpart its own rows there, and what marks them."""

    views: dict[str, TableProfile] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)


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
    return own


def settle_united(tables: Sequence[TableMapping], own: OwnRows) -> list[TableMapping]:
    """The tables, those that share a counterpart with what marks their rows; what one fills is not new to another."""
    return [
        _settle(table, [one for one in tables if one.target == table.target], own.marks[table.source])
        if table.source in own.marks
        else table
        for table in tables
    ]


def _settle(table: TableMapping, united: Sequence[TableMapping], mark: Mark) -> TableMapping:
    filled = {column.target for one in united for column in one.compared}
    filled |= {name for one in united for joined in one.joined for name in joined.target}
    mark = tuple(one for one in mark if one[0] not in filled)
    known = filled | {name for name, _ in mark}
    only = tuple(name for name in table.only_in_target if name not in known)
    return replace(table, target_rows=mark, only_in_target=only)
