"""Which target column holds what a source column held, and in which writing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, islice
from operator import eq

from implement.engine.mapping.alignment import Alignment, agreement, normalised, one_to_one, replaced
from implement.engine.mapping.assignment import pair_off
from implement.engine.mapping.at_once import canonical_all
from implement.engine.mapping.names import column_similarity
from implement.engine.mapping.overlap import value_similarity
from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, TEXT, ColumnMapping, Writing
from implement.engine.mapping.prefixes import same_tails, with_prefixes
from implement.engine.mapping.profile import Cells, ColumnProfile
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.table_profile import TableProfile
from implement.engine.mapping.writing import (
    is_blank_word,
    join_orders,
    order_for,
    order_votes,
    read_date,
    usual_layout,
)

GLIMPSE = 50
REPLACED_ROWS = 3
UNEXPLAINED_SHARE = 0.5
"""Where fewer of the pairs are the same, something may stand before the values."""
SHORTEST_WITH_PREFIX = 6
Scores = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Evidence:
    """What speaks for a pair of columns, each from 0 to 1; `rows` is None where no rows could be matched."""

    name: float
    values: float
    rows: float | None

    @property
    def score(self) -> float:
        """All evidence in one figure; the same name is believed unless the rows clearly say otherwise."""
        if self.rows is None:
            seen = max(0.5 * self.name + 0.5 * self.values, 0.85 * self.values * (self.values > 0.6))
        else:
            seen = max(0.75 * self.rows + 0.15 * self.name + 0.1 * self.values, 0.3 * self.name + 0.2 * self.values)
        return max(seen, 0.9 + 0.1 * seen if self.name == 1.0 else 0.0)


def weigh_columns(
    source: TableProfile, target: TableProfile, matched: Alignment | None
) -> dict[tuple[str, str], Evidence]:
    """Collect the evidence for every pair of columns of two tables."""
    written = {n: normalised(matched.source[n], c) for n, c in source.columns.items()} if matched else {}
    found = {n: normalised(matched.target[n], c) for n, c in target.columns.items()} if matched else {}
    dates = {n: _as_dates(matched.target[n], c) for n, c in target.columns.items()} if matched else {}
    repeating = {name for name, cells in written.items() if _repeats(cells)}
    evidence: dict[tuple[str, str], Evidence] = {}
    for one in source.columns.values():
        for other in target.columns.values():
            name = column_similarity(one.name, source.table.name, other.name, target.table.name)
            rows = None
            if matched and matched.size >= 5 and one.counts and other.counts:
                cells = written[one.name], found[other.name]
                rows = _row_evidence(matched, one, other, cells, dates[other.name], one.name in repeating)
            evidence[one.name, other.name] = Evidence(name, value_similarity(one, other), rows)
    return evidence


def _repeats(cells: Sequence[str]) -> bool:
    """Say whether some value occurs so often that one can tell by what it was replaced."""
    return max(Counter(filter(None, cells)).values(), default=0) >= REPLACED_ROWS


def _row_evidence(
    matched: Alignment,
    one: ColumnProfile,
    other: ColumnProfile,
    cells: tuple[list[str], list[str]],
    dates: Sequence[list[str]],
    repeating: bool,
) -> float:
    agreed = agreement(matched, one, other, *cells)
    if agreed > 0.8:
        return agreed
    if DATE in (one.kind, other.kind):
        agreed = max(agreed, 0.0, *(agreement(matched, one, other, cells[0], read) for read in dates))
    agreed = max(agreed, 0.95 * replaced(*cells, 400)) if repeating else agreed
    return max(agreed, 0.9 * _tails(one, other, cells)) if agreed < UNEXPLAINED_SHARE else agreed


def _tails(one: ColumnProfile, other: ColumnProfile, cells: tuple[list[str], list[str]]) -> float:
    """How often matched cells differ only by what stands before them, of columns of many long values."""
    if DATE in (one.kind, other.kind) or min(one.mean_length, other.mean_length) < SHORTEST_WITH_PREFIX:
        return 0.0
    if min(one.unique, other.unique) < 0.2:
        return 0.0
    return same_tails(*cells)


def _as_dates(cells: Cells, column: ColumnProfile) -> list[list[str]]:
    """The cells of a column read as dates in either order, if some of them may be dates."""
    orders = [Writing(order=order) for order in ("DMY", "MDY")]
    few = list(islice(filter(None, cells), GLIMPSE))
    if not any(read_date(cell, writing.order) for cell in few for writing in orders):
        return []
    return [normalised(cells, replace(column, kind=DATE, writing=writing)) for writing in orders]


def choose_columns(
    evidence: Mapping[tuple[str, str], Evidence], fixed: Mapping[str, str], settings: MappingSettings
) -> dict[str, str]:
    """Pair off columns by their evidence; the pairs of the key are given."""
    taken = set(fixed.values())
    free = {p: e.score for p, e in evidence.items() if p[0] not in fixed and p[1] not in taken}
    return dict(fixed) | pair_off(free, settings.column_score)


def describe_column(
    one: ColumnProfile,
    other: ColumnProfile,
    evidence: Evidence,
    matched: Alignment | None,
    settings: MappingSettings,
    is_key: bool = False,
) -> ColumnMapping:
    """Say how a pair of columns is compared: kind, writing of each side, replaced values."""
    kind, written, found = _common_kind(one, other, matched, is_key)
    mapping = ColumnMapping(
        one.name, other.name, kind, written, found, sure=round(min(1.0, evidence.score), 3), note=_note(evidence)
    )
    if matched is None or not matched.size:
        return replace(mapping, rewritten=kind in (DATE, NUMBER) and _layout(written) != _layout(found))
    pairs = [
        (a, b)
        for a, b in zip(matched.source[one.name], matched.target[other.name], strict=True)
        if a and b and not is_blank_word(a) and not is_blank_word(b)
    ]
    return _with_values(_with_rewriting(mapping, pairs, settings), pairs, settings)


def _layout(writing: Writing) -> tuple[str, str, bool]:
    return writing.order, writing.layout, writing.comma


def _common_kind(
    one: ColumnProfile, other: ColumnProfile, matched: Alignment | None, is_key: bool
) -> tuple[str, Writing, Writing]:
    written, found = one.writing, other.writing
    if one.kind == DATE and other.kind in (DATE, NUMBER):
        if matched is not None and matched.size and other.kind == DATE:
            written, found = _agreed_orders(one, other, matched)
        return DATE, written, found
    if one.kind == NUMBER and other.kind == NUMBER:
        return NUMBER, written, found
    if is_key and _are_digits(one) and _are_digits(other):
        return NUMBER, written, found
    return TEXT, Writing(), Writing()


def _are_digits(column: ColumnProfile) -> bool:
    """Say whether a column holds whole numbers, be they written with leading zeros."""
    return bool(column.counts) and all(value.isdigit() and len(value) <= 15 for value in column.counts)


def _agreed_orders(one: ColumnProfile, other: ColumnProfile, matched: Alignment) -> tuple[Writing, Writing]:
    """Choose the orders of day and month under which most dates agree, ties as each side reads alone."""
    cells = [(a, b) for a, b in zip(matched.source[one.name], matched.target[other.name], strict=True) if a and b]
    first = one.writing.order
    second = _fit_order(other, [(b, a) for a, b in cells], first)
    first = _fit_order(one, cells, second)
    return replace(one.writing, order=first), replace(other.writing, order=second)


def _fit_order(column: ColumnProfile, cells: list[tuple[str, str]], theirs: str) -> str:
    """For each separator the order under which most dates of a column agree with the other side's."""
    votes = order_votes(Counter(mine for mine, _ in cells))
    orders = {}
    for separator, found in votes.items():
        if found.total() > found["YMD"]:
            own = order_for(column.writing.order, separator)
            some = [(mine, read_date(other, theirs)) for mine, other in cells if separator in mine]
            tried = {o: sum(1 for m, day in some if day and read_date(m, o) == day) for o in ("DMY", "MDY")}
            orders[separator] = max(tried, key=lambda order: (tried[order], order == own))
    return join_orders(orders, {separator: found.total() for separator, found in votes.items()})


