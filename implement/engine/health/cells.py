"""One column in memory: its distinct values, how often each occurs, and which row holds which."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.health.finding import HealthFinding, RowsBehind
from implement.engine.intake import ROW, SourceTable

NONE = -1


@dataclass(frozen=True)
class Cells:
    """`codes[i]` is the place in `values` of what row `rows[i]` holds; `NONE` where it holds nothing."""

    table: str
    column: str
    rows: np.ndarray
    codes: np.ndarray
    values: Sequence[str]

    @cached_property
    def counts(self) -> np.ndarray:
        """How often each value occurs."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.values))

    @property
    def filled(self) -> int:
        """Rows that hold something."""
        return int(self.counts.sum())

    @property
    def unique(self) -> float:
        """The share of filled rows that are the first with their value."""
        return len(self.values) / self.filled if self.filled else 0.0

    def counter(self, most: int) -> Counter[str]:
        """The commonest values with their counts."""
        commonest = np.argsort(-self.counts, kind="stable")[:most]
        return Counter({self.values[place]: int(self.counts[place]) for place in commonest})

    def where_empty(self) -> np.ndarray:
        """Which rows hold nothing."""
        return np.asarray(self.codes == NONE)

    def pick(self, chosen: Mapping[int, str]) -> RowsBehind:
        """The rows that hold one of the chosen values, each with what belongs to it."""
        mask = np.zeros(len(self.values) + 1, bool)
        mask[list(chosen)] = True
        held = mask[self.codes]
        codes = self.codes[held].tolist()
        return RowsBehind(self.rows[held], [self.values[code] for code in codes], [chosen[code] for code in codes])

    def tell(self, kind: str, chosen: Mapping[int, str], most: int, *, of: int | None = None) -> list[HealthFinding]:
        """A finding on the rows with the chosen values; none when no row holds one."""
        if not chosen:
            return []
        places = sorted(chosen, key=lambda place: (-int(self.counts[place]), self.values[place]))[:most]
        examples = tuple((self.values[place], chosen[place], int(self.counts[place])) for place in places)
        behind = self.pick(chosen)
        return [HealthFinding(self.table, self.column, kind, of or self.filled, behind, examples)]

    def normalised(self, norm: Callable[[str], str]) -> np.ndarray:
        """Codes under which values that `norm` writes alike are one; `NONE` where nothing is left of them."""
        known: dict[str, int] = {"": NONE}
        lookup = [known.setdefault(norm(value), len(known)) for value in self.values]
        codes: np.ndarray = np.asarray([*lookup, NONE], np.int64)[self.codes]
        return codes


def read_cells(table: SourceTable, column: str, backend: Backend) -> Cells:
    """Bring one column into memory; cells of white space alone hold nothing."""
    fetched = backend.connection.to_pyarrow(table.relation.select(ROW, column).order_by(ROW))
    text = pc.utf8_trim_whitespace(fetched[column].combine_chunks().cast(pa.string()))
    encoded = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text).dictionary_encode()
    codes = encoded.indices.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int64)
    return Cells(table.name, column, fetched[ROW].to_numpy(), codes, encoded.dictionary.to_pylist())
