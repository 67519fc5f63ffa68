"""Which target column holds what a source column held, and in which writing."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress
from operator import eq

from implement.engine.mapping.columns.assignment import pair_off
from implement.engine.mapping.columns.evidence import Evidence
from implement.engine.mapping.columns.several_choices import with_choices
from implement.engine.mapping.columns.ticks import with_blanks
from implement.engine.mapping.columns.value_maps import with_values
from implement.engine.mapping.looking.alignment import Alignment, one_to_one
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, TEXT, WORDS, ColumnMapping, Writing
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.at_once import canonical_all, dates, read_all
from implement.engine.mapping.writings.centuries import with_first_year
from implement.engine.mapping.writings.counted import counted_order
from implement.engine.mapping.writings.cuts import with_cut
from implement.engine.mapping.writings.dates import join_orders, order_for, order_votes, read_date
from implement.engine.mapping.writings.entries import agreed_names, read_entries
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.mapping.writings.prefixes import with_prefixes, with_swapped_heads
from implement.engine.mapping.writings.scales import find_shift, find_shift_of_all
from implement.engine.mapping.writings.strays import without_strays
from implement.engine.mapping.writings.words import same_words
from implement.engine.mapping.writings.writing import is_blank_word, usual_layout
from implement.engine.mapping.writings.zones import is_moment, with_zone

_SIGNED = re.compile(r"\d[.,]\d")
_GROUPED = re.compile(r"\D*\d{1,3}(?:[.,]\d{3})+\D*")
"""A number of which each sign may stand between thousands."""
UNEXPLAINED_SHARE = 0.5
"""Where fewer of the pairs are the same, something may stand before the values."""


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
    is_id: bool = False,
) -> ColumnMapping:
    """Say how a pair of columns is compared: kind, writing of each side, replaced values.

    Of a source's own ids (`is_id`) and those of parents the target may keep the beginnings; else they are cut off.
    """
    kind, written, found = _common_kind(one, other, matched, is_key, settings)
    mapping = ColumnMapping(
        one.name, other.name, kind, written, found, sure=round(min(1.0, evidence.score), 3), note=_note(evidence)
    )
    if matched is None or not matched.size:
        shift = find_shift_of_all(one.counts, other.counts) if kind == NUMBER and not is_key else 0
        told = kind in (DATE, NUMBER) or written.entry or found.entry
        rewritten = shift != 0 or bool(told and _layout(written) != _layout(found))
        return replace(mapping, source_writing=replace(written, shift=shift), rewritten=rewritten)
    pairs = _filled(matched.source[one.name], matched.target[other.name])
    if written.entry or found.entry:
        return _with_entries(mapping, pairs, settings)
    if kind == NUMBER and TEXT in (one.kind, other.kind):
        mapping = _shown(replace(mapping, rewritten=any(a != b for a, b in pairs)), pairs)
    cut = with_cut(mapping, pairs) if is_id else None
    if cut:
        return _shown(cut, pairs)
    mapping = _without_numbers(_with_rewriting(_with_roundabouts(mapping, pairs), pairs, settings), pairs, settings)
    mapping = with_values(without_strays(mapping, matched.source, matched.target), pairs, settings)
    mapping = with_blanks(mapping, (one, other), (matched.source[one.name], matched.target[other.name]), settings)
    return with_choices(mapping, pairs, settings)


def _filled(ones: Sequence[str | None], others: Sequence[str | None]) -> list[tuple[str, str]]:
    """Pairs of cells in which both sides hold a value; a word that says that there is nothing is none."""
    pairs = zip(ones, others, strict=True)
    return [(a, b) for a, b in pairs if a and b and not is_blank_word(a) and not is_blank_word(b)]


def _with_entries(mapping: ColumnMapping, pairs: list[tuple[str, str]], settings: MappingSettings) -> ColumnMapping:
    """Compare the values of arrays as texts are; that most cells are written otherwise is said of the cells."""
    names = mapping.source_writing.entry, mapping.target_writing.entry
    values = (read_entries(side, name) for side, name in zip(zip(*pairs, strict=True), names, strict=True))
    mapping = _with_rewriting(mapping, _filled(*values), settings) if pairs else mapping
    is_other = sum(a != b for a, b in pairs) >= settings.rewritten_share * len(pairs)
    return _shown(replace(mapping, rewritten=mapping.rewritten or (is_other and bool(pairs))), pairs)


def _with_roundabouts(mapping: ColumnMapping, pairs: list[tuple[str, str]]) -> ColumnMapping:
    """Notice years of another century, times of another zone, and numbers of another unit."""
    if mapping.kind == DATE:
        mapping = with_first_year(mapping, pairs)
    sides = (mapping.source_writing, mapping.target_writing)
    read = [canonical_all([p[i] for p in pairs], mapping.kind, sides[i]) for i in (0, 1)]
    if mapping.kind == DATE:
        days = [(a, b) for a, b in zip(*read, strict=True) if is_moment(a) and is_moment(b)]
        return with_zone(mapping, days)
    if mapping.kind == NUMBER and (shift := find_shift(*read)[0]):
        return replace(mapping, source_writing=replace(mapping.source_writing, shift=shift))
    return mapping


def _layout(writing: Writing) -> tuple[str, str, bool, str]:
    return writing.order, writing.layout, writing.comma, writing.entry


def _common_kind(
    one: ColumnProfile, other: ColumnProfile, matched: Alignment | None, is_key: bool, settings: MappingSettings
) -> tuple[str, Writing, Writing]:
    written, found = one.writing, other.writing
    if one.kind == DATE and other.kind in (DATE, NUMBER):
        if matched is not None and matched.size and other.kind == DATE:
            written, found = _agreed_orders(one, other, matched)
        elif order := _counted(one, other, matched):
            found = replace(found, order=order)
        return DATE, written, found
    if one.kind == NUMBER and other.kind == DATE and (order := _counted(one, other, matched)):
        return DATE, replace(written, order=order), found
    if one.kind == NUMBER and other.kind == NUMBER:
        return NUMBER, *_agreed_signs(one, other, matched)
    if is_key and _are_digits(one) and _are_digits(other) and _are_zeros_no_matter(one, other, matched, settings):
        return NUMBER, written, found
    cells = (matched.source[one.name], matched.target[other.name]) if matched is not None else ([], [])
    name, name_there = agreed_names((written.entry, found.entry), _filled(*cells))
    return TEXT, Writing(entry=name), Writing(entry=name_there)


def _counted(one: ColumnProfile, other: ColumnProfile, matched: Alignment | None) -> str:
    """What the one of two columns that holds numbers counts, if most of them are the dates of the other."""
    number = one if one.kind == NUMBER else other
    order = counted_order(*number.middle)
    if not order or matched is None or not matched.size:
        return ""
    writings = [replace(c.writing, order=order) if c is number else c.writing for c in (one, other)]
    cells = matched.source[one.name], matched.target[other.name]
    days = [
        [(read_date(cell, w.order) or "")[:10] if cell else "" for cell in side]
        for side, w in zip(cells, writings, strict=True)
    ]
    filled = [pair for pair in zip(*days, strict=True) if all(pair)]
    return order if filled and 2 * sum(a == b for a, b in filled) >= len(filled) else ""


def _are_digits(column: ColumnProfile) -> bool:
    """Say whether a column holds whole numbers, be they written with leading zeros."""
    return bool(column.counts) and all(value.isdigit() and len(value) <= 15 for value in column.counts)


def _are_zeros_no_matter(
    one: ColumnProfile, other: ColumnProfile, matched: Alignment | None, settings: MappingSettings
) -> bool:
    """Say whether hardly any key kept its leading zeros: where most did, those that lost them were damaged."""
    if matched is None or not matched.size:
        return True
    cells = zip(matched.source[one.name], matched.target[other.name], strict=True)
    same = [(a, b) for a, b in cells if a and b and a.lstrip("0") == b.lstrip("0")]
    zeros = [(a, b) for a, b in same if "0" in (a[0], b[0])]
    return bool(zeros) and sum(a != b for a, b in zeros) >= settings.map_share * len(zeros)


def _agreed_orders(one: ColumnProfile, other: ColumnProfile, matched: Alignment) -> tuple[Writing, Writing]:
    """Choose the orders of day and month under which most dates agree, ties as each side reads alone."""
    cells = [(a, b) for a, b in zip(matched.source[one.name], matched.target[other.name], strict=True) if a and b]
    first = one.writing.order
    second = _fit_order(other, [(b, a) for a, b in cells], first)
    first = _fit_order(one, cells, second)
    return replace(one.writing, order=first), replace(other.writing, order=second)


def _agreed_signs(one: ColumnProfile, other: ColumnProfile, matched: Alignment | None) -> tuple[Writing, Writing]:
    """Choose the decimal signs under which most numbers agree, ties as each side reads alone: `1.274` may be whole."""
    if matched is None or not matched.size:
        return one.writing, other.writing
    cells = [(a, b) for a, b in zip(matched.source[one.name], matched.target[other.name], strict=True) if a and b]
    second = _fit_sign(other, [(b, a) for a, b in cells], one.writing.comma)
    first = _fit_sign(one, cells, second.comma)
    return first, second


def _fit_sign(column: ColumnProfile, cells: list[tuple[str, str]], theirs: bool) -> Writing:
    own = column.writing
    signed = [mine for mine, _ in cells if _SIGNED.search(mine)]
    if 2 * sum(map(bool, map(_GROUPED.fullmatch, signed))) <= len(signed):
        return own
    read = [(mine, number) for mine, other in cells if (number := read_number(other, theirs)) is not None]
    tried = {comma: sum(1 for mine, n in read if read_number(mine, comma) == n) for comma in (own.comma, not own.comma)}
    return replace(own, comma=max(tried, key=lambda comma: (tried[comma], comma == own.comma)))


def _fit_order(column: ColumnProfile, cells: list[tuple[str, str]], theirs: str) -> str:
    """For each separator the order under which most dates of a column agree with the other side's."""
    votes = order_votes(Counter(mine for mine, _ in cells))
    orders = {}
    for separator, found in votes.items():
        if found.total() > found["YMD"]:
            own = order_for(column.writing.order, separator)
            some = [pair for pair in cells if separator in pair[0]]
            days = _read_days([other for _, other in some], theirs)
            read = {order: _read_days([mine for mine, _ in some], order) for order in ("DMY", "MDY")}
            tried = {order: sum(a == b != "" for a, b in zip(mine, days, strict=True)) for order, mine in read.items()}
            orders[separator] = max(tried, key=lambda order: (tried[order], order == own))
    return join_orders(orders, {separator: found.total() for separator, found in votes.items()})


