"""A person's plan by a day: what was due by then, never more than all of it, by weight (M128)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from implement.control.activity.service.reading import AttainmentRow
from implement.control.activity.service.weeks import measure_share

ROW = AttainmentRow(
    1, "visits", "Visits", 6_000, 10, None, "crm", False, False, "process", "volume", "", None, 4, 4, None, (), ()
)
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("rows", "share"),
    [
        ([ROW], Fraction(4, 5)),
        ([replace(ROW, so_far=9)], Fraction(1)),
        ([ROW, replace(ROW, weight_bp=4_000, so_far=0)], Fraction(12, 25)),
        ([ROW, replace(ROW, lower_is_better=True)], Fraction(4, 5)),
        ([ROW, replace(ROW, so_far=None)], Fraction(4, 5)),
        ([ROW, replace(ROW, target=None)], Fraction(4, 5)),
        ([replace(ROW, so_far=None)], None),
        ([], None),
    ],
)
def test_a_plan_by_half_of_its_days_is_held_against_half_of_its_targets(
    rows: list[AttainmentRow], share: Fraction | None
) -> None:
    assert measure_share(rows, HALF) == share