def _with_rewriting(mapping: ColumnMapping, pairs: list[tuple[str, str]], settings: MappingSettings) -> ColumnMapping:
    """Notice that most cells hold the same value in another writing."""
    same = _alike(pairs, mapping.kind, mapping.source_writing, mapping.target_writing)
    loose = _alike(pairs, LOOSE, Writing(), Writing()) if mapping.kind == TEXT else []
    if len(loose) > len(same) and sum(a != b for a, b in loose) >= settings.rewritten_share * len(pairs):
        return _shown(replace(mapping, kind=LOOSE, rewritten=True), loose)
    if same and sum(a != b for a, b in same) >= settings.rewritten_share * len(same):
        return _shown(replace(mapping, rewritten=True), same)
    if len(same) < UNEXPLAINED_SHARE * len(pairs) and (prefixed := with_prefixes(mapping, pairs)):
        return _shown(prefixed, pairs)
    return mapping


def _alike(pairs: Sequence[tuple[str, str]], kind: str, written: Writing, found: Writing) -> list[tuple[str, str]]:
    ones = canonical_all([one for one, _ in pairs], kind, written)
    others = canonical_all([other for _, other in pairs], kind, found)
    return list(compress(pairs, map(eq, ones, others)))


def _shown(mapping: ColumnMapping, pairs: list[tuple[str, str]]) -> ColumnMapping:
    """Add the usual layouts of the cells that are written differently."""
    changed = [(a, b) for a, b in pairs if a != b]
    return replace(
        mapping,
        source_writing=replace(mapping.source_writing, layout=usual_layout(a for a, _ in changed)),
        target_writing=replace(mapping.target_writing, layout=usual_layout(b for _, b in changed)),
    )


def _with_values(mapping: ColumnMapping, pairs: list[tuple[str, str]], settings: MappingSettings) -> ColumnMapping:
    """Find one-to-one replacements: a value that always became the same other value, which stands for nothing else."""
    if mapping.kind != TEXT or not pairs:
        return mapping
    seen = Counter(pairs)
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    if len(firsts) > settings.map_values or len(firsts) * 2 > len(pairs):
        return mapping
    found = []
    pairing = one_to_one(seen)
    kept = sum(count for (one, other), count in pairing.items() if one == other)
    least = min(settings.map_rows if kept else 2, len(pairs))
    for (one, other), count in pairing.items():
        steady = count >= settings.map_share * firsts[one] and count >= settings.map_share * seconds[other]
        if one != other and steady and count >= least:
            found.append((one, other))
    return replace(mapping, values=tuple(sorted(found)))


def _note(evidence: Evidence) -> str:
    parts = [f"name {evidence.name:.0%}", f"values {evidence.values:.0%}"]
    if evidence.rows is not None:
        parts.append(f"matched rows {evidence.rows:.0%}")
    return ", ".join(parts)