def _read_days(cells: Sequence[str], order: str) -> Sequence[str]:
    return read_all(cells, dates(order), lambda cell: read_date(cell, order) or "")


def _with_rewriting(mapping: ColumnMapping, pairs: list[tuple[str, str]], settings: MappingSettings) -> ColumnMapping:
    """Notice that most cells hold the same value in another writing."""
    same = _alike(pairs, mapping.kind, mapping.source_writing, mapping.target_writing)
    loose = _alike(pairs, LOOSE, Writing(), Writing()) if mapping.kind == TEXT else []
    if len(loose) > len(same) and sum(a != b for a, b in loose) >= settings.rewritten_share * len(pairs):
        return _shown(with_swapped_heads(replace(mapping, kind=LOOSE, rewritten=True), pairs), loose)
    if same and sum(a != b for a, b in same) >= settings.rewritten_share * len(same):
        return _shown(replace(mapping, rewritten=True), same)
    if len(same) < UNEXPLAINED_SHARE * len(pairs):
        if mapping.kind == TEXT and same_words(*zip(*pairs, strict=True)) >= settings.rewritten_share:
            return _shown(replace(mapping, kind=WORDS, rewritten=True), pairs)
        if prefixed := with_prefixes(mapping, pairs):
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


def _without_numbers(mapping: ColumnMapping, pairs: list[tuple[str, str]], settings: MappingSettings) -> ColumnMapping:
    """Notice numbers that hardly ever arrived, but nearly each as one other: they stand for something, as words do."""
    writings = mapping.source_writing, mapping.target_writing
    if mapping.kind != NUMBER or any(writing.shift or not writing.layout.isdigit() for writing in writings):
        return mapping
    same = len(_alike(pairs, NUMBER, *writings))
    steady = sum(one_to_one(Counter(pairs)).values()) if same <= (1 - settings.map_share) * len(pairs) else 0
    if steady < settings.map_share * len(pairs) or 2 * len({one for one, _ in pairs}) > len(pairs):
        return mapping
    return replace(mapping, kind=TEXT, source_writing=Writing(), target_writing=Writing())


def _note(evidence: Evidence) -> str:
    parts = [f"name {evidence.name:.0%}", f"values {evidence.values:.0%}"]
    if evidence.rows is not None:
        parts.append(f"matched rows {evidence.rows:.0%}")
    return ", ".join(parts)
