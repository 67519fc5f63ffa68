"""Questions by function and team; small teams are withheld so that nobody is guessed."""

from implement.engine.hot_spots import map_hot_spots


def test_the_hottest_cell_is_named_and_functions_nobody_asked_about_are_left_out() -> None:  # M22
    asked = [("import", "North"), ("import", "North"), ("deal", "South")]
    found = map_hot_spots(asked, {"North": 7, "South": 6}, ("deal", "history", "import"))
    assert found.functions == ("deal", "import")
    assert found.counts == ((0, 1), (2, 0))
    assert found.hottest == ("import", "North", 2)


def test_a_team_of_three_is_withheld_with_the_one_that_would_give_it_away() -> None:
    found = map_hot_spots([("deal", "West")], {"North": 7, "South": 6, "West": 3}, ("deal",))
    assert found.counts == ((0, None, None),)
    assert set(found.withheld) == {"South", "West"}
