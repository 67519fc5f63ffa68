"""Name what became of texts, many at once: only those that plain tests leave in doubt are looked at pair by pair."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from implement.engine.coded import Flags, Numbers
from implement.engine.mapping.plan import TEXT, Writing
from implement.engine.mapping.writings.at_once import Turn, canonical_all, loosen_all
from implement.engine.mapping.writings.markup import bare_text, may_have_markup
from implement.engine.reconcile.cells.damage import (
    LEAST_CUT,
    LEAST_RECASED,
    keep_plain_letters,
    may_be_number,
    may_become_date,
)
from implement.engine.reconcile.cells.figures import may_be_damaged
from implement.engine.reconcile.cells.lost_letters import letters_lost, may_have_lost_letters
from implement.engine.reconcile.cells.misreading import find_misreading, is_misread, misread_all
from implement.engine.reconcile.cells.one_cell import EQUAL, name_text
from implement.engine.reconcile.cells.pairs import CODES, OPEN, Cells, Pairs, first_fates
from implement.engine.reconcile.cells.spelling import has_cyrillic, skeletons, spell_all, unmark_all
from implement.engine.reconcile.classes import MOJIBAKE, REFORMATTED, TRUNCATED, VALUE_CHANGED


def name_texts(cells: Pairs) -> Numbers:
    """What became of texts; those that may be damaged numbers stay open."""
    is_number = _may_be_damaged_numbers(cells)
    loose = cells.read(loosen_all, loosen_all)
    alike = loose.are_alike() & loose.one.are(bool)
    are_lost = cells.among(alike & ~is_number, _have_lost_letters)
    are_lost |= are_misread_alike(cells, alike & ~is_number)
    fates = first_fates((is_number, EQUAL), (are_lost, MOJIBAKE), (alike, REFORMATTED))
    left = np.flatnonzero(fates == OPEN)
    fates[left] = _name_other_texts(cells.take(left).read(_bare_all, _bare_all))
    fates[is_number] = OPEN
    return fates


def _may_be_damaged_numbers(cells: Pairs) -> Flags:
    alike = cells.among(cells.one.are(may_be_number), _may_become_number)
    return cells.among(alike, may_be_damaged)


def _may_become_number(cells: Pairs) -> Flags:
    return cells.other.are(may_be_number) | cells.one.are(may_become_date)


def _have_lost_letters(cells: Pairs) -> Flags:
    return cells.among(cells.other.are(may_have_lost_letters), lambda some: some.are_so(letters_lost))


def are_misread_alike(cells: Pairs, alike: Flags) -> Flags:
    """Which of the cells that seem to be the same in another writing were read in a wrong encoding."""
    plain, other_plain = cells.are(str.isascii)
    return cells.among(alike & ~(plain | other_plain), lambda some: some.read(_bare_all, _bare_all).are_so(is_misread))


def _name_other_texts(texts: Pairs) -> Numbers:
    plain, other_plain = texts.are(str.isascii)
    respelled = texts.among((plain != other_plain) | _are_in_other_letters(texts), _are_spelled_alike)
    fates = first_fates((are_misread_alike(texts, respelled), MOJIBAKE), (respelled, REFORMATTED))
    left = np.flatnonzero(~respelled)
    fates[left] = _name_harmed_texts(texts.take(left))
    return fates


def _are_in_other_letters(texts: Pairs) -> Flags:
    """Which texts have Cyrillic letters on one side alone."""
    cyrillic, other_cyrillic = texts.are(has_cyrillic)
    differ: Flags = cyrillic != other_cyrillic
    return differ


def _are_spelled_alike(texts: Pairs) -> Flags:
    """Which texts are transliterations."""
    spelled, in_other_letters = texts.read(spell_all, spell_all), _are_in_other_letters(texts)
    alike = spelled.are_alike()
    alike |= texts.among(~alike & ~in_other_letters, lambda some: some.read(unmark_all, unmark_all).are_alike())
    return spelled.one.are(bool) & (alike | spelled.among(~alike & in_other_letters, _have_one_skeleton))


def _have_one_skeleton(spelled: Pairs) -> Flags:
    bones = spelled.read(skeletons, skeletons)
    return bones.are_alike() & bones.one.are(bool)


def _name_harmed_texts(texts: Pairs) -> Numbers:
    """What became of texts that are spelled in other letters: most of them are misread, cut off or changed."""
    plain, other_plain = texts.are(str.isascii)
    both_plain = plain & other_plain
    may_be_lost = texts.other.are(may_have_lost_letters)
    letters = texts.read(keep_plain_letters, keep_plain_letters)
    may_be_misread = ~both_plain & letters.are_alike()
    misread = texts.among(may_be_misread & ~may_be_lost, _are_misread)
    garbled, begins = may_be_misread | may_be_lost, texts.are_so(_begins_with)
    recased = _may_be_recased(texts)
    recased &= ~both_plain | texts.among(recased, _may_begin_so)
    dotted, short = texts.other.are(_ends_in_dots), texts.other.are(_is_letter)
    fates = first_fates(
        (misread, MOJIBAKE),
        (begins & ~(garbled | dotted | short), TRUNCATED),
        (~(begins | garbled | dotted | recased), VALUE_CHANGED),
    )
    left = np.flatnonzero(fates == OPEN)
    pairs = zip(texts.take(left), garbled[left].tolist(), strict=True)
    fates[left] = [CODES[name_text(*pair, may_be_garbled=may_be)] for pair, may_be in pairs]
    return fates


def _are_misread(texts: Pairs) -> Flags:
    """Which texts were read in a wrong encoding: what explains one text is tried on all others."""
    written, found = list(texts.one), np.array(list(texts.other), dtype=object)
    misread = np.zeros(len(texts), dtype=bool)
    for place, pair in enumerate(texts):
        if not misread[place] and _has_other_letters(*pair) and (how := find_misreading(*pair)):
            misread |= found == np.array(misread_all(written, how), dtype=object)
    return misread


def _has_other_letters(written: str, found: str) -> bool:
    return not {*found} <= {*written}


def _may_be_recased(texts: Pairs) -> Flags:
    """Which texts have capitals only, or none, but were not written so."""
    upper = texts.among(texts.other.are(_is_upper), lambda some: ~some.one.are(_has_no_small))
    return upper | texts.among(texts.other.are(_is_lower), lambda some: ~some.one.are(_has_no_capital))


def _is_upper(text: str) -> bool:
    return len(text) >= LEAST_RECASED and text.isupper()


def _is_lower(text: str) -> bool:
    return len(text) >= LEAST_RECASED and text.islower()


def _has_no_small(text: str) -> bool:
    return text == text.upper()


def _has_no_capital(text: str) -> bool:
    return text == text.lower()


def _begins_with(written: str, found: str) -> bool:
    return len(found) < len(written) and written.startswith(found)


def _ends_in_dots(text: str) -> bool:
    return text.endswith(("...", "…"))


def _is_letter(text: str) -> bool:
    return len(text) < LEAST_CUT


def _may_begin_so(texts: Pairs) -> Flags:
    """Which texts begin as they did, in whichever capitals."""
    found = _first_letters(texts.other, str)
    begins: Flags = np.any([_first_letters(texts.one, way) == found for way in (str.upper, str.lower)], axis=0)
    return begins


def _first_letters(cells: Cells, turn: Turn) -> npt.NDArray[np.uint32]:
    return np.array([turn(value[:1]) for value in cells.values], dtype="U1").view(np.uint32)[cells.codes]


def _bare_all(cells: Sequence[str]) -> Sequence[str]:
    """The cells as texts without markup."""
    bare = list(map(bare_text, cells)) if may_have_markup("\n".join(cells)) else cells
    return canonical_all(bare, TEXT, Writing())
