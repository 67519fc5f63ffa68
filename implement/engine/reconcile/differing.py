"""Name what happened to many pairs of cells at once: only what plain tests leave in doubt is looked at pair by pair."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from implement.engine.coded import CodedCells, Numbers
from implement.engine.mapping.at_once import canonical_all, loosen_all
from implement.engine.mapping.markup import bare_text
from implement.engine.mapping.plan import DATE, NUMBER, TEXT, Writing
from implement.engine.mapping.writing import LONGEST_BLANK_WORD, is_blank_word
from implement.engine.reconcile.cells import EQUAL, CellReader, name_text
from implement.engine.reconcile.classes import (
    CLASSES,
    MOJIBAKE,
    REFORMATTED,
    VALUE_CHANGED,
    VALUE_FILLED,
    VALUE_LOST,
)
from implement.engine.reconcile.damage import (
    keep_plain_letters,
    letters_lost,
    may_be_number,
    may_become_date,
    may_have_lost_letters,
)
from implement.engine.reconcile.spelling import has_cyrillic, skeletons, spell_all, unmark_all

FATES = (EQUAL, *CLASSES)
CODES = {fate: code for code, fate in enumerate(FATES)}
Flags = npt.NDArray[np.bool_]
Read = Callable[[Sequence[str]], Sequence[str]]
_OPEN = -1


def compare_all(reader: CellReader, written: CodedCells, found: CodedCells) -> Numbers:
    """What the reader makes of each pair of cells, as places among FATES; equal pairs are looked at once."""
    width = max(1, len(found.values))
    pairs, places = np.unique(written.codes * width + found.codes, return_inverse=True)
    one, other = CodedCells(pairs // width, written.values), CodedCells(pairs % width, found.values)
    cells = _Pairs(one.used_alone(), other.used_alone())
    read = cells.read(reader.read_sources, reader.read_targets)
    fates = _name_plainly(cells, read, reader)
    if reader.column.kind not in (DATE, NUMBER):
        left = np.flatnonzero(fates == _OPEN)
        fates[left] = _name_texts(cells.take(left))
    left = np.flatnonzero(fates == _OPEN)
    asked = zip(cells.at(left), read.at(left), strict=True)
    fates[left] = [CODES[reader.name_damage(*pair, *as_read)] for pair, as_read in asked]
    return fates[places]


def are_fates(fates: Numbers, wanted: Sequence[str]) -> Flags:
    """Which of them, as places among FATES, are of some classes."""
    return np.isin(fates, [CODES[fate] for fate in wanted])


def compare_translated(written: CodedCells, parents: CodedCells) -> Numbers:
    """What became of references that were looked up: of the parents' keys that were written and that were found."""
    one, other = _Pairs(written, parents).numbers()
    blank = (one == 0, VALUE_FILLED), (other == 0, VALUE_LOST)
    return first_fates((one == other, EQUAL), *blank, (one > 0, VALUE_CHANGED))


@dataclass(frozen=True)
class _Pairs:
    """Different pairs of cells; each different cell is looked at once."""

    one: CodedCells
    other: CodedCells

    def at(self, places: Numbers) -> Iterator[tuple[str, str]]:
        """Some of the pairs, one by one."""
        return zip(self.one.take(places), self.other.take(places), strict=True)

    def take(self, places: Numbers) -> "_Pairs":
        """Some of the pairs."""
        return _Pairs(self.one.take(places).used_alone(), self.other.take(places).used_alone())

    def read(self, ones: Read, others: Read) -> "_Pairs":
        """The pairs as either side's cells are read."""
        return _Pairs(self.one.read(ones), self.other.read(others))

    def numbers(self, ones: Read = list, others: Read = list) -> tuple[Numbers, Numbers]:
        """Equal numbers for cells that are read alike, 0 for blank ones."""
        book = {"": 0}
        one, other = (
            np.array([book.setdefault(text, len(book)) for text in read(side.values)], dtype=np.int64)[side.codes]
            for side, read in ((self.one, ones), (self.other, others))
        )
        return one, other

    def are(self, claim: Callable[[str], bool]) -> tuple[Flags, Flags]:
        """Of which cells of either side a claim is true."""
        return _are(self.one, claim), _are(self.other, claim)


