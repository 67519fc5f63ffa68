"""Which target column holds what a source column held, and in which writing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from implement.engine.mapping.alignment import Alignment, agreement, normalised, one_to_one, replaced
from implement.engine.mapping.assignment import pair_off
from implement.engine.mapping.names import column_similarity
from implement.engine.mapping.overlap import value_similarity
from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, TEXT, ColumnMapping, Writing
from implement.engine.mapping.profile import Cells, ColumnProfile, TableProfile
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writing import (
    canonical,
    is_blank_word,
    join_orders,
    loosen,
    order_for,
    order_votes,
    read_date,
    usual_layout,
)

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
    evidence: dict[tuple[str, str], Evidence] = {}
    for one in source.columns.values():
        for other in target.columns.values():
            name = column_similarity(one.name, source.table.name, other.name, target.table.name)
            rows = None
            if matched and matched.size >= 5:
                rows = _row_evidence(matched, one, other, (written[one.name], found[other.name]), dates[other.name])
            if rows is not None and not (one.counts and other.counts):
                rows = None
            evidence[one.name, other.name] = Evidence(name, value_similarity(one, other), rows)
    return evidence


def _row_evidence(
    matched: Alignment,
    one: ColumnProfile,
    other: ColumnProfile,
    cells: tuple[list[str], list[str]],
    dates: Sequence[list[str]],
) -> float:
    agreed = agreement(matched, one, other, *cells)
    if agreed > 0.8:
        return agreed
    if other.kind == DATE or one.kind == DATE:
        agreed = max(agreed, 0.0, *(agreement(matched, one, other, cells[0], read) for read in dates))
    return max(agreed, 0.95 * replaced(*cells, 400))


def _as_dates(cells: Cells, column: ColumnProfile) -> list[list[str]]:
    """The cells of a column read as dates in either order, if they may be dates."""
    if not any(map(str.isdigit, "".join(list(column.counts)[:20]))):
        return []
    orders = (Writing(order=order) for order in ("DMY", "MDY"))
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
    same = [(a, b) for a, b in pairs if _equal(mapping, a, b)]
    loose = [(a, b) for a, b in pairs if loosen(a) == loosen(b)] if mapping.kind == TEXT else []
    if len(loose) > len(same) and sum(a != b for a, b in loose) >= settings.rewritten_share * len(pairs):
        return _shown(replace(mapping, kind=LOOSE, rewritten=True), loose)
    if same and sum(a != b for a, b in same) >= settings.rewritten_share * len(same):
        return _shown(replace(mapping, rewritten=True), same)
    return mapping


def _equal(mapping: ColumnMapping, written: str, found: str) -> bool:
    one = canonical(written, mapping.kind, mapping.source_writing)
    return one == canonical(found, mapping.kind, mapping.target_writing)


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
    for (one, other), count in one_to_one(seen).items():
        steady = count >= settings.map_share * firsts[one] and count >= settings.map_share * seconds[other]
        if one != other and steady and count >= min(settings.map_rows, len(pairs)):
            found.append((one, other))
    return replace(mapping, values=tuple(sorted(found)))


def _note(evidence: Evidence) -> str:
    parts = [f"name {evidence.name:.0%}", f"values {evidence.values:.0%}"]
    if evidence.rows is not None:
        parts.append(f"matched rows {evidence.rows:.0%}")
    return ", ".join(parts)
