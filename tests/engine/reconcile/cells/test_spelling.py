"""Texts spelled at once are what they are one by one."""

import random

import pytest

from implement.engine.reconcile.cells.spelling import spell_all, spell_plain

LETTERS = "aB 7-éÄüßłŻжЩЬёЫΣς½ﬁǅ\u0301\n🎉"
USUAL = ["Щербаков", "Ольга Юдина", "Łódź", "Müller & Söhne", "Straße 5²", "Ann", ""]


@pytest.mark.parametrize("seed", range(40))
def test_cells_spelled_at_once_are_what_they_are_one_by_one(seed: int) -> None:
    draw = random.Random(seed)
    odd = ["".join(draw.choices(LETTERS, k=draw.randrange(7))) for _ in range(draw.randrange(3))]
    cells = odd + draw.choices(USUAL, k=draw.randrange(9))
    assert spell_all(cells) == [spell_plain(cell) for cell in cells]
