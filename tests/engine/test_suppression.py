"""Figures of small groups stay withheld, whatever is subtracted from what."""

from hypothesis import given
from hypothesis import strategies as st

from implement.engine.suppression import Withheld, may_show, offer_larger_group, withhold_small_groups


def test_of_three_and_six_both_are_withheld() -> None:
    assert withhold_small_groups({"north": 3, "south": 6}, "firm") == {
        "north": Withheld("north", "too_few", "firm"),
        "south": Withheld("south", "protects", "firm"),
    }


def test_the_smallest_group_that_is_large_enough_protects_the_small_one() -> None:
    withheld = withhold_small_groups({"a": 2, "b": 9, "c": 5, "d": 30})
    assert sorted(withheld) == ["a", "c"]


def test_two_small_groups_that_are_five_together_need_no_third() -> None:
    assert sorted(withhold_small_groups({"a": 2, "b": 3, "c": 9})) == ["a", "b"]


def test_two_small_groups_under_five_together_are_protected_by_a_third() -> None:
    assert sorted(withhold_small_groups({"a": 2, "b": 2, "c": 9})) == ["a", "b", "c"]


def test_a_firm_of_four_is_offered_no_larger_group() -> None:
    assert withhold_small_groups({"a": 4}, "firm")["a"].instead is None


def test_large_groups_and_empty_ones_are_shown() -> None:
    withheld = withhold_small_groups({"a": 5, "b": 0, "c": 12})
    assert withheld == {}
    assert may_show("b", withheld)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 12), max_size=8))
def test_what_is_withheld_is_never_one_group_nor_under_five_people(sizes: dict[str, int]) -> None:
    withheld = withhold_small_groups(sizes)
    hidden = [sizes[group] for group in withheld]
    assert all(sizes[group] == 0 or sizes[group] >= 5 for group in sizes if group not in withheld)
    assert (
        not hidden
        or len(withheld) == sum(1 for size in sizes.values() if size)
        or (len(hidden) >= 2 and sum(hidden) >= 5)
    )


def test_the_next_larger_group_is_the_nearest_one_large_enough() -> None:
    parents = {"desk": "team", "team": "department", "department": "firm"}
    assert offer_larger_group("desk", parents, {"team": 4, "department": 8, "firm": 20}) == "department"
    assert offer_larger_group("desk", parents, {"firm": 4}) is None
