"""From the account to the first complete deal: figures worked out by hand, people who are not there yet."""

import pytest

from implement.engine.first_deal import Waited, measure_first_deals


def test_of_people_who_are_all_done_the_middle_one_is_the_median() -> None:  # M108
    found = measure_first_deals([Waited(days, True) for days in (10, 20, 30, 40, 50)])
    assert found is not None
    assert (found.people, found.done, found.median) == (5, 5, 30)
    assert found.within_norm == pytest.approx(0.6)
    assert found.low is not None and found.low < 30 < (found.high or 51)


def test_whoever_still_learns_is_not_counted_as_fast() -> None:
    # 4 of 5 remain after day 10 (0.8), then of 3 still watched one is done on day 20: 0.8 x 2/3 = 0.533
    rows = [Waited(10, True), Waited(15, False), Waited(20, True), Waited(40, False), Waited(60, False)]
    found = measure_first_deals(rows)
    assert found is not None
    assert found.median is None, "fewer than half are known to be done"
    assert found.within_norm == pytest.approx(1 - 0.8 * 2 / 3)
    assert found.within_low < found.within_norm < found.within_high


def test_nothing_is_said_of_fewer_than_five_people() -> None:
    assert measure_first_deals([Waited(10, True)] * 4) is None


def test_the_limits_are_those_of_the_loglog_scale() -> None:
    # S(10) = 0.8, Greenwood 1/(5*4) = 0.05: 0.8^exp(±1.96*sqrt(0.05)/ln 0.8) = 0.204 and 0.969
    rows = [Waited(10, True), *[Waited(60, False)] * 4]
    found = measure_first_deals(rows)
    assert found is not None
    assert (round(1 - found.within_high, 3), round(1 - found.within_low, 3)) == (0.204, 0.969)
