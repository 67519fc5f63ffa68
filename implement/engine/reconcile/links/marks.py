"""Marks of cells, by which those that cannot look alike are told apart, for many cells at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import CodedCells, Flags, Numbers, code_texts, different
from implement.engine.reconcile.cells.spelling import spell_all
from implement.engine.reconcile.links.weights import LEAST_PREFIX

Letters = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
LETTERS, DIGITS = 8, 16
"""So many letters, or digits of four bits, are kept in one word."""
_FIRST_LETTERS = np.array([(1 << 64) - (1 << 8 * (LETTERS - n)) for n in range(LETTERS + 1)], dtype=np.uint64)
_FIRST_DIGITS = np.array([(1 << 64) - (1 << 4 * (DIGITS - n)) for n in range(DIGITS + 1)], dtype=np.uint64)
"""What keeps the first letters or digits of a word."""
_SORTING = np.zeros(256, dtype=np.int64)
_SORTING[ord("0") : ord("9") + 1] = 1 << 6 * np.arange(10, dtype=np.int64)
"""Texts of the same digits in whatever order have the same sum."""


@dataclass(frozen=True)
class Marks:
    """What cells begin with and their digits, each as one number per cell; `loose` is what is no matter of writing."""

    cells: CodedCells
    loose: pa.Array
    begins: Words
    lengths: Numbers
    figures: Numbers
    several: Flags
    leading: Words
    leading_lengths: Numbers
    is_ascii: Flags

    def meet(self, one: Numbers, other: Numbers) -> Flags:
        """Which of these pairs of cells may look alike; the others do not."""
        shorter = np.minimum(self.lengths[one], self.lengths[other])
        begun = (self.begins[one] ^ self.begins[other]) & _FIRST_LETTERS[np.minimum(shorter, LETTERS)] == 0
        found: Flags = begun & ((shorter >= LEAST_PREFIX) | (self.lengths[one] == self.lengths[other]))
        figured = self.figures[one] == self.figures[other]
        found |= figured & self.several[one] & self.several[other]
        shorter = np.minimum(self.leading_lengths[one], self.leading_lengths[other])
        kept = _FIRST_DIGITS[np.clip(shorter - 1, 0, DIGITS)]
        found |= (shorter >= LEAST_PREFIX) & ((self.leading[one] ^ self.leading[other]) & kept == 0)
        left = np.flatnonzero(figured & ~found & ~(self.is_ascii[one] & self.is_ascii[other]))
        found[left] = self._are_spelled_alike(one[left], other[left])
        return found

    def _are_spelled_alike(self, one: Numbers, other: Numbers) -> Flags:
        """Which pairs of cells with the same digits may be one text in other letters; spelling costs more than all."""
        asked = different(one, other)
        plain, spelled = _spell(list(self.cells.take(asked)), self.loose.take(pa.array(asked)).to_pylist())
        first, second = np.searchsorted(asked, one), np.searchsorted(asked, other)
        alike: Flags = (plain[first] == plain[second]) | (spelled[first] == spelled[second])
        return alike


def mark_all(cells: CodedCells, loose: pa.Array) -> Marks:
    """The marks of cells, of which `loose` is what is no matter of writing."""
    letters, offsets = _letters_of(loose)
    is_ascii = pc.string_is_ascii(loose).to_numpy(zero_copy_only=False)
    begins, figures = _begin(letters, offsets), _count(letters, offsets)
    return Marks(cells, loose, begins, np.diff(offsets), *figures, is_ascii)


def outline_all(texts: pa.Array) -> Words:
    """What texts begin with and how long they are, as one number each, which those of equal texts share; 0 for none."""
    letters, offsets = _letters_of(texts)
    outlines: Words = _begin(letters, offsets) ^ np.diff(offsets).astype(np.uint64)
    return outlines


def _letters_of(texts: pa.Array) -> tuple[Letters, Numbers]:
    """The letters of all texts, one after the other, and where each text begins and the last one ends."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[: len(texts) + 1].astype(np.int64)
    return np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)[: offsets[-1]], offsets


def _begin(letters: Letters, offsets: Numbers) -> Words:
    """The first letters of each text as one number, as if zeros followed."""
    padded = np.concatenate([letters, np.zeros(LETTERS, dtype=np.uint8)])
    words = np.ndarray(len(letters) + 1, dtype=">u8", buffer=padded, strides=(1,))[offsets[:-1]].astype(np.uint64)
    begins: Words = words & _FIRST_LETTERS[np.minimum(np.diff(offsets), LETTERS)]
    return begins


def _count(letters: Letters, offsets: Numbers) -> tuple[Numbers, Flags, Words, Numbers]:
    """The digits in whatever order, whether they are enough to say something, and a number's first, as `1.2E+10` keeps.

    One or two digits say nothing.
    """
    digits = np.flatnonzero((letters >= ord("0")) & (letters <= ord("9")))
    starts = np.searchsorted(digits, offsets)
    sums = np.append(0, np.cumsum(_SORTING[letters[digits]]))[starts]
    several = np.diff(starts) >= LEAST_PREFIX
    ends = np.append(np.flatnonzero(letters == ord("e")), len(letters))
    ends = ends[np.searchsorted(ends, offsets[:-1])]
    owners = np.repeat(np.arange(len(several)), np.diff(starts))
    kept = several[owners] & (digits < ends[owners])
    figures = letters[digits[kept]].astype(np.uint64) - np.uint64(ord("0"))
    return np.diff(sums), several, *_lead(owners[kept], figures, len(several))


def _lead(owners: Numbers, figures: Words, texts: int) -> tuple[Words, Numbers]:
    """The figures of each text but for the zeros it begins and ends with: the first of them, and how many they are."""
    filled = np.flatnonzero(figures)
    first, last = np.full(texts, len(owners)), np.full(texts, len(owners) - 1)
    first[owners[filled[::-1]]], last[owners[filled]] = filled[::-1], filled
    places = np.arange(len(owners)) - first[owners]
    shown = (places >= 0) & (places < DIGITS)
    words = np.zeros(texts, dtype=np.uint64)
    shifted = figures[shown] << (4 * (DIGITS - 1 - places[shown])).astype(np.uint64)
    np.bitwise_or.at(words, owners[shown], shifted)
    return words, last - first + 1


def _spell(cells: Sequence[str], loose: Sequence[str]) -> tuple[Numbers, Numbers]:
    """A number for the plain letters of each text, and one for how it is spelled plainly."""
    plain = code_texts("\n".join(loose).encode("ascii", "ignore").decode().split("\n"))
    odd = [place for place, cell in enumerate(cells) if not cell.isascii()]
    spelled = list(loose)
    for place, one in zip(odd, spell_all([cells[place] for place in odd]), strict=True):
        spelled[place] = one
    return _without_blank(plain), code_texts(spelled).codes


def _without_blank(texts: CodedCells) -> Numbers:
    """A number for each text; blank ones are equal to nothing."""
    return np.where(texts.are({""}), -1 - np.arange(len(texts)), texts.codes)
