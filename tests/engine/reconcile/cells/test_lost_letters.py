"""Letters an encoding did not know are followed in all ways at once, however many there are."""

import itertools
import re

import pytest

from implement.engine.mapping.plan import TEXT, ColumnMapping
from implement.engine.reconcile.cells.lost_letters import LOST_SIGNS, letters_lost
from implement.engine.reconcile.cells.one_cell import CellReader

TEXTS = ["".join(letters) for length in range(4) for letters in itertools.product("aж?é", repeat=length)]
FOUND = ["".join(letters) for length in range(5) for letters in itertools.product("a?ж□", repeat=length)]
SIGNS = f"[{LOST_SIGNS}]{{1,4}}"


def _by_search(written: str, found: str) -> bool:
    ways = (f"(?:{SIGNS}|{letter})" if not letter.isascii() else re.escape(letter) for letter in written)
    marks = sum(map(found.count, LOST_SIGNS)) - written.count("?")
    return marks > 0 and not written.isascii() and re.fullmatch("".join(ways), found) is not None


def test_short_texts_lost_their_letters_as_a_search_says() -> None:
    told = {pair: letters_lost(*pair) for pair in itertools.product(TEXTS, FOUND)}
    assert [pair for pair, lost in told.items() if lost != _by_search(*pair)] == []
    assert len(set(told.values())) == 2


@pytest.mark.parametrize("end", ["", "."])
def test_a_long_text_of_signs_is_told_from_one_that_goes_on(end: str) -> None:
    """A search that tries one way after the other would still be at it tomorrow."""
    written, found = "Договор подписан " * 20, ("???????? ?????????? " * 20).replace("? ", "? ", 1) + end
    said = CellReader(ColumnMapping("a", "b", TEXT)).compare(written, found)
    assert said == ("mojibake" if not end else "value_changed")
