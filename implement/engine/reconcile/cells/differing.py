"""Name what happened to many pairs of cells at once: only what plain tests leave in doubt is looked at pair by pair."""

from collections.abc import Sequence
from operator import not_

import numpy as np

from implement.engine.coded import CodedCells, Flags, Numbers, number_alike
from implement.engine.mapping.plan import DATE, LISTED, NUMBER
from implement.engine.mapping.writings.writing import LONGEST_BLANK_WORD, is_blank_word
from implement.engine.reconcile.cells.figures import name_dates, name_numbers
from implement.engine.reconcile.cells.one_cell import EQUAL, CellReader
from implement.engine.reconcile.cells.pairs import CODES, OPEN, Pairs, first_fates, pair_up
from implement.engine.reconcile.cells.texts import are_misread_alike, name_texts
from implement.engine.reconcile.classes import MOJIBAKE, REFORMATTED, VALUE_CHANGED, VALUE_FILLED, VALUE_LOST


def compare_all(reader: CellReader, written: CodedCells, found: CodedCells) -> Numbers:
    """What the reader makes of each pair of cells, as places among FATES; equal pairs are looked at once."""
    cells, places = pair_up(written, found)
    read = cells.read(reader.read_sources, reader.read_targets)
    cells = cells.read(reader.bare_sources, reader.bare_targets)
    fates = _name_plainly(cells, read, reader)
    left = np.flatnonzero(fates == OPEN)
    cells, read = cells.take(left), read.take(left)
    fates[left] = _name_damage(cells, read, reader)
    return fates[places]


def are_fates(fates: Numbers, wanted: Sequence[str]) -> Flags:
    """Which of them, as places among FATES, are of some classes."""
    return np.isin(fates, [CODES[fate] for fate in wanted])


def compare_translated(written: CodedCells, parents: CodedCells) -> Numbers:
    """What became of references that were looked up: of the parents' keys that were written and that were found."""
    one, other, _ = number_alike(written, parents)
    blank = (one == 0, VALUE_FILLED), (other == 0, VALUE_LOST)
    return first_fates((one == other, EQUAL), *blank, (one > 0, VALUE_CHANGED))


def _name_plainly(cells: Pairs, read: Pairs, reader: CellReader) -> Numbers:
    """What equal and blank cells say by themselves; the others stay open."""
    same, blank, blank_now = cells.are_alike(), *read.are(not_)
    blank |= cells.one.are(not_)
    alike = np.where(blank, blank_now, read.are_alike())
    rewritten = ~blank & ~same
    if reader.column.replaced:
        mapped = cells.read(reader.replace_all, list)
        rewritten &= ~(mapped.are_alike() & mapped.one.are(bool))
    says_blank, is_blank_now = read.are(_is_blank_word)
    return first_fates(
        (same & reader.is_same_text_same, EQUAL),
        (are_misread_alike(cells, alike & rewritten), MOJIBAKE),
        (alike & rewritten, REFORMATTED),
        (alike, EQUAL),
        (blank, VALUE_FILLED),
        (blank_now & says_blank, EQUAL),
        (blank_now, VALUE_LOST),
        (is_blank_now & says_blank, REFORMATTED),
        (is_blank_now, VALUE_LOST),
        (says_blank, VALUE_FILLED),
    )


def _is_blank_word(cell: str) -> bool:
    return len(cell) <= LONGEST_BLANK_WORD and is_blank_word(cell)


def _name_damage(cells: Pairs, read: Pairs, reader: CellReader) -> Numbers:
    """What made other cells of some."""
    if reader.column.kind == DATE:
        fates = name_dates(cells, read, reader)
    elif reader.column.kind == LISTED:
        fates = np.full(len(cells), OPEN)
    else:
        fates = name_numbers(cells) if reader.column.kind == NUMBER else name_texts(cells)
    left = np.flatnonzero(fates == OPEN)
    asked = zip(cells.take(left), read.take(left), strict=True)
    fates[left] = [CODES[reader.name_damage(*pair, *as_read)] for pair, as_read in asked]
    return fates
