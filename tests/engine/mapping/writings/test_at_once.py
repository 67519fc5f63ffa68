"""Cells read at once are what they are one by one."""

import random

import pytest

from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, TEXT, Writing
from implement.engine.mapping.writings.at_once import CHUNK, canonical_all, loosen_all
from implement.engine.mapping.writings.writing import canonical, loosen

LETTERS = "abAB 019-./,_éÉüßłŁжЖ\u0301\u00a0\t\n\x1c\x85\u2028ﬁİΣς①½"
USUAL = ["2020-01-02", "2020-13-02", "", "12", "012", "Anna Nowak", "Łódź", "7\n8"]


def _cells(seed: int) -> list[str]:
    draw = random.Random(seed)
    odd = ["".join(draw.choices(LETTERS, k=draw.randrange(7))) for _ in range(draw.randrange(9))]
    return odd + draw.choices(USUAL, k=draw.randrange(9))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("kind", [TEXT, NUMBER, DATE, LOOSE])
def test_cells_in_canonical_form_at_once_are_what_they_are_one_by_one(kind: str, seed: int) -> None:
    writing, cells = Writing(order="DMY", comma=bool(seed % 2)), _cells(seed)
    assert list(canonical_all(cells, kind, writing)) == [canonical(cell, kind, writing) for cell in cells]
    assert loosen_all(cells) == [loosen(cell) for cell in cells]


def test_one_odd_cell_does_not_keep_others_from_being_read_at_once() -> None:
    cells = ["Anna Nowak"] * CHUNK + [" Anna \u00a0Nowak "] + ["Łódź"] * CHUNK
    assert list(canonical_all(cells, TEXT, Writing())) == ["Anna Nowak"] * (CHUNK + 1) + ["Łódź"] * CHUNK


MOMENTS = ["03.04.2024", "03/04/2024 00:00:00", "2024-04-03 25:61:00", "2024-04-03T00:00:00", "13-13-2024", "3.4.24"]
AMOUNTS = ["-0.00", "12,50", "1.234,5", "0.10", "100", "-7.0", "5,20E+03", "1" * 16 + ".5", ".5", "007.5"]


@pytest.mark.parametrize("order", ["YMD", "DMY", "MDY", "DMY MDY/", "SERIAL"])
@pytest.mark.parametrize("comma", [False, True])
def test_moments_and_amounts_at_once_are_what_they_are_one_by_one(order: str, comma: bool) -> None:
    writing = Writing(order=order, comma=comma)
    for kind, cells in ((DATE, [*MOMENTS, "", *MOMENTS]), (NUMBER, [*AMOUNTS, "", *AMOUNTS])):
        assert list(canonical_all(cells, kind, writing)) == [canonical(cell, kind, writing) for cell in cells]


def test_a_column_that_is_canonical_is_handed_back_as_it_is() -> None:
    cells = ["2020-01-02", "", "1999-12-31"]
    assert canonical_all(cells, DATE, Writing(order="YMD")) is cells


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("order", ["YMD", "DMY", "MDY"])
def test_dates_with_a_letter_changed_are_read_at_once_as_they_are_one_by_one(order: str, seed: int) -> None:
    draw = random.Random(seed)
    cells = draw.choices(["03.04.2024", "12/31/1999 10:20:30", "2024-04-03 00:00:00", "1 2 2003", ""], k=60)
    for place in draw.sample(range(60), 25):
        at = draw.randrange(len(cells[place]) + 1)
        cells[place] = cells[place][:at] + draw.choice("0139-./ :Tx\n") + cells[place][at + 1 :]
    writing = Writing(order=order)
    assert list(canonical_all(cells, DATE, writing)) == [canonical(cell, DATE, writing) for cell in cells]
