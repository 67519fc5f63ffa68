"""Texts whose words stand in another order: `Miller, Anna` and `Anna Miller`."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from implement.engine.mapping.writings.remembered import CELLS_REMEMBERED

_WORD = re.compile(r"[^\W_]+")
LEAST_ROWS = 5


@lru_cache(maxsize=CELLS_REMEMBERED)
def order_words(cell: str) -> str:
    """The words of a text in small letters and in the order of the alphabet."""
    return " ".join(sorted(_WORD.findall(unicodedata.normalize("NFKC", cell).casefold())))


def same_words(written: Sequence[str | None], found: Sequence[str | None]) -> float:
    """The share of filled pairs that hold the same words, two at least."""
    pairs = [(one, other) for one, other in zip(written, found, strict=True) if one and other]
    if len(pairs) < LEAST_ROWS:
        return 0.0
    ordered = [(order_words(one), order_words(other)) for one, other in pairs]
    return sum(one == other and " " in one for one, other in ordered) / len(pairs)
