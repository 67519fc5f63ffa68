"""Cells that look alike have a mark in common, so that only those are looked at one by one."""

import random

import numpy as np
import pyarrow as pa
import pytest

from implement.engine.coded import code_texts
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.reconcile.links.marks import mark_all
from implement.engine.reconcile.links.weights import looks_alike

LETTERS = "abeAB 0012-./,_éÉüßłŁжЖ½ÃŸ"
USUAL = ["2020-01-02", "2020-02-01", "12400000000", "1.24E+10", "Łódź", "Lodz", "Müller", "MÃ¼ller", "-", "+"]


def _cells(seed: int) -> list[str]:
    draw = random.Random(seed)
    begun = ["".join(draw.choices(LETTERS, k=draw.randrange(24))) for _ in range(12)]
    return [*USUAL, *begun, *(cell[: draw.randrange(1, 20)] for cell in begun), *(cell[::-1] for cell in begun)]


def _meet(cells: list[str]) -> list[tuple[str, str]]:
    ones, others = (sides.ravel() for sides in np.indices((len(cells), len(cells))))
    met = mark_all(code_texts(cells), pa.array(loosen_all(cells))).meet(ones, others)
    return [(cells[one], cells[other]) for one, other in zip(ones[met].tolist(), others[met].tolist(), strict=True)]


@pytest.mark.parametrize("seed", range(20))
def test_cells_that_look_alike_are_always_among_those_that_meet(seed: int) -> None:
    cells = _cells(seed)
    alike = {(one, other) for one in cells for other in cells if looks_alike(one, other)}
    assert alike <= set(_meet(cells))


def test_cells_that_only_begin_alike_do_not_meet() -> None:
    strangers = ["Anna Berg", "Anna Nowak", "2020-01-02", "2021-05-17", "+49 30 1234", "+49 30 5678", "", "Ольга"]
    assert [pair for pair in _meet(strangers) if pair[0] != pair[1]] == []
