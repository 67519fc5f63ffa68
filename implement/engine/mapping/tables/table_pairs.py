"""Source tables with their counterparts, and those found last: tables that only name records of pairs known before."""

import itertools
from dataclasses import dataclass

from implement.engine.mapping.keys.found import KeyFound
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.translation import Parent
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.tables.linked import find_linked
from implement.engine.mapping.tables.sides import Side

SURE_BY_PARENTS = 0.4


@dataclass(frozen=True)
class TablePair:
    """A source table and its counterpart, with what joins them."""

    source: TableProfile
    target: TableProfile
    source_id: tuple[str, ...]
    target_id: tuple[str, ...]
    key: KeyFound
    proved: tuple[Reference, ...] = ()
    """References that rows proved, whatever their columns are called."""

    @property
    def parent(self) -> Parent:
        """What children need to know of this pair."""
        one = self.source_id[0] if len(self.source_id) == 1 else None
        own = dict(self.key.pairs).get(one) if one else None
        return Parent(self.source, self.target, self.key.alignment, own, one)


def link_left(
    source: Side,
    target: Side,
    pairs: dict[str, TablePair],
    known: tuple[dict[str, str], dict[str, float]],
    settings: MappingSettings,
) -> None:
    """Match the rows of tables that only name records of matched parents: of those left over, and of bare pairs."""
    names, sure = known
    whole = [name for name, pair in pairs.items() if pair.target is target.profiles[names[name]]]
    bare = [(name, names[name]) for name in whole if not pairs[name].key.pairs and not pairs[name].key.alignment]
    left = sorted(source.profiles.keys() - names.keys())
    asked = [*bare, *itertools.product(left, sorted(target.profiles.keys() - set(names.values())))]
    parents = {name: pair.parent for name, pair in pairs.items()}
    found = find_linked(list(source.profiles.values()), list(target.profiles.values()), asked, parents, settings)
    for name, (there, linked) in found.items():
        names[name], sure[name] = there, max(sure.get(name, 0.0), SURE_BY_PARENTS)
        key = KeyFound((), 0.0, linked.share, linked.alignment)
        own = source.ids[name] or linked.own_id
        profile, other = source.profiles[name], target.profiles[there]
        pairs[name] = TablePair(profile, other, own, target.ids[there], key, linked.references)
