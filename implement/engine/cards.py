"""Which cards of clients are filled enough for a campaign: reachable, and in a segment (M32, M40)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.backend import Backend
from implement.engine.intake import SourceTable
from implement.engine.mapping.names import concepts_of

REACHED_BY = ("email", "phone", "address")
SEGMENTS = ("sector", "type", "region", "country")
SUBJECTS = frozenset({"company", "contact", "name"})
SEGMENTS_AT_MOST = 60


@dataclass(frozen=True)
class SegmentCards:
    """A segment of clients: of `n` cards `k` can be reached; the empty name are cards without a segment, none of which
    counts.
    """

    name: str
    k: int
    n: int


@dataclass(frozen=True)
class Cards:
    """The cards of one table by segment; which column says the segment, and which say how to reach somebody."""

    table: str
    segment_column: str
    reached_by: tuple[str, ...]
    segments: tuple[SegmentCards, ...]

    @property
    def total(self) -> tuple[int, int]:
        """Filled enough, of all."""
        return sum(one.k for one in self.segments), sum(one.n for one in self.segments)


def count_cards(tables: Sequence[SourceTable], backend: Backend) -> Cards | None:
    """Count the cards of the largest table of clients that says how to reach them and a segment; None without one."""
    found = [cards for table in tables if (cards := _count(table, backend)) is not None]
    return max(found, key=lambda one: (one.total[1], one.table), default=None)


def _count(table: SourceTable, backend: Backend) -> Cards | None:
    concepts = {name: concepts_of(name) for name in table.columns}
    ways = tuple(name for name in table.columns if concepts[name] & set(REACHED_BY))
    if not ways or not any(found & SUBJECTS for found in concepts.values()):
        return None
    rows = backend.connection.to_pyarrow(table.relation.select(*table.columns)).to_pylist()
    segment = next((n for wish in SEGMENTS for n in table.columns if wish in concepts[n] and _is_segment(rows, n)), "")
    if not segment:
        return None
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        name = (row[segment] or "").strip()
        counts[name][1] += 1
        counts[name][0] += bool(name) and any((row[way] or "").strip() for way in ways)
    ordered = sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1][1], pair[0]))
    return Cards(table.name, segment, ways, tuple(SegmentCards(name, k, n) for name, (k, n) in ordered))


def _is_segment(rows: Sequence[dict[str, str | None]], name: str) -> bool:
    """True where a few values repeat; a column in which each row differs is no segment."""
    cells = Counter(row[name] for row in rows if row[name])
    return 1 < len(cells) <= SEGMENTS_AT_MOST and len(cells) < sum(cells.values())
