"""How much agreement in a column says, in bits, and how alike two rows are."""

import itertools
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from implement.engine.coded import CodedCells, number_alike
from implement.engine.mapping.writings.writing import loosen
from implement.engine.reconcile.arrived.rows import Rows
from implement.engine.reconcile.cells.one_cell import CellReader
from implement.engine.reconcile.cells.spelling import spell_plain
from implement.engine.reconcile.settings import ReconcileSettings

LEAST_PREFIX = 3
LEAST_GROUPS = 10
FOLLOWING_SHARE = 0.7
BIT_DIGITS = 3
LEAST_BIT = 0.1**BIT_DIGITS
"""Bits are told to so many digits, so that those of two pairs are equal or differ by as much as this."""
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Likeness:
    """Bits that agree and bits that contradict between two rows."""

    agreed: float
    contradicted: float
    fields_contradicted: int
    identified: float = 0.0
    """Bits of the text field that says most about who this is, where both rows agree in it."""
    identified_next: float = 0.0

    @property
    def share(self) -> float:
        """The share of agreeing bits among all that can be compared."""
        total = self.agreed + self.contradicted
        return self.agreed / total if total else 0.0

    @property
    def rank(self) -> float:
        """Order of candidates: agreement, less what contradicts."""
        return self.agreed - 0.5 * self.contradicted


def weigh_fields(sample: Rows, rows: int) -> dict[str, float]:
    """Bits per column: minus the logarithm of the chance that two of the table's rows agree in it."""
    return {name: _bits(cells, rows) for name, cells in sample.read.items()}


def follow_others(sample: Rows, references: Iterable[str]) -> set[str]:
    """Fields that a reference decides, such as a client's address on each of its orders: they name the parent."""
    return {
        name
        for reference in references
        if reference in sample.read
        for name, cells in sample.read.items()
        if name != reference and _follows(cells, sample.read[reference])
    }


def _follows(cells: CodedCells, parents: CodedCells) -> bool:
    """Say whether nearly each parent that occurs again stands beside one value alone."""
    one, other, _ = number_alike(parents, cells)
    filled = (one > 0) & (other > 0)
    one, other = one[filled], other[filled]
    several = np.bincount(one) > 1
    width = 1 + int(other.max(initial=0))
    pairs = np.sort(one * width + other)  # sorting is quicker than what numpy does for itself
    seen = np.bincount(pairs[np.diff(pairs, prepend=-1) > 0] // width)
    alone = int((seen[: len(several)] == 1)[several].sum()) if len(several) else 0
    groups = int(several.sum())
    return groups >= LEAST_GROUPS and alone >= FOLLOWING_SHARE * groups


def _bits(cells: CodedCells, rows: int) -> float:
    counts = np.bincount(cells.codes[~cells.are({""})]).astype(float)
    total = counts.sum()
    if total < 2:
        return 0.0
    agreeing = float((counts * (counts - 1)).sum()) / (total * (total - 1))
    return round(-math.log2(max(agreeing, 1 / max(2, rows))), BIT_DIGITS)


@dataclass(frozen=True)
class Judge:
    """Compares rows of one table by weighted fields."""

    weights: Mapping[str, float]
    readers: Mapping[str, CellReader]
    settings: ReconcileSettings
    skipped: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    """Text fields that name the record itself: no dates, amounts or references."""

    @property
    def compared(self) -> list[str]:
        """The fields that say something."""
        return [name for name, weight in self.weights.items() if weight and name not in self.skipped]

    def compare(self, source: Rows, place: int, target: Rows, other: int) -> Likeness:
        """How alike a source row and another row are; damaged and exchanged cells count in part."""
        agreed = near = 0.0
        against: dict[str, tuple[str, str]] = {}
        naming = [0.0, 0.0]
        for name in self.compared:
            weight = self.weights[name]
            one, two = source.read[name][place], target.read[name][other]
            if not one or not two:
                continue
            if one == two:
                agreed += weight
                if name in self.naming:
                    naming.append(weight)
            elif looks_alike(one, two):
                near += weight
            else:
                against[name] = one, two
        near += self._take_exchanged(against)
        first, second = sorted(naming)[-1:-3:-1]
        contradicted = sum(self.weights[name] for name in against)
        agreed += self.settings.near_share * near
        return Likeness(agreed, contradicted, len(against), first, second)

    def _take_exchanged(self, against: dict[str, tuple[str, str]]) -> float:
        """Take out of what contradicts the cells that stand in each other's field; answer their bits."""
        bits = 0.0
        for name, next_name in itertools.combinations(list(against), 2):
            if name in against and next_name in against and _are_exchanged(against[name], against[next_name]):
                bits += self.weights[name] + self.weights[next_name]
                del against[name], against[next_name]
        return bits


def _are_exchanged(cells: tuple[str, str], next_cells: tuple[str, str]) -> bool:
    """Say whether what was written in one field is found in the other, and the other way round."""
    (one, two), (next_one, next_two) = ([_traits(cell).loose for cell in pair] for pair in (cells, next_cells))
    return one == next_two != "" and next_one == two != ""


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is left of a cell after each kind of damage; computed once however often the cell is compared."""

    loose: str
    digits: str
    mantissa: str
    is_ascii: bool
    plain: str
    spelled: str


@lru_cache(maxsize=100_000)
def _traits(cell: str) -> _Traits:
    loose = loosen(cell)
    digits = "" if loose.isalpha() else "".join(sorted(filter(str.isdigit, loose)))
    mantissa = _NO_DIGIT.sub("", loose.partition("e")[0]).strip("0") if digits else ""
    if loose.isascii():
        return _Traits(loose, digits, mantissa, True, loose, spell_plain(cell) if not cell.isascii() else loose)
    plain = "".join(filter(str.isascii, loose))
    return _Traits(loose, digits, mantissa, False, plain, spell_plain(cell))


def looks_alike(one: str, other: str) -> bool:
    """Say at a glance whether one cell may be the other damaged: cut, garbled, in other digits' order or spelling."""
    first, second = _traits(one), _traits(other)
    if first.loose == second.loose:
        return True
    shorter, longer = sorted((first.loose, second.loose), key=len)
    if len(shorter) >= LEAST_PREFIX and longer.startswith(shorter):
        return True
    if len(first.digits) >= LEAST_PREFIX and (first.digits == second.digits or _leading(first, second)):
        return True
    if first.is_ascii and second.is_ascii:
        return False
    return first.plain == second.plain != "" or first.spelled == second.spelled


def _leading(first: _Traits, second: _Traits) -> bool:
    """Say whether a number kept its first digits only, as `1.2E+10` does."""
    shorter, longer = sorted((first.mantissa, second.mantissa), key=len)
    return len(shorter) >= LEAST_PREFIX and longer.startswith(shorter[:-1])
