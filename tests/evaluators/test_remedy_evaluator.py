"""The effect of remedies against firms whose truth is known: intervals cover it, nothing is found where nothing is."""

import pytest

from implement.engine.remedy_effect import BeforeAfter, Effect, effect_on_person, effect_on_team
from tests.evaluators.remedies.evaluate import Interval, Report, evaluate
from tests.evaluators.remedies.firms import Firm, Lived, live_with_helped_person, live_with_helped_team
from tests.fixtures.scale import Scale

HELPED = [
    pytest.param(live_with_helped_team, id="a team"),
    pytest.param(live_with_helped_person, id="a person"),
]
FIRMS = [
    pytest.param(Firm(), id="anybody"),
    pytest.param(Firm(teams=9, is_lowest_helped=True), id="the lowest"),
    pytest.param(Firm(teams=4, people_in_team=6), id="few teams"),
]


def estimate(lived: Lived) -> Interval:
    """Ask the engine."""
    rows = zip(lived.team, lived.active_before, lived.days_before, lived.active_after, lived.days_after, strict=True)
    people = [BeforeAfter(str(team), *(int(each) for each in counts)) for team, *counts in rows]
    mine = [one for one, is_mine in zip(people, lived.helped, strict=True) if is_mine]
    others = [one for one, is_mine in zip(people, lived.helped, strict=True) if not is_mine]
    found: Effect = effect_on_team(mine, others) if len(mine) > 1 else effect_on_person(mine[0], others)
    assert found.estimate is not None and found.low is not None and found.high is not None
    return found.estimate, found.low, found.high


@pytest.mark.parametrize("live", HELPED)
@pytest.mark.parametrize("firm", FIRMS)
def test_no_effect_is_found_where_none_was_planted(live, firm: Firm, scale: Scale) -> None:  # type: ignore[no-untyped-def]
    found = evaluate(live, firm, estimate, scale(small=60, full=1000, of="firms without an effect"))
    assert found.claimed <= 0.15 and found.covered >= 0.80
    assert abs(found.mean_error) < 0.09


@pytest.mark.parametrize("live", HELPED)
def test_the_interval_covers_what_was_planted(live, scale: Scale) -> None:  # type: ignore[no-untyped-def]
    lowest = Firm(teams=9, planted=0.3, is_lowest_helped=True)
    found = evaluate(live, lowest, estimate, scale(small=60, full=1000, of="firms with an effect"))
    assert found.covered >= 0.80 and abs(found.mean_error) < 0.09


def test_a_large_effect_on_a_team_is_seen_in_most_firms(scale: Scale) -> None:
    firm = Firm(teams=9, people_in_team=10, planted=0.4, is_lowest_helped=True)
    assert evaluate(live_with_helped_team, firm, estimate, scale(small=40, full=500, of="firms helped")).claimed >= 0.6


def test_an_estimator_that_forgets_the_chosen_are_low_is_caught() -> None:
    firm = Firm(teams=9, is_lowest_helped=True)

    def naive(lived: Lived) -> Interval:
        change = lived.active_after / lived.days_after - lived.active_before / lived.days_before
        middle = float(change[lived.helped].mean() - change[~lived.helped].mean())
        return middle, middle - 0.1, middle + 0.1

    found: Report = evaluate(live_with_helped_person, firm, naive, 60)
    assert found.claimed > 0.15 and found.mean_error > 0.12
