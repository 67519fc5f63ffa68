"""How much agreement in a column says, in bits, and how alike two rows are."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from implement.engine.mapping.writing import loosen
from implement.engine.reconcile.cells import CellReader
from implement.engine.reconcile.classes import VALUE_CHANGED, VALUE_FILLED, VALUE_LOST
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.settings import ReconcileSettings


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


def weigh_fields(sample: Rows) -> dict[str, float]:
    """Bits per column: minus the logarithm of the chance that two rows agree in it."""
    return {name: _bits(cells) for name, cells in sample.read.items()}


def _bits(cells: Sequence[str]) -> float:
    counts = Counter(cell for cell in cells if cell)
    total = counts.total()
    if not total:
        return 0.0
    return round(-math.log2(sum((count / total) ** 2 for count in counts.values())), 3)


@dataclass(frozen=True)
class Judge:
    """Compares rows of one table by weighted fields."""

    weights: Mapping[str, float]
    readers: Mapping[str, CellReader]
    settings: ReconcileSettings
    skipped: frozenset[str] = frozenset()
    naming: frozenset[str] = frozenset()
    """Text fields that name the record itself: no dates, amounts or references."""

    def compare(self, source: Rows, place: int, target: Rows, other: int) -> Likeness:
        """How alike a source row and another row are; damaged cells count in part."""
        agreed = contradicted = 0.0
        fields = 0
        naming = [0.0, 0.0]
        for name, weight in self.weights.items():
            if name in self.skipped or not weight:
                continue
            one, two = source.read[name][place], target.read[name][other]
            if not one or not two:
                continue
            if one == two:
                agreed += weight
                if name in self.naming:
                    naming.append(weight)
            elif self._is_near(name, source.raw[name][place], target.raw[name][other]) or loosen(one) == loosen(two):
                agreed += self.settings.near_share * weight
            else:
                contradicted += weight
                fields += 1
        first, second = sorted(naming)[-1:-3:-1]
        return Likeness(agreed, contradicted, fields, first, second)

    def _is_near(self, name: str, written: str | None, found: str | None) -> bool:
        return self.readers[name].compare(written, found) not in (VALUE_CHANGED, VALUE_LOST, VALUE_FILLED)
