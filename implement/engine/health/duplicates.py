"""Records that stand twice: by key, by mail or phone, by content written alike."""

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from implement.engine.formats import Kind, recognise
from implement.engine.health import finding as kinds
from implement.engine.health.cells import NONE, Cells
from implement.engine.health.finding import HealthFinding, RowsBehind
from implement.engine.health.settings import HealthSettings
from implement.engine.mapping.names import concepts_of, looks_like_id
from implement.engine.mapping.writings.writing import loosen

PARTY = frozenset({"name", "first", "last", "company", "contact", "email", "phone", "address", "birth"})
"""What the columns of people and firms speak of; only these tables are searched for records written alike."""
NOT_DIGITS = re.compile(r"\D")


def find_twice(cells: Cells, settings: HealthSettings) -> list[HealthFinding]:
    """Rows that carry the key of an earlier row."""
    repeated = np.flatnonzero(cells.counts > 1)
    if not len(repeated):
        return []
    behind = _later_rows(cells, cells.codes)
    places = sorted(repeated.tolist(), key=lambda place: (-int(cells.counts[place]), cells.values[place]))
    examples = tuple((cells.values[p], "", int(cells.counts[p])) for p in places[: settings.examples])
    return [HealthFinding(cells.table, cells.column, kinds.DUPLICATE_KEY, cells.filled, behind, examples)]


def find_composite_twice(columns: Sequence[Cells], settings: HealthSettings) -> list[HealthFinding]:
    """Rows that carry the two-part key of an earlier row: parts that repeat together far less than chance would have
    it, but do.
    """
    ids = [cells for cells in columns if looks_like_id(cells.column) and cells.filled == len(cells.rows)]
    for one, other in itertools.combinations(ids, 2):
        if _name_together(one, other, settings):
            return find_twice(_pair_up(one, other), settings)
    return []


def _name_together(one: Cells, other: Cells, settings: HealthSettings) -> bool:
    """Say whether two parts make up a key with a few slips, and neither is a key by itself."""
    count = len(one.rows)
    if count < settings.composite_rows or max(one.unique, other.unique) >= settings.composite_single:
        return False
    repeated = count - len(np.unique(_together(one.codes, other.codes)))
    by_chance = float((one.counts * (one.counts - 1)).sum()) / 2 * float(((other.counts / count) ** 2).sum())
    return 0 < repeated <= settings.composite_slips * min(count, by_chance)


def _pair_up(one: Cells, other: Cells) -> Cells:
    """Both parts as one column, joined as the findings of a transfer join them."""
    joined, codes = np.unique(_together(one.codes, other.codes), return_inverse=True)
    width = int(other.codes.max(initial=0)) + 1
    values = [f"{one.values[code // width]}|{other.values[code % width]}" for code in joined.tolist()]
    return Cells(one.table, f"{one.column}|{other.column}", one.rows, codes, values)


def find_same_contacts(cells: Cells, settings: HealthSettings) -> list[HealthFinding]:
    """Rows whose mail or phone an earlier row has too, written alike or not."""
    norm = _choose_norm(cells, settings)
    if norm in (_norm_words, loosen) or not cells.filled:
        return []
    codes = cells.normalised(norm)
    different = len(np.unique(codes[codes >= 0]))
    if different < settings.contact_unique * cells.filled or different == int((codes >= 0).sum()):
        return []
    behind = _later_rows(cells, codes)
    pairs = zip(behind.values, behind.others, strict=True)
    examples = tuple((value, other, 1) for value, other in pairs)[: settings.examples]
    return [HealthFinding(cells.table, cells.column, kinds.SAME_CONTACT, cells.filled, behind, examples)]


@dataclass(frozen=True)
class Contents:
    """The columns of a table but its own id, each value reduced to its letters, with the bits a shared value tells."""

    table: str
    rows: np.ndarray
    codes: np.ndarray
    bits: np.ndarray
    about_party: np.ndarray
    texts: Sequence[str]


def find_alike_records(columns: Sequence[Cells], settings: HealthSettings) -> list[HealthFinding]:
    """Rows that say what an earlier row says: all of it, or so much of it that strangers would not share it."""
    if not columns or len(columns[0].rows) < 2:
        return []
    contents = _reduce(columns, settings)
    groups = _join(_find_pairs(contents, settings), len(contents.rows))
    later = np.flatnonzero(groups != np.arange(len(groups)))
    if not len(later):
        return []
    values = [_say(columns, place) for place in later.tolist()]
    others = [str(contents.rows[groups[place]]) for place in later.tolist()]
    pairs = zip(later.tolist(), values, strict=True)
    examples = tuple((value, _say(columns, int(groups[p])), 1) for p, value in pairs)[: settings.examples]
    behind = RowsBehind(contents.rows[later], values, others)
    return [HealthFinding(contents.table, "", kinds.DUPLICATE_RECORD, len(contents.rows), behind, examples)]


def _later_rows(cells: Cells, codes: np.ndarray) -> RowsBehind:
    """Each row whose code an earlier row has; `others` is what that earlier row holds and where."""
    order = np.argsort(codes, kind="stable")
    order = order[codes[order] != NONE]
    firsts = np.r_[True, codes[order][1:] != codes[order][:-1]] if len(order) else np.empty(0, bool)
    heads = order[np.maximum.accumulate(np.where(firsts, np.arange(len(order)), 0))] if len(order) else order
    pairs = sorted(zip(order[~firsts].tolist(), heads[~firsts].tolist(), strict=True))
    values = [cells.values[cells.codes[place]] for place, _ in pairs]
    others = [f"{cells.rows[head]}: {cells.values[cells.codes[head]]}" for _, head in pairs]
    return RowsBehind(cells.rows[[place for place, _ in pairs]], values, others)


