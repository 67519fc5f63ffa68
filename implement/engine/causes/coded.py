"""The rows that findings are about, column by column as numbers, so that values are counted without being touched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.causes.settings import CauseSettings
from implement.engine.coded import Flags, Numbers
from implement.engine.intake import ROW


def are_among(values: pa.Array, wanted: Collection[str]) -> Flags:
    """Which of the values are among the wanted ones."""
    return np.asarray(pc.is_in(values, value_set=pa.array(list(wanted), pa.string())))


@dataclass(frozen=True)
class CodedColumn:
    """The cells of one column on all rows that findings are about: `codes` are places among `values`."""

    codes: Numbers
    values: pa.Array

    @cached_property
    def times(self) -> Numbers:
        """How often each value occurs on these rows."""
        return np.bincount(self.codes, minlength=len(self.values))

    @cached_property
    def most(self) -> int:
        """How often the most frequent value occurs."""
        return int(self.times.max(initial=0))

    def are(self, wanted: Collection[str]) -> Flags:
        """Which of the values are among the wanted ones."""
        return are_among(self.values, wanted)

    def names(self, codes: Numbers) -> list[str]:
        """The values with these codes."""
        named: list[str] = self.values.take(pa.array(codes)).to_pylist()
        return named


@dataclass(frozen=True)
class Changes:
    """The cells of findings as they were written (`ones`) and as they arrived (`others`)."""

    ones: CodedColumn
    others: CodedColumn

    def __len__(self) -> int:
        return len(self.ones.codes)

    @cached_property
    def pairs(self) -> Numbers:
        """Each pair of cells as one number."""
        return self.ones.codes * len(self.others.values) + self.others.codes

    @cached_property
    def met(self) -> tuple[Numbers, Numbers, Numbers]:
        """The codes of the different pairs of cells, and how often each is met."""
        pairs, times = np.unique(self.pairs, return_counts=True)
        return *np.divmod(pairs, len(self.others.values)), times

    def where(self, ones: Numbers, other: int) -> Numbers:
        """The places at which one of these values became that other one."""
        return np.flatnonzero(np.isin(self.pairs, ones * len(self.others.values) + other))


@dataclass(frozen=True)
class AffectedCells:
    """The cells of a column on the rows of some findings."""

    column: CodedColumn
    rows: Numbers

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def codes(self) -> Numbers:
        """The cells, as places among the values of the column."""
        return self.column.codes[self.rows]

    @cached_property
    def times(self) -> Numbers:
        """How often each value of the column occurs on these rows."""
        return np.bincount(self.codes, minlength=len(self.column.values))

    def distinct(self) -> int:
        """How many different values there are."""
        return int(np.count_nonzero(self.times))

    def frequent(self, most: int) -> dict[str, int]:
        """The most frequent values with their counts."""
        codes, counts = self._frequent_codes(most)
        return dict(zip(self.column.names(codes), counts.tolist(), strict=True))

    def _frequent_codes(self, most: int) -> tuple[Numbers, Numbers]:
        """The codes of the most frequent values and their counts; of equally frequent ones those that are met first."""
        codes, first, counts = np.unique(self.codes, return_index=True, return_counts=True)
        order = np.lexsort((first, -counts))[:most]
        return codes[order], counts[order]

    def where(self, wanted: Flags) -> Numbers:
        """The places of the cells whose values are wanted."""
        return np.flatnonzero(wanted[self.codes])

    def first_of(self, places: Numbers, most: int) -> tuple[str, ...]:
        """The different cells at some places, those first in the alphabet."""
        occurs = np.zeros(len(self.column.values), dtype=bool)
        occurs[self.codes[places]] = True
        used = self.column.values.filter(pa.array(occurs))
        return tuple(used.take(pc.sort_indices(used)[:most]).to_pylist())

    def may_tell(self, settings: CauseSettings) -> bool:
        """Say whether values may be a condition, by what the rows with findings alone say of how often they occur."""
        needed = settings.share_inside * len(self)
        if self.column.most < 2 or settings.values_named * self.column.most < needed:
            return False
        most = int(self.times.max(initial=0))
        if settings.values_named * most < needed:
            return False
        if most < needed and self.heaviest(settings).sum() < needed:
            return False
        codes, times = self._frequent_codes(settings.values_counted)
        heavy = times[times >= settings.rate * self.column.times[codes]].sum()
        return bool(times[times > 1].sum() >= needed and max(heavy, most) >= needed)

    def heaviest(self, settings: CauseSettings) -> Numbers:
        """How often those values occur here, at most so many as are named, of which nearly all may be here."""
        times = self.times[self.times >= np.maximum(1, settings.rate * self.column.times)]
        return np.sort(times)[::-1][: settings.values_named]


@dataclass(frozen=True)
class CodedRows:
    """Rows by number, each column as codes."""

    numbers: Numbers
    columns: Mapping[str, CodedColumn]

    @cached_property
    def _place_of(self) -> Numbers:
        places = np.zeros(1 + int(self.numbers.max(initial=0)), dtype=np.int64)
        places[self.numbers] = np.arange(len(self.numbers))
        return places

    def places(self, numbers: Numbers) -> Numbers:
        """Where the rows with these numbers stand."""
        return self._place_of[numbers]

    def cells(self, column: str, places: Numbers) -> AffectedCells:
        """The cells of a column on some rows."""
        return AffectedCells(self.columns[column], places)


def code_rows(rows: pa.Table) -> CodedRows:
    """Number the cells of each column; the rows stand in the order of their numbers."""
    columns = {name: code_column(rows.column(name)) for name in rows.column_names if name != ROW}
    return CodedRows(rows.column(ROW).to_numpy(), columns)


def code_column(cells: pa.ChunkedArray) -> CodedColumn:
    """Number the cells of one column; a missing one is a blank one."""
    coded = cells.combine_chunks().fill_null("").dictionary_encode()
    return CodedColumn(coded.indices.to_numpy().astype(np.int64), coded.dictionary)
