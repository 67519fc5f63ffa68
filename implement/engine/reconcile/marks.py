"""Marks of cells, of which cells that look alike have at least one in common, for many cells at once."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Numbers, code_cells, code_texts
from implement.engine.mapping.at_once import loosen_all
from implement.engine.reconcile.spelling import spell_plain
from implement.engine.reconcile.weights import LEAST_PREFIX

_COUNTING = np.zeros(256, dtype=np.int64)
_COUNTING[ord("0") : ord("9") + 1] = 1
_SORTING = np.zeros(256, dtype=np.int64)
_SORTING[ord("0") : ord("9") + 1] = 1 << 6 * np.arange(10, dtype=np.int64)
"""Texts of the same digits in whatever order have the same sum."""


def mark_all(cells: Sequence[str]) -> Iterator[Numbers]:
    """For each kind of mark a number per cell, equal for equal marks; 0 is no mark."""
    loose = pa.array(loosen_all(cells), pa.string())
    yield 1 + code_cells(pc.utf8_slice_codeunits(loose, 0, LEAST_PREFIX)).codes
    yield from _digit_marks(loose)
    if not pc.all(pc.string_is_ascii(loose)).as_py():
        yield _filled(pc.replace_substring_regex(loose, r"[^\x00-\x7F]", ""))
        pairs = zip(cells, loose.to_pylist(), strict=True)
        yield 1 + code_texts([one if cell.isascii() else spell_plain(cell) for cell, one in pairs]).codes


def _digit_marks(loose: pa.Array) -> Iterator[Numbers]:
    """The digits in whatever order, and the first ones of a number, which `1.2E+10` keeps; one or two say nothing."""
    several = np.flatnonzero(_sums(loose, _COUNTING) >= LEAST_PREFIX)
    sorted_digits, leading = np.zeros((2, len(loose)), dtype=np.int64)
    sorted_digits[several] = _sums(loose, _SORTING)[several]
    yield sorted_digits
    mantissa = pc.replace_substring_regex(loose.take(pa.array(several)), "e.*", "")
    mantissa = pc.utf8_trim(pc.replace_substring_regex(mantissa, "[^0-9]", ""), "0")
    first = pc.utf8_slice_codeunits(mantissa, 0, LEAST_PREFIX - 1)
    leading[several] = _filled(pc.if_else(pc.greater_equal(pc.utf8_length(mantissa), LEAST_PREFIX), first, ""))
    yield leading


def _sums(texts: pa.Array, figures: Numbers) -> Numbers:
    """For each text the sum of what its bytes stand for."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    letters = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)[: offsets[-1]]
    sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(figures[letters])])
    found: Numbers = sums[offsets[1:]] - sums[offsets[:-1]]
    return found


def _filled(texts: pa.Array) -> Numbers:
    """A number for each text, 0 for a blank one."""
    coded = code_cells(texts)
    return np.where(coded.are({""}), 0, 1 + coded.codes)