def _reduce(columns: Sequence[Cells], settings: HealthSettings) -> Contents:
    codes = np.column_stack([column.normalised(_choose_norm(column, settings)) for column in columns])
    about = [bool(concepts_of(column.column) & PARTY) for column in columns]
    bits = _weigh(codes)
    return Contents(columns[0].table, columns[0].rows, codes, bits, np.array(about), [c.column for c in columns])


def _weigh(codes: np.ndarray) -> np.ndarray:
    """Bits a shared value of each column tells beyond what the columns before it (the telling ones first) told."""
    own = np.array([_bits(codes[:, place]) for place in range(codes.shape[1])])
    weights = np.zeros(len(own))
    taken: list[int] = []
    for place in np.argsort(-own, kind="stable").tolist():
        told = [_bits(_together(codes[:, place], codes[:, other])) - own[other] for other in taken]
        weights[place] = max(0.0, min([own[place], *told]))
        if own[place] < 0.8 * np.log2(max(2, len(codes))):
            taken.append(place)
    return weights


def _bits(codes: np.ndarray) -> float:
    held = codes[codes >= 0]
    if len(held) < 2:
        return 0.0
    counts = np.unique(held, return_counts=True)[1]
    shares = counts / len(held)
    return float(min(-np.log2((shares**2).sum()), np.log2(len(held))))


def _together(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where((one < 0) | (other < 0), NONE, one * (int(other.max(initial=0)) + 1) + other)


def _find_pairs(contents: Contents, settings: HealthSettings) -> np.ndarray:
    """Pairs of places that share more than strangers would; but for people and firms all of it must be equal."""
    codes, count = contents.codes, len(contents.rows)
    least = 2 * np.log2(count) + settings.spare_bits
    is_party = contents.about_party.sum() >= 2
    keys = _blocking_keys(codes, contents.bits) if is_party else [np.unique(codes, axis=0, return_inverse=True)[1]]
    pairs = _propose_pairs(keys, settings)
    if not len(pairs):
        return pairs
    both = (codes[pairs[:, 0]] >= 0) & (codes[pairs[:, 1]] >= 0)
    same = both & (codes[pairs[:, 0]] == codes[pairs[:, 1]])
    agreed, comparable = same @ contents.bits, both @ contents.bits
    whole = (codes[pairs[:, 0]] == codes[pairs[:, 1]]).all(axis=1)
    close = (same & contents.about_party).any(axis=1) & (agreed >= settings.agreeing_share * comparable)
    return np.asarray(pairs[(agreed >= least) & (whole | close)])


def _propose_pairs(keys: Iterable[np.ndarray], settings: HealthSettings) -> np.ndarray:
    """Pairs that share a rare value of one column, or the values of two columns together."""
    found = [np.empty((0, 2), np.int64)]
    for key in keys:
        order = np.argsort(key, kind="stable")
        order = order[key[order] >= 0]
        for step in range(1, settings.block):
            same = key[order[step:]] == key[order[:-step]]
            if not same.any():
                break
            found.append(np.column_stack([order[:-step][same], order[step:][same]]))
    return np.unique(np.concatenate(found), axis=0)


def _blocking_keys(codes: np.ndarray, bits: np.ndarray) -> Iterable[np.ndarray]:
    telling = [place for place in np.argsort(-bits, kind="stable").tolist() if bits[place] >= 1]
    for place in telling:
        yield codes[:, place]
    for number, place in enumerate(telling[:6]):
        for other in telling[number + 1 : 6]:
            yield _together(codes[:, place], codes[:, other])


def _join(pairs: np.ndarray, count: int) -> np.ndarray:
    """For each place the first place of its group."""
    first = np.arange(count)
    for one, other in pairs.tolist():
        a, b = _root(first, one), _root(first, other)
        first[max(a, b)] = min(a, b)
    return np.array([_root(first, place) for place in range(count)])


def _root(first: np.ndarray, place: int) -> int:
    while first[place] != place:
        first[place] = first[first[place]]
        place = int(first[place])
    return place


def _say(columns: Sequence[Cells], place: int) -> str:
    """The first filled cells of a row, to know it by."""
    filled = [cells.values[cells.codes[place]] for cells in columns if cells.codes[place] >= 0]
    return " · ".join(filled[:4])


def _choose_norm(cells: Cells, settings: HealthSettings) -> Callable[[str], str]:
    """How values of a column are written before they are compared: mails, phones, names in any order, letters alone."""
    kind = recognise(cells.column, cells.counter(settings.profiled_values)).kind
    if kind is Kind.MAIL:
        return _norm_mail
    about = concepts_of(cells.column)
    if kind is Kind.PHONE and about & {"phone", "fax"}:
        return _make_phone_norm(settings)
    return _norm_words if "name" in about else loosen


def _norm_words(value: str) -> str:
    return "".join(sorted(map(loosen, value.split())))


def _norm_mail(value: str) -> str:
    return value.casefold().removeprefix("mailto:") if "@" in value else ""


def _make_phone_norm(settings: HealthSettings) -> Callable[[str], str]:
    def norm(value: str) -> str:
        digits = NOT_DIGITS.sub("", re.split(r"(?i)(?:x|ext\.?|доб\.?|#)", value)[0])
        return digits[-settings.contact_digits :] if len(digits) >= 7 else ""

    return norm
