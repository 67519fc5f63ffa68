"""A source table and its counterpart, matched: by such pairs each side's references are read on the other."""

from dataclasses import dataclass

from implement.engine.mapping.keys.found import KeyFound
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.translation import Parent


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