def _are(cells: CodedCells, claim: Callable[[str], bool]) -> Flags:
    return np.array(list(map(claim, cells.values)), dtype=bool)[cells.codes]


def first_fates(*claims: tuple[Flags, str]) -> Numbers:
    """The fate of the first claim that is true of each pair."""
    return np.select([claim for claim, _ in claims], [CODES[fate] for _, fate in claims], _OPEN)


def _name_plainly(cells: _Pairs, read: _Pairs, reader: CellReader) -> Numbers:
    """What equal and blank cells say by themselves; the others stay open."""
    written, found = cells.numbers()
    one, other = read.numbers()
    one[written == 0] = 0
    same = written == found
    mapped, wanted = cells.numbers(reader.replace_all)
    rewritten = (one > 0) & ~same & ((mapped == 0) | (mapped != wanted))
    says_blank, is_blank_now = read.are(_is_blank_word)
    return first_fates(
        (same & reader.is_same_text_same, EQUAL),
        ((one == other) & rewritten, REFORMATTED),
        (one == other, EQUAL),
        (one == 0, VALUE_FILLED),
        ((other == 0) & says_blank, EQUAL),
        (other == 0, VALUE_LOST),
        (is_blank_now & says_blank, REFORMATTED),
        (is_blank_now, VALUE_LOST),
        (says_blank, VALUE_FILLED),
    )


def _is_blank_word(cell: str) -> bool:
    return len(cell) <= LONGEST_BLANK_WORD and is_blank_word(cell)


def _name_texts(cells: _Pairs) -> Numbers:
    """What became of texts; those that may be damaged numbers stay open."""
    (like_number, other_like_number), like_date = cells.are(may_be_number), _are(cells.one, may_become_date)
    is_number = like_number & (other_like_number | like_date)
    one, other = cells.numbers(loosen_all, loosen_all)
    alike = (one == other) & (one > 0)
    lost = alike & _are(cells.other, may_have_lost_letters)
    lost[lost] = [letters_lost(*pair) for pair in cells.at(np.flatnonzero(lost))]
    fates = first_fates((is_number, EQUAL), (lost, MOJIBAKE), (alike, REFORMATTED))
    left = np.flatnonzero(fates == _OPEN)
    fates[left] = _name_other_texts(cells.take(left).read(_bare_all, _bare_all))
    fates[is_number] = _OPEN
    return fates


def _name_other_texts(texts: _Pairs) -> Numbers:
    (plain, other_plain), (cyrillic, other_cyrillic) = texts.are(str.isascii), texts.are(has_cyrillic)
    respelled = (plain != other_plain) | (cyrillic != other_cyrillic)
    asked = np.flatnonzero(respelled)
    respelled[asked] = _are_spelled_alike(texts.take(asked), (cyrillic != other_cyrillic)[asked])
    letters, other_letters = texts.numbers(keep_plain_letters, keep_plain_letters)
    garbled = (~(plain & other_plain) & (letters == other_letters)) | _are(texts.other, may_have_lost_letters)
    fates = first_fates((respelled, REFORMATTED))
    left = np.flatnonzero(~respelled)
    pairs = zip(texts.at(left), garbled[left].tolist(), strict=True)
    fates[left] = [CODES[name_text(*pair, may_be_garbled=may_be)] for pair, may_be in pairs]
    return fates


def _are_spelled_alike(texts: _Pairs, in_other_letters: Flags) -> Flags:
    """Which texts are transliterations, `in_other_letters` where Cyrillic stands on one side alone."""
    spelled = texts.read(spell_all, spell_all)
    (one, other), (plain, other_plain) = spelled.numbers(), texts.numbers(unmark_all, unmark_all)
    (bones, other_bones) = spelled.numbers(skeletons, skeletons)
    alike: Flags = (one > 0) & ((one == other) | (plain == other_plain))
    alike |= in_other_letters & (bones == other_bones) & (bones > 0)
    return alike


def _bare_all(cells: Sequence[str]) -> Sequence[str]:
    """The cells as texts without markup."""
    return canonical_all(list(map(bare_text, cells)), TEXT, Writing())
