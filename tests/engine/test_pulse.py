"""Answers of the survey are sums from the first one on."""

from fractions import Fraction
from pathlib import Path

import pytest

from implement.engine.checklist.pulse import load_pulse
from implement.engine.pulse import Tally, add_up, find_weakest, share_agreeing, split_counts

PULSE = Path(__file__).parents[2] / "checklists/pulse.yaml"


def test_nine_statements_are_asked() -> None:  # M26, M27
    names = [item.id for item in load_pulse(PULSE)]
    wanted = "awareness will knowledge ability support usefulness effort colleagues conditions"
    assert names == [f"pulse.{name}" for name in wanted.split()]


def test_two_orders_of_answering_leave_the_same_sums() -> None:
    first, second = {"will": 5, "support": 1}, {"will": 2, "support": 4}
    assert Tally().count(first).count(second) == Tally().count(second).count(first)


def test_two_people_who_swap_their_answers_leave_the_same_sums() -> None:
    assert Tally().count({"will": 5}).count({"will": 2}).of("will") == (0, 1, 0, 0, 1)


def test_sums_of_teams_add_up() -> None:
    whole = add_up([Tally(2, {"will": (1, 0, 0, 0, 1)}), Tally(1, {"will": (0, 0, 1, 0, 0)}), Tally()])
    assert whole == Tally(3, {"will": (1, 0, 1, 0, 1)})


@pytest.mark.parametrize(
    ("counts", "sides", "agreeing"),
    [((1, 2, 3, 4, 5), (3, 3, 9), Fraction(9, 15)), ((0,) * 5, (0, 0, 0), None), ((0, 0, 4, 0, 0), (0, 4, 0), 0)],
)
def test_one_and_two_disagree_and_four_and_five_agree(
    counts: tuple[int, ...], sides: tuple[int, ...], agreeing: Fraction | None
) -> None:
    assert (split_counts(counts), share_agreeing(counts)) == (sides, agreeing)


def test_what_fewest_agree_with_is_missed_most() -> None:
    counts = {"will": (0, 0, 1, 2, 2), "support": (2, 2, 0, 0, 1), "effort": (1, 3, 0, 1, 0)}
    assert find_weakest(Tally(5, counts)) == "support"
    assert find_weakest(Tally()) is None


def test_an_answer_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="no answer"):
        Tally().count({"will": 6})
